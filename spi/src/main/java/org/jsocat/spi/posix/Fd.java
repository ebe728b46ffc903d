package org.jsocat.spi.posix;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Owns a file descriptor: who holds an {@code Fd} closes it, exactly once.
 *
 * <p>Thread-safe. The number may be used for system calls until {@link #close} or {@link #release};
 * it is the owner's business that no other thread uses it afterwards, because the kernel gives the
 * same number to the next file that is opened. A virtual thread that waits for it in {@link
 * Readiness} is woken by {@link #close}; a platform thread that is blocked in a call is not.
 *
 * @since 0.1
 */
public final class Fd implements AutoCloseable {

    /** Set when threads may wait in {@link Readiness}, so that closing does not load that class. */
    static volatile boolean waitersPossible;

    private static final int GONE = -1;
    private final AtomicInteger number;

    /**
     * Takes ownership of a descriptor.
     *
     * @param number the descriptor, 0 or more
     */
    public Fd(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("descriptor " + number);
        }
        this.number = new AtomicInteger(number);
    }

    /**
     * Opens a file: open(2) with O_CLOEXEC.
     *
     * @param path the path
     * @param flags the flags
     * @param mode the permission bits of a new file, which umask reduces
     * @return the open file
     * @throws PosixException if the call fails
     */
    public static Fd open(String path, int flags, int mode) {
        int result = Libc.open(path, flags, mode);
        if (result < 0) {
            throw new PosixException(
                    -result,
                    "open(\""
                            + path
                            + "\", 0"
                            + Integer.toOctalString(flags)
                            + ", 0"
                            + Integer.toOctalString(mode)
                            + ")");
        }
        return new Fd(result);
    }

    /**
     * The descriptor's number.
     *
     * @return 0 or more
     * @throws IllegalStateException if it has been closed or released
     */
    public int number() {
        int n = number.get();
        if (n == GONE) {
            throw new IllegalStateException("the descriptor is closed");
        }
        return n;
    }

    /**
     * Whether the descriptor is still here.
     *
     * @return false after {@link #close} or {@link #release}
     */
    public boolean isOpen() {
        return number.get() != GONE;
    }

    /**
     * Gives ownership up without closing.
     *
     * @return the descriptor
     * @throws IllegalStateException if it has been closed or released
     */
    public int release() {
        int n = number.getAndSet(GONE);
        if (n == GONE) {
            throw new IllegalStateException("the descriptor is closed");
        }
        return n;
    }

    /**
     * Closes the descriptor, if that has not happened. Errors are ignored: the kernel has freed the
     * number anyway.
     */
    @Override
    public void close() {
        int n = number.getAndSet(GONE);
        if (n != GONE) {
            if (waitersPossible) {
                Readiness.closing(n);
            }
            Libc.close(n);
        }
    }

    /**
     * Sets whether the descriptor is closed when a program is executed.
     *
     * @param on true to close it, which is what this layer's descriptors do
     * @throws PosixException if fcntl(2) fails
     */
    public void setCloseOnExec(boolean on) {
        int fd = number();
        int flags = on ? Linux.FD_CLOEXEC : 0;
        int result = Libc.fcntl(fd, Linux.F_SETFD, flags);
        if (result < 0) {
            throw new PosixException(-result, "fcntl(" + fd + ", F_SETFD, " + flags + ")");
        }
    }

    /**
     * Sets whether calls return EAGAIN instead of blocking. The mode belongs to the open file: all
     * duplicates share it, those of other processes too.
     *
     * @param on true for non-blocking
     * @throws PosixException if fcntl(2) fails
     */
    public void setNonBlocking(boolean on) {
        int fd = number();
        int flags = Libc.fcntl(fd, Linux.F_GETFL, 0);
        if (flags < 0) {
            throw new PosixException(-flags, "fcntl(" + fd + ", F_GETFL)");
        }
        int wanted = on ? flags | Linux.O_NONBLOCK : flags & ~Linux.O_NONBLOCK;
        if (wanted == flags) {
            return;
        }
        int result = Libc.fcntl(fd, Linux.F_SETFL, wanted);
        if (result < 0) {
            throw new PosixException(
                    -result, "fcntl(" + fd + ", F_SETFL, 0x" + Integer.toHexString(wanted) + ")");
        }
    }

    /**
     * Whether calls return EAGAIN instead of blocking.
     *
     * @return true for non-blocking
     * @throws PosixException if fcntl(2) fails
     */
    public boolean isNonBlocking() {
        int fd = number();
        int flags = Libc.fcntl(fd, Linux.F_GETFL, 0);
        if (flags < 0) {
            throw new PosixException(-flags, "fcntl(" + fd + ", F_GETFL)");
        }
        return (flags & Linux.O_NONBLOCK) != 0;
    }

    /**
     * Another descriptor for the same open file, with close-on-exec set.
     *
     * @return the new descriptor; the caller closes it
     * @throws PosixException if fcntl(2) fails
     */
    public Fd duplicate() {
        int fd = number();
        int result = Libc.dup(fd);
        if (result < 0) {
            throw new PosixException(-result, "dup(" + fd + ")");
        }
        return new Fd(result);
    }

    @Override
    public String toString() {
        int n = number.get();
        return n == GONE ? "closed" : Integer.toString(n);
    }
}
