package org.jsocat.core.relay;

import java.nio.ByteBuffer;

/**
 * Sees every block of one relay on its way, after conversion of line ends and before it is written.
 * Called by the thread of the relay.
 */
public interface Tap extends AutoCloseable {
    /**
     * A block passes.
     *
     * @param leftToRight whether it goes from the first address to the second
     * @param block its bytes between position and limit, which must be left as they are
     */
    void block(boolean leftToRight, ByteBuffer block);

    /** The relay has ended. */
    @Override
    void close();
}
