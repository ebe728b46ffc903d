package org.jsocat.spi;

import org.jsocat.spi.posix.Epoll;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.EventFd;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Readiness;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.TimeUnit;

/**
 * Lets one thread wait until an endpoint is to be tried again, by the same rules as an event loop:
 * edges on both its descriptors, or on the one where the bytes are the descriptor's own. An event
 * before the wait ends it at once, so nothing is lost between a try and the wait.
 */
final class EndpointWait implements AutoCloseable {
    private static final int EDGES = Linux.EPOLLRDHUP | Linux.EPOLLPRI | Linux.EPOLLET;

    /** For an endpoint that has nothing to wait for: how long until it is asked again. */
    private static final long PAUSE_NANOS = 10_000_000;

    private final Epoll epoll = new Epoll(4);
    private final EventFd signal = new EventFd();
    private boolean waitable;
    private boolean alwaysReady;

    /** For reading or for writing. */
    EndpointWait(Endpoint endpoint, boolean reads) {
        add(signal.fd().number(), Linux.EPOLLIN);
        if (reads ? endpoint.rawInput() != Endpoint.NONE : endpoint.rawOutput() != Endpoint.NONE) {
            watch(
                    reads ? endpoint.readDescriptor() : endpoint.writeDescriptor(),
                    reads ? Linux.EPOLLIN : Linux.EPOLLOUT);
            return;
        }
        int both = Linux.EPOLLIN | Linux.EPOLLOUT;
        watch(endpoint.readDescriptor(), both);
        if (endpoint.writeDescriptor() != endpoint.readDescriptor()) {
            watch(endpoint.writeDescriptor(), both);
        }
    }

    private void watch(int descriptor, int events) {
        if (descriptor == Endpoint.NONE) {
            return;
        }
        if (add(descriptor, events)) {
            waitable = true;
        } else {
            alwaysReady = true; // a regular file
        }
    }

    private boolean add(int descriptor, int events) {
        int result = epoll.add(descriptor, events | EDGES, 0);
        if (result == -Errno.EPERM) {
            return false;
        }
        PosixException.check(result, () -> "epoll_ctl(EPOLL_CTL_ADD, " + descriptor + ")");
        return true;
    }

    /**
     * Waits.
     *
     * @param nanos at most so long; {@link Long#MAX_VALUE} for ever
     * @return whether something happened; false when the time has passed
     * @throws AsynchronousCloseException (closed by interrupt) when the thread is interrupted,
     *     which it still is then
     */
    boolean await(long nanos) throws AsynchronousCloseException {
        if (alwaysReady) {
            return true;
        }
        boolean asksAgain = !waitable && nanos > PAUSE_NANOS;
        return events(asksAgain ? PAUSE_NANOS : nanos) || asksAgain;
    }

    private boolean events(long nanos) throws AsynchronousCloseException {
        Interruption interruption = new Interruption();
        interruption.starts();
        try {
            int count;
            if (Thread.currentThread().isVirtual()) {
                long most = nanos == Long.MAX_VALUE ? -1 : nanos;
                count = Readiness.await(epoll.fd().number(), Linux.POLLIN, most);
                epoll.await(0);
            } else {
                count = await(epoll, nanos);
            }
            return count != 0;
        } finally {
            interruption.ends();
        }
    }

    private static int await(Epoll epoll, long nanos) {
        long deadline = nanos == Long.MAX_VALUE ? 0 : System.nanoTime() + nanos;
        int count;
        long left = nanos;
        do {
            count = epoll.await(millis(left));
            left = nanos == Long.MAX_VALUE ? nanos : Math.max(0, deadline - System.nanoTime());
        } while (count == -Errno.EINTR);
        return count;
    }

    private static int millis(long nanos) {
        if (nanos == Long.MAX_VALUE) {
            return -1;
        }
        return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
    }

    /** Ends a wait, or the next one; from any thread. */
    void wake() {
        signal.signal();
    }

    @Override
    public void close() {
        epoll.close();
        signal.close();
    }

    /** Has {@link Thread#interrupt} end the wait, on a platform thread too. */
    private final class Interruption extends AbstractInterruptibleChannel {
        void starts() {
            begin();
        }

        void ends() throws AsynchronousCloseException {
            end(true);
        }

        @Override
        protected void implCloseChannel() {
            wake();
        }
    }
}
