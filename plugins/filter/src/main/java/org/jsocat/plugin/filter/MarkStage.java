package org.jsocat.plugin.filter;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.StageEndpoint;

import java.nio.ByteBuffer;

/**
 * Appends a mark to each block, so that one sees which stages the bytes have passed, and in which
 * direction.
 */
final class MarkStage extends StageEndpoint {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final byte rightward;
    private final byte leftward;
    private ByteBuffer marked = NOTHING;
    private boolean markOwed;

    private MarkStage(OpenContext context, Endpoint inner, char rightward, char leftward) {
        super(context, inner);
        this.rightward = (byte) rightward;
        this.leftward = (byte) leftward;
    }

    /** Marks show the direction through the stage, which is the other one where it is reversed. */
    static Endpoint bothWays(OpenContext context, Endpoint inner) {
        return context.reversed()
                ? new MarkStage(context, inner, '<', '>')
                : new MarkStage(context, inner, '>', '<');
    }

    /** One mark for the one direction that there is. */
    static Endpoint oneWay(OpenContext context, Endpoint inner, char mark) {
        return new MarkStage(context, inner, mark, mark);
    }

    @Override
    public int read(ByteBuffer target) {
        if (markOwed && target.hasRemaining()) {
            markOwed = false;
            target.put(leftward);
            return 1;
        }
        int limit = target.limit();
        boolean room = target.remaining() > 1;
        target.limit(room ? limit - 1 : limit);
        int count = inner().read(target);
        target.limit(limit);
        if (count <= 0) {
            return count;
        }
        if (room) {
            target.put(leftward);
            return count + 1;
        }
        markOwed = true;
        return count;
    }

    @Override
    public boolean hasPending() {
        return markOwed || super.hasPending();
    }

    @Override
    public int write(ByteBuffer source) {
        if (hasUnflushed() || !source.hasRemaining()) {
            return 0;
        }
        int count = source.remaining();
        if (marked.capacity() <= count) {
            marked = ByteBuffer.allocateDirect(count + 1);
        }
        marked.clear().put(source).put(rightward).flip();
        passOn();
        return count;
    }

    @Override
    protected boolean holdsOutput() {
        return marked.hasRemaining();
    }

    @Override
    protected void passOn() {
        while (marked.hasRemaining() && inner().write(marked) > 0) {
            // until it takes nothing more: only then does an event follow
        }
    }
}
