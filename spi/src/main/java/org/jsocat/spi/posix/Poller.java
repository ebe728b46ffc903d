package org.jsocat.spi.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * poll(2) over a small set of descriptors, which are told by their place in the set.
 *
 * <p>Not thread-safe. Owns no descriptor; its memory is freed by the garbage collector. {@link
 * #poll} blocks the calling platform thread, on a virtual thread the carrier.
 *
 * @since 0.1
 */
public final class Poller {

    private static final int ENTRY_BYTES = 8;

    private final int capacity;
    private final MemorySegment entries;

    /**
     * Makes a set whose places are all unused.
     *
     * @param capacity how many places it has
     */
    public Poller(int capacity) {
        this.capacity = capacity;
        entries = Arena.ofAuto().allocate(Math.max(1, capacity) * (long) ENTRY_BYTES, 8);
        for (int i = 0; i < capacity; i++) {
            clear(i);
        }
    }

    /**
     * Puts a descriptor at a place.
     *
     * @param place 0 or more
     * @param fd the descriptor
     * @param events a mask of POLLIN, POLLOUT, POLLPRI; 0 for errors only
     */
    public void set(int place, int fd, int events) {
        long offset = offset(place);
        entries.set(JAVA_INT, offset, fd);
        entries.set(JAVA_INT, offset + 4, events & 0xffff);
    }

    /**
     * Makes a place unused.
     *
     * @param place 0 or more
     */
    public void clear(int place) {
        long offset = offset(place);
        entries.set(JAVA_INT, offset, -1);
        entries.set(JAVA_INT, offset + 4, 0);
    }

    /**
     * What the last {@link #poll} found.
     *
     * @param place 0 or more
     * @return a mask of the events asked for, POLLERR, POLLHUP and POLLNVAL; 0 for none
     */
    public int events(int place) {
        return entries.get(JAVA_SHORT, offset(place) + 6) & 0xffff;
    }

    /**
     * Waits until a place has an event. A signal does not end the wait.
     *
     * @param timeoutNanos nanoseconds; negative waits for ever, 0 does not wait
     * @return how many places have events, 0 after the timeout, or the negated errno
     */
    public int poll(long timeoutNanos) {
        if (timeoutNanos < 0) {
            int result;
            do {
                result = Libc.poll(entries, capacity, -1);
            } while (result == -Errno.EINTR);
            return result;
        }
        CallState state = CallState.current();
        long deadline = System.nanoTime() + timeoutNanos;
        long left = timeoutNanos;
        while (true) {
            state.struct.set(JAVA_LONG, 0, left / 1_000_000_000);
            state.struct.set(JAVA_LONG, 8, left % 1_000_000_000);
            int result = Libc.ppoll(entries, capacity, state.struct, MemorySegment.NULL);
            if (result != -Errno.EINTR) {
                return result;
            }
            left = Math.max(0, deadline - System.nanoTime());
        }
    }

    private long offset(int place) {
        if (place < 0 || place >= capacity) {
            throw new IndexOutOfBoundsException(place);
        }
        return (long) place * ENTRY_BYTES;
    }
}
