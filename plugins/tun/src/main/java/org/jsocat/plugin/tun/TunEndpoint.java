package org.jsocat.plugin.tun;

import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Endpoint;

import java.nio.ByteBuffer;

/**
 * An interface that is given one packet with each write(2), whatever the blocks are that they come
 * in: streams join packets and cut them. The rest of a packet that was cut is waited for.
 *
 * <p>What is no packet is written as it came. A block that is one whole packet is never the rest of
 * another one, so that one broken packet costs no more than itself.
 */
final class TunEndpoint extends DescriptorEndpoint {
    /** The longest packet of IP, and what may stand before it. */
    private static final int MOST_BYTES = 65_535 + Framing.MOST_HEADER_BYTES;

    private final Framing framing;

    /** The beginning of a packet, ready to be added to. Made when it is first needed. */
    private ByteBuffer begun = ByteBuffer.allocate(0);

    /** Whether {@link #begun} is a whole packet, which the kernel has not taken yet. */
    private boolean whole;

    TunEndpoint(Builder builder, Framing framing) {
        super(builder);
        this.framing = framing;
    }

    private TunEndpoint(TunEndpoint other) {
        super(other);
        framing = other.framing;
    }

    @Override
    public int write(ByteBuffer source) {
        int before = source.position();
        if (begun.position() > 0 && !whole && isOne(source)) {
            begun.clear();
        }
        while (source.hasRemaining() && !whole) {
            if (begun.position() > 0) {
                complete(source);
            } else if (!next(source)) {
                break;
            }
        }
        return source.position() - before;
    }

    private boolean isOne(ByteBuffer block) {
        return framing.length(block) == block.remaining();
    }

    /** Writes the first packet of a block or keeps its beginning: whether it was taken. */
    private boolean next(ByteBuffer source) {
        int length = framing.length(source);
        int room = source.remaining();
        if (length == Framing.MORE || length > room) {
            if (begun.capacity() == 0) {
                begun = ByteBuffer.allocateDirect(MOST_BYTES);
            }
            begun.put(source);
            return true;
        }
        if (length == Framing.UNKNOWN || isFill(source, length)) {
            length = room;
        }
        int limit = source.limit();
        source.limit(source.position() + length);
        try {
            return super.write(source) > 0;
        } finally {
            source.limit(limit);
        }
    }

    /** Whether what stands behind a packet is none: short frames are filled up. */
    private boolean isFill(ByteBuffer source, int length) {
        int rest = source.remaining() - length;
        return rest > 0
                && framing.length(source.slice(source.position() + length, rest))
                        == Framing.UNKNOWN;
    }

    /** Adds to the packet that is begun, and writes it once it is whole. */
    private void complete(ByteBuffer source) {
        int length = framing.length(begun.duplicate().flip());
        while (length == Framing.MORE && source.hasRemaining()) {
            begun.put(source.get());
            length = framing.length(begun.duplicate().flip());
        }
        if (length == Framing.MORE) {
            return;
        }
        if (length != Framing.UNKNOWN) {
            int count = Math.min(source.remaining(), length - begun.position());
            begun.put(source.slice(source.position(), count));
            source.position(source.position() + count);
            whole = begun.position() == length;
        } else {
            whole = true;
        }
        flush();
    }

    @Override
    public boolean hasUnflushed() {
        return whole;
    }

    @Override
    public void flush() {
        if (whole && super.write(begun.duplicate().flip()) > 0) {
            whole = false;
            begun.clear();
        }
    }

    @Override
    public Endpoint share() {
        return new TunEndpoint(this);
    }
}
