package org.jsocat.core.relay;

/**
 * How much a direction has moved.
 *
 * @param blocks count of blocks written
 * @param bytes count of bytes written
 */
public record Transferred(long blocks, long bytes) {
    /** What has not begun. */
    public static final Transferred NOTHING = new Transferred(0, 0);
}
