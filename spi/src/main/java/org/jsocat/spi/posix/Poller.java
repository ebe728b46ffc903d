package org.jsocat.spi.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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
    private final ByteBuffer entries;
    private final long address;

    /**
     * Makes a set whose places are all unused.
     *
     * @param capacity how many places it has
     */
    public Poller(int capacity) {
        this.capacity = capacity;
        MemorySegment memory =
                Arena.ofAuto().allocate(Math.max(1, capacity) * (long) ENTRY_BYTES, 8);
        // The buffer keeps the memory alive.
        entries = memory.asByteBuffer().order(ByteOrder.nativeOrder());
        address = memory.address();
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
        int offset = offset(place);
        entries.putInt(offset, fd);
        entries.putInt(offset + 4, events & 0xffff);
    }

    /**
     * Makes a place unused.
     *
     * @param place 0 or more
     */
    public void clear(int place) {
        int offset = offset(place);
        entries.putInt(offset, -1);
        entries.putInt(offset + 4, 0);
    }

    /**
     * What the last {@link #poll} found.
     *
     * @param place 0 or more
     * @return a mask of the events asked for, POLLERR, POLLHUP and POLLNVAL; 0 for none
     */
    public int events(int place) {
        return entries.getShort(offset(place) + 6) & 0xffff;
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
                result = Libc.pollRaw(address, capacity, -1);
                Reference.reachabilityFence(entries);
            } while (result == -Errno.EINTR);
            return result;
        }
        CallState state = CallState.current();
        long deadline = System.nanoTime() + timeoutNanos;
        long left = timeoutNanos;
        while (true) {
            state.struct.putLong(0, left / 1_000_000_000);
            state.struct.putLong(8, left % 1_000_000_000);
            int result = Libc.ppollRaw(state, address, capacity);
            Reference.reachabilityFence(entries);
            if (result != -Errno.EINTR) {
                return result;
            }
            left = Math.max(0, deadline - System.nanoTime());
        }
    }

    private int offset(int place) {
        if (place < 0 || place >= capacity) {
            throw new IndexOutOfBoundsException(place);
        }
        return place * ENTRY_BYTES;
    }
}
