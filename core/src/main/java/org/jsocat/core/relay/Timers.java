package org.jsocat.core.relay;

import java.util.Arrays;

/**
 * The deadlines of a loop's relays, the earliest first: a binary heap that knows each relay's
 * place, so that a relay that ends leaves at once. Holds no object per deadline. Not thread-safe.
 */
final class Timers {
    /** The place of a relay that has no deadline here. */
    static final int NOWHERE = -1;

    private Relay[] heap = new Relay[16];
    private int size;

    /**
     * Sees to it that the relay is looked at by this time. A later time than the one known changes
     * nothing: it is found out when the earlier one has come, which costs less than moving the
     * relay each time it is active.
     *
     * @param at in the time of {@link System#nanoTime()}; {@code Long.MAX_VALUE} for never
     */
    void schedule(Relay relay, long at) {
        if (at == Long.MAX_VALUE) {
            return;
        }
        if (relay.timerPlace == NOWHERE) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            relay.timerAt = at;
            up(relay, size++);
        } else if (at - relay.timerAt < 0) {
            relay.timerAt = at;
            up(relay, relay.timerPlace);
        }
    }

    /** Whether a deadline has come. */
    boolean due(long now) {
        return size > 0 && heap[0].timerAt - now <= 0;
    }

    /** How long until the earliest deadline, nanoseconds; negative where there is none. */
    long remaining(long now) {
        return size == 0 ? -1 : Math.max(0, heap[0].timerAt - now);
    }

    /** Takes the relay with the earliest deadline out. */
    Relay poll() {
        Relay first = heap[0];
        remove(first);
        return first;
    }

    /** Takes a relay out, if it is in. */
    void remove(Relay relay) {
        int place = relay.timerPlace;
        if (place == NOWHERE) {
            return;
        }
        relay.timerPlace = NOWHERE;
        Relay last = heap[--size];
        heap[size] = null;
        if (last != relay) {
            up(last, place);
            down(last, last.timerPlace);
        }
    }

    private void up(Relay relay, int from) {
        int place = from;
        while (place > 0 && relay.timerAt - heap[(place - 1) / 2].timerAt < 0) {
            put(heap[(place - 1) / 2], place);
            place = (place - 1) / 2;
        }
        put(relay, place);
    }

    private void down(Relay relay, int from) {
        int place = from;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && heap[child + 1].timerAt - heap[child].timerAt < 0) {
                child++;
            }
            if (heap[child].timerAt - relay.timerAt >= 0) {
                break;
            }
            put(heap[child], place);
            place = child;
        }
        put(relay, place);
    }

    private void put(Relay relay, int place) {
        heap[place] = relay;
        relay.timerPlace = place;
    }
}
