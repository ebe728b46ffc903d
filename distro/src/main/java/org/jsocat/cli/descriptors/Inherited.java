package org.jsocat.cli.descriptors;

import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NativeStrings;

/**
 * The descriptors that the caller left open, told from those of the JVM. What a process was started
 * with is not close-on-exec; of what the JVM opens only its own files are neither.
 */
public final class Inherited {
    private static final String FOLDER = "/proc/self/fd/";

    private Inherited() {}

    /** Whether a descriptor is open and was so when the program was started. */
    public static boolean has(int fd) {
        String told = System.getProperty("jsocat.descriptors");
        if (told != null) {
            return told.contains(" " + fd + " ");
        }
        int flags = Libc.fcntl(fd, Linux.F_GETFD, 0);
        return flags >= 0 && (flags & Linux.FD_CLOEXEC) == 0 && !isOfTheJvm(fd);
    }

    /** The lowest number that the caller left free, from a number on. */
    public static int lowestFree(int from) {
        int fd = from;
        while (has(fd)) {
            fd++;
        }
        return fd;
    }

    private static boolean isOfTheJvm(int fd) {
        byte[] bytes = new byte[4096];
        int length = Libc.readlink(FOLDER + fd, bytes);
        String path = length < 0 ? "" : NativeStrings.decode(bytes, 0, length);
        return path.equals(System.getProperty("java.home") + "/lib/modules")
                || path.endsWith(".jar")
                || path.endsWith(".aot");
    }
}
