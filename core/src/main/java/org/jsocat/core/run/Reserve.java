package org.jsocat.core.run;

import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Descriptors that are kept free for the second address of a relay whose first one has been
 * accepted, so that no peer is accepted only to be dropped. Near the limit of the process
 * (RLIMIT_NOFILE) they are taken before a peer is accepted and given back when its relay is opened;
 * far from it, where many are opened at a time, nothing is done.
 *
 * <p>Safe for use by several threads.
 */
final class Reserve implements AutoCloseable {
    /** What one relay takes at most: a connection, a program with its sockets, what is watched. */
    private static final int SIZE = 8;

    /** What the program has besides its relays, unless it inherited more. */
    private static final int USUAL = 64;

    private final Deque<Fd> held = new ArrayDeque<>(SIZE);
    private final long limit;
    private int highest;

    Reserve() {
        long[] limits = {-1, -1};
        Libc.getrlimit(Linux.RLIMIT_NOFILE, limits);
        limit = limits[0] < 0 ? Long.MAX_VALUE : limits[0];
        int next = Libc.eventfd(0, Linux.EFD_NONBLOCK);
        if (next >= 0) {
            new Fd(next).close();
        }
        highest = next >= 0 ? next : Integer.MAX_VALUE;
    }

    /** A reserve for a test. */
    Reserve(long limit, int highest) {
        this.limit = limit;
        this.highest = highest;
    }

    /** A peer has been accepted: the kernel gives the lowest number that is free. */
    synchronized void accepted(int descriptor) {
        highest = Math.max(highest, descriptor);
    }

    /**
     * Whether one more relay could lack descriptors.
     *
     * @param relays how many there are, those that are being opened too
     * @param opening how many are being opened
     */
    synchronized boolean isTight(int relays, int opening) {
        if (USUAL + (relays + 2L) * SIZE < limit) {
            return false;
        }
        return highest + (opening + 2L) * SIZE >= limit;
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
