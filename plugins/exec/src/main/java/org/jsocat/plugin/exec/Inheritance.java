package org.jsocat.plugin.exec;

import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * The descriptors above the standard ones that this process was started with and that programs
 * therefore get too. The JDK opens its own files without close-on-exec; those are told by where
 * they lie.
 */
final class Inheritance {
    private static final int FIRST = 3;
    private static final String FOLDER = "/proc/self/fd";

    private static List<Integer> inherited;

    private Inheritance() {}

    /** Their numbers, found out once, when the first program is started. */
    static synchronized List<Integer> descriptors() {
        if (inherited == null) {
            inherited = find();
        }
        return inherited;
    }

    private static List<Integer> find() {
        List<Integer> found = new ArrayList<>(0);
        String[] names = new File(FOLDER).list();
        for (String name : names == null ? new String[0] : names) {
            int fd = Integer.parseInt(name);
            int flags = Libc.fcntl(fd, Linux.F_GETFD, 0);
            if (fd >= FIRST && flags >= 0 && (flags & Linux.FD_CLOEXEC) == 0 && !isOfTheJdk(fd)) {
                found.add(fd);
            }
        }
        return List.copyOf(found);
    }

    private static boolean isOfTheJdk(int fd) {
        byte[] bytes = new byte[4096];
        int length = Libc.readlink(FOLDER + "/" + fd, bytes);
        String path = length < 0 ? "" : new String(bytes, 0, length);
        if (path.startsWith(System.getProperty("java.home"))
                || path.endsWith(".jar")
                || path.endsWith(".aot")) {
            return true;
        }
        // What the JDK reads random numbers from.
        return path.equals("/dev/random") || path.equals("/dev/urandom");
    }
}
