package org.jsocat.cli.descriptors;

import org.jsocat.spi.posix.Inheritance;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;

/** The descriptors that the caller left open, told from those of this program. */
public final class Inherited {
    private Inherited() {}

    /** Whether a descriptor is open and was so when the program was started. */
    public static boolean has(int fd) {
        // what a process was started with is not close-on-exec, or it would have been closed
        int flags = Libc.fcntl(fd, Linux.F_GETFD, 0);
        return flags >= 0 && (flags & Linux.FD_CLOEXEC) == 0 && Inheritance.has(fd);
    }

    /** The lowest number that the caller left free, from a number on. */
    public static int lowestFree(int from) {
        int fd = from;
        while (has(fd)) {
            fd++;
        }
        return fd;
    }
}
