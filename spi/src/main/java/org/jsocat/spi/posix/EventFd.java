package org.jsocat.spi.posix;

/**
 * Wakes a thread that waits in poll(2) or epoll_wait(2): eventfd(2), non-blocking.
 *
 * <p>Thread-safe, except that nobody may use it while it is closed.
 *
 * @since 0.1
 */
public final class EventFd implements AutoCloseable {

    private final Fd fd;

    /**
     * Makes one that is not signalled.
     *
     * @throws PosixException if eventfd(2) fails
     */
    public EventFd() {
        int result = Libc.eventfd(0, Linux.EFD_NONBLOCK);
        if (result < 0) {
            throw new PosixException(-result, "eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)");
        }
        fd = new Fd(result);
    }

    /**
     * The descriptor to wait for: readable while signalled.
     *
     * @return the descriptor; this object owns it
     */
    public Fd fd() {
        return fd;
    }

    /** Makes the descriptor readable. */
    public void signal() {
        CallState state = CallState.current();
        state.struct.putLong(0, 1);
        // EAGAIN means that the counter is full, so the descriptor is readable already.
        Libc.writeRaw(state, fd.number(), state.structAddress, 8);
    }

    /**
     * Makes the descriptor no longer readable.
     *
     * @return how often {@link #signal} was called since the last time; 0 for not at all
     */
    public long clear() {
        CallState state = CallState.current();
        return Libc.readRaw(state, fd.number(), state.structAddress, 8) == 8
                ? state.struct.getLong(0)
                : 0;
    }

    @Override
    public void close() {
        fd.close();
    }
}
