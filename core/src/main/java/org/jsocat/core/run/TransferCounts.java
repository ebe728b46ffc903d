package org.jsocat.core.run;

import org.jsocat.spi.RelayInfo;

import java.util.HashSet;
import java.util.Set;

/**
 * What the relays of a session have moved, those that run and those that have ended. Safe for use
 * by several threads; {@link #now} may lag behind while bytes flow.
 */
public final class TransferCounts {
    private final Set<RelayInfo> running = new HashSet<>();
    private long right;
    private long left;
    private long ended;

    /** Makes the counts of a session in which nothing has run yet. */
    public TransferCounts() {}

    /**
     * The counts at one time.
     *
     * @param right bytes written to the second address
     * @param left bytes written to the first address
     * @param running how many relays run
     * @param ended how many have ended
     */
    public record Sum(long right, long left, int running, long ended) {}

    /** A relay begins. */
    public synchronized void started(RelayInfo relay) {
        running.add(relay);
    }

    /**
     * A relay has ended; one that did not begin is not counted.
     *
     * @return whether it had begun
     */
    public synchronized boolean ended(RelayInfo relay) {
        boolean counted = running.remove(relay);
        if (counted) {
            right += relay.bytesToSecond();
            left += relay.bytesToFirst();
            ended++;
        }
        return counted;
    }

    /** All of it. */
    public synchronized Sum now() {
        long nowRight = right;
        long nowLeft = left;
        for (RelayInfo relay : running) {
            nowRight += relay.bytesToSecond();
            nowLeft += relay.bytesToFirst();
        }
        return new Sum(nowRight, nowLeft, running.size(), ended);
    }
}
