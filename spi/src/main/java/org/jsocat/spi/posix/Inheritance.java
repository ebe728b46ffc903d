package org.jsocat.spi.posix;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * The descriptors that this process was started with. Addresses may name them, and programs that
 * are started get them; what the JVM has opened for itself is not among them.
 *
 * <p>The launcher tells which they are, because afterwards nobody can: the JVM takes the lowest
 * free numbers and leaves some without close-on-exec. In a JVM that was started otherwise they are
 * told by their flags and by where they lie.
 *
 * <p>Thread-safe.
 *
 * @since 1.0
 */
public final class Inheritance {
    private static final int FIRST_OTHER = 3;
    private static final String FOLDER = "/proc/self/fd";

    /** As told by the launcher; null where it has not. */
    private static volatile List<Integer> told;

    private static List<Integer> found;

    private Inheritance() {}

    /**
     * Says which descriptors there were when the program was started. Called once, before any
     * address is opened.
     *
     * @param numbers their numbers, with blanks between them
     */
    public static void tell(String numbers) {
        List<Integer> list = new ArrayList<>(4);
        int number = -1;
        for (int i = 0; i <= numbers.length(); i++) {
            char c = i < numbers.length() ? numbers.charAt(i) : ' ';
            if (c >= '0' && c <= '9') {
                number = Math.max(number, 0) * 10 + c - '0';
            } else if (number >= 0) {
                list.add(number);
                number = -1;
            }
        }
        told = list;
    }

    /**
     * Tells whether a number is that of a descriptor that this process was started with and that is
     * still open. A JVM that no launcher has told about knows only that it is open and that the JVM
     * has not opened it.
     *
     * @param number any number
     */
    public static boolean has(int number) {
        List<Integer> list = told;
        if (list != null && !list.contains(number)) {
            return false;
        }
        return Libc.fcntl(number, Linux.F_GETFD, 0) >= 0 && (list != null || !isOfTheJdk(number));
    }

    /**
     * Tells whether the caller had closed a standard descriptor. The number is occupied then, so
     * that nothing else gets it; reading and writing fail with EBADF.
     *
     * @param number 0 to 2
     */
    public static boolean wasClosed(int number) {
        List<Integer> list = told;
        return list != null && !list.contains(number);
    }

    /**
     * The descriptors above the standard ones that programs get: those that are not marked
     * close-on-exec since.
     */
    public static List<Integer> forPrograms() {
        List<Integer> passed = new ArrayList<>(0);
        for (int fd : others()) {
            int flags = Libc.fcntl(fd, Linux.F_GETFD, 0);
            if (flags >= 0 && (flags & Linux.FD_CLOEXEC) == 0) {
                passed.add(fd);
            }
        }
        return passed;
    }

    private static List<Integer> others() {
        List<Integer> list = told;
        if (list == null) {
            return found();
        }
        List<Integer> others = new ArrayList<>(0);
        for (int fd : list) {
            if (fd >= FIRST_OTHER) {
                others.add(fd);
            }
        }
        return others;
    }

    private static synchronized List<Integer> found() {
        if (found == null) {
            List<Integer> list = new ArrayList<>(0);
            String[] names = new File(FOLDER).list();
            for (String name : names == null ? new String[0] : names) {
                int fd = Integer.parseInt(name);
                int flags = Libc.fcntl(fd, Linux.F_GETFD, 0);
                boolean kept = flags >= 0 && (flags & Linux.FD_CLOEXEC) == 0;
                if (fd >= FIRST_OTHER && kept && !isOfTheJdk(fd)) {
                    list.add(fd);
                }
            }
            found = list;
        }
        return found;
    }

    private static boolean isOfTheJdk(int fd) {
        byte[] bytes = new byte[4096];
        int length = Libc.readlink(FOLDER + "/" + fd, bytes);
        String path = length < 0 ? "" : NativeStrings.decode(bytes, 0, length);
        if (path.startsWith(System.getProperty("java.home"))
                || path.endsWith(".jar")
                || path.endsWith(".aot")) {
            return true;
        }
        // What the JDK reads random numbers from.
        return path.equals("/dev/random") || path.equals("/dev/urandom");
    }
}
