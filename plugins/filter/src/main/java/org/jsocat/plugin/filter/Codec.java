package org.jsocat.plugin.filter;

import java.nio.ByteBuffer;

/**
 * Changes a stream of bytes into another one, piece by piece. Used by one thread at a time.
 *
 * <p>Whatever has come is passed on as far as that is possible without the next bytes, since a peer
 * may wait for it.
 */
interface Codec extends AutoCloseable {
    /** The room that an output buffer has when it is empty. */
    int ROOM = 16 << 10;

    /**
     * Takes bytes until none are left, the target is too full for what they become, or it {@link
     * #isBlocked}.
     *
     * @throws org.jsocat.spi.AddressException when they are not what they should be
     */
    void convert(ByteBuffer source, ByteBuffer target);

    /** Whether {@link #convert} has something to put out although no more bytes come. */
    boolean hasMore();

    /** Whether it takes nothing before the codec of the other direction has put out its answers. */
    default boolean isBlocked() {
        return false;
    }

    /**
     * Puts out what belongs to the end of the stream; called again until all of it is out.
     *
     * @return whether nothing is left to put out
     * @throws org.jsocat.spi.AddressException when the stream must not end here
     */
    boolean end(ByteBuffer target);

    /** Gives back what it holds outside of the heap. Idempotent. */
    @Override
    default void close() {}
}
