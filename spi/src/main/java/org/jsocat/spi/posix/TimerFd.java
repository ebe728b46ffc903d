package org.jsocat.spi.posix;

import java.time.Duration;

/**
 * A descriptor that is readable when its time has come: timerfd_create(2), non-blocking.
 *
 * <p>Thread-safe, except that nobody may use it while it is closed.
 *
 * @since 1.0
 */
public final class TimerFd implements AutoCloseable {
    private static final Symbol CREATE = new Symbol("timerfd_create");
    private static final Symbol SETTIME = new Symbol("timerfd_settime");
    private static final int CLOCK_MONOTONIC = 1;
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private final Fd fd;

    private TimerFd(Fd fd) {
        this.fd = fd;
    }

    /**
     * A timer that is due now and then again and again.
     *
     * @param interval between two times; where it is zero, a nanosecond
     * @throws PosixException if a call fails
     */
    public static TimerFd every(Duration interval) {
        CallState state = CallState.current();
        Fd fd =
                new Fd(
                        PosixException.check(
                                CREATE.callInt(
                                        state,
                                        CLOCK_MONOTONIC,
                                        Linux.O_NONBLOCK | Linux.O_CLOEXEC,
                                        0),
                                "timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK)"));
        long nanos = Math.max(1, interval.toNanos());
        // struct itimerspec: the interval, then the first time
        state.struct.putLong(0, nanos / NANOS_PER_SECOND);
        state.struct.putLong(8, nanos % NANOS_PER_SECOND);
        state.struct.putLong(16, 0);
        state.struct.putLong(24, 1);
        int result = SETTIME.callInt(state, fd.number(), 0, state.structAddress, 0, 0, 0);
        if (result < 0) {
            fd.close();
            throw new PosixException(-result, "timerfd_settime(" + interval + ")");
        }
        return new TimerFd(fd);
    }

    /** The descriptor to wait for; this object owns it. */
    public Fd fd() {
        return fd;
    }

    /**
     * Makes the descriptor no longer readable.
     *
     * @return how often its time came since the last time; 0 for not at all
     */
    public long clear() {
        CallState state = CallState.current();
        return Libc.readRaw(state, fd.number(), state.structAddress, Long.BYTES) == Long.BYTES
                ? state.struct.getLong(0)
                : 0;
    }

    @Override
    public void close() {
        fd.close();
    }
}
