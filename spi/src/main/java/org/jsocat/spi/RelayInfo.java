package org.jsocat.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What may be known about a relay by others. May be used by any thread, and kept: the counters go
 * on.
 *
 * @since 1.0
 */
public interface RelayInfo {
    /**
     * Its number in this program: that of the process, or for relays that are forked the one that
     * programs get as {@code SOCAT_PID}.
     */
    int id();

    /** When opening it began: for one that is forked, when its peer had come. */
    Instant start();

    /** Whether it is one of those that {@code fork} makes. */
    boolean forked();

    /** What the addresses of the relay have told about themselves, the latest last. */
    List<Fact> facts();

    /** What was told last of a type. */
    default <T> Optional<T> known(Class<T> type) {
        List<Fact> all = facts();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (type.isInstance(all.get(i))) {
                return Optional.of(type.cast(all.get(i)));
            }
        }
        return Optional.empty();
    }

    /** Count of bytes that have been written to the second address; 0 before it is open. */
    long bytesToSecond();

    /** Count of bytes that have been written to the first address. */
    long bytesToFirst();

    /** Count of blocks in which bytes were written to the second address: packets, or buffers. */
    long blocksToSecond();

    /** The same for the first address. */
    long blocksToFirst();
}
