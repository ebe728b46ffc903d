package org.jsocat.core.relay;

import org.jsocat.spi.Direction;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the command line says about transfers.
 *
 * @param direction {@code READ} moves bytes from left to right only ({@code -u}), {@code WRITE}
 *     from right to left only ({@code -U})
 * @param bufferSize the block size in bytes ({@code -b}), or 0 where the relay may choose
 * @param closeTimeout how long the second direction may be silent once the first has ended ({@code
 *     -t})
 * @param inactivityTimeout how long both may be silent ({@code -T})
 * @param taps makes, for each relay, who sees the blocks on their way ({@code -v}, {@code -x},
 *     {@code -r}, {@code -R})
 * @param sloppy whether a relay goes on after an error ({@code -s})
 */
public record RelaySettings(
        Direction direction,
        int bufferSize,
        Duration closeTimeout,
        Optional<Duration> inactivityTimeout,
        Optional<Supplier<Tap>> taps,
        boolean sloppy) {
    /** The block size where a block must be of the reference's size: packets, dumps. */
    public static final int DEFAULT_BUFFER_SIZE = 8192;

    /** What holds where nothing is said. */
    public static final RelaySettings DEFAULT =
            new RelaySettings(
                    Direction.BOTH,
                    0,
                    Duration.ofMillis(500),
                    Optional.empty(),
                    Optional.empty(),
                    false);

    /** What the user may ask for with {@code -b} at most; more would only cost memory. Bytes. */
    private static final int GREATEST_BLOCK = 4 << 20;

    /**
     * The size of the blocks of one direction, bytes.
     *
     * @param plain whether nothing depends on it
     */
    int blockSize(boolean plain) {
        if (bufferSize != 0) {
            return Math.min(bufferSize, GREATEST_BLOCK);
        }
        return plain ? Workspace.BLOCK_SIZE : DEFAULT_BUFFER_SIZE;
    }
}
