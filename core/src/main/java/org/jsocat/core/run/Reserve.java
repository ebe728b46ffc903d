package org.jsocat.core.run;

import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Descriptors that are kept free for the second address of a relay whose first one has been
 * accepted: near the limit of the process (RLIMIT_NOFILE) they are given back before that address
 * is opened, and taken again before the next peer is accepted, so that no peer is accepted only to
 * be dropped. Far from the limit, where the kernel gives low numbers, nothing is done.
 *
 * <p>Safe for use by several threads.
 */
final class Reserve implements AutoCloseable {
    /** Enough for a connection, or for the sockets around a program. */
    private static final int SIZE = 4;

    /** How far from the limit this begins: what several openings may take at the same time. */
    private static final int MARGIN = 32;

    private final Deque<Fd> held = new ArrayDeque<>(SIZE);
    private final long tight;

    Reserve() {
        long[] limits = {-1, -1};
        Libc.getrlimit(Linux.RLIMIT_NOFILE, limits);
        tight = limits[0] < 0 ? Long.MAX_VALUE : limits[0] - MARGIN;
    }

    /** Whether a descriptor is so high that the next ones may be lacking. */
    boolean isTight(int descriptor) {
        return descriptor >= tight;
    }

    /** Takes the reserve; returns whether it is complete. */
    synchronized boolean take() {
        while (held.size() < SIZE) {
            int number = Libc.eventfd(0, Linux.EFD_NONBLOCK);
            if (number < 0) {
                return false;
            }
            held.push(new Fd(number));
        }
        return true;
    }

    /** Gives it back. */
    @Override
    public synchronized void close() {
        while (!held.isEmpty()) {
            held.pop().close();
        }
    }
}
