package org.jsocat.example.rot;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.StageEndpoint;

import java.nio.ByteBuffer;

/**
 * Turns what is written on its way to the rest of the chain, and turns back what is read from
 * there.
 */
final class RotStage extends StageEndpoint {
    private static final int CAPACITY = 64 * 1024;

    private final Rotation forth;
    private final Rotation back;

    /** Turned bytes that the inner endpoint has not taken yet. */
    private final ByteBuffer pending = ByteBuffer.allocateDirect(CAPACITY).flip();

    /**
     * A stage.
     *
     * @param context the address of the stage
     * @param inner the rest of the chain, closed with this stage
     * @param forth for bytes on their way there
     * @param back for bytes that come from there
     */
    RotStage(OpenContext context, Endpoint inner, Rotation forth, Rotation back) {
        super(context, inner);
        this.forth = forth;
        this.back = back;
    }

    @Override
    public int read(ByteBuffer target) {
        int start = target.position();
        int count = inner().read(target);
        if (count > 0) {
            back.turn(target, start, target.position());
        }
        return count;
    }

    @Override
    public int write(ByteBuffer source) {
        flush();
        if (pending.hasRemaining()) {
            return 0;
        }
        // The bytes are turned in a buffer of our own, since the caller keeps those that we do not
        // take.
        int count = Math.min(source.remaining(), CAPACITY);
        pending.clear();
        pending.put(0, source, source.position(), count).limit(count);
        forth.turn(pending, 0, count);
        source.position(source.position() + count);
        flush();
        return count;
    }

    @Override
    protected boolean holdsOutput() {
        return pending.hasRemaining();
    }

    @Override
    protected void passOn() {
        while (pending.hasRemaining() && inner().write(pending) > 0) {
            continue;
        }
    }
}
