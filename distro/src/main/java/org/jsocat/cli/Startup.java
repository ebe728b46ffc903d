package org.jsocat.cli;

import org.jsocat.spi.posix.Inheritance;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NativeStrings;
import org.jsocat.spi.posix.OpenFileLimit;
import org.jsocat.spi.posix.Platform;
import org.jsocat.spi.posix.ProcessTitle;

/** What each program does first: it takes over what the launcher tells by system properties. */
final class Startup {
    private static final int STDERR = 2;

    private Startup() {}

    /**
     * Begins a program.
     *
     * @param args what {@code main} was given
     * @return the same, each with the bytes that the caller gave
     */
    static String[] begin(String[] args) {
        // Before the title is set, because what the JVM could not decode is read from there.
        String[] arguments = NativeStrings.arguments(args);
        Platform.prepare(new Title(System.getProperty("jsocat.called"), args.length));
        String descriptors = System.getProperty("jsocat.descriptors", "");
        if (descriptors.isEmpty()) {
            reserveStandardDescriptors();
        } else {
            Inheritance.tell(descriptors);
        }
        String folder = System.getProperty("jsocat.folder", "");
        if (!folder.isEmpty()) {
            int fd = Integer.parseInt(folder);
            Libc.fchdir(fd);
            Libc.close(fd);
        }
        return arguments;
    }

    /**
     * Occupies those of the descriptors 0 to 2 that the caller has closed, where no launcher has
     * done it, so that no address gets one of them and log lines do not end up in its data. As with
     * closed ones, reading and writing fail (EBADF).
     */
    private static void reserveStandardDescriptors() {
        for (int fd = 0; fd <= STDERR; fd++) {
            if (Libc.fcntl(fd, Linux.F_GETFD, 0) < 0) {
                // the lowest free number, which is this one
                Libc.open("/dev/null", fd == 0 ? Linux.O_WRONLY : Linux.O_RDONLY, 0);
            }
        }
    }

    /**
     * Done meanwhile: takes as many descriptors as the limits allow, and shows the process as the
     * program instead of as a JVM, where the launcher says what it is.
     */
    private record Title(String called, int arguments) implements Runnable {
        @Override
        public void run() {
            OpenFileLimit.raise();
            if (called != null) {
                ProcessTitle.set(called, arguments);
            }
        }
    }
}
