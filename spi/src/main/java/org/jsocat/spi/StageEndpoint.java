package org.jsocat.spi;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;

/**
 * A stage of a chain over the endpoint to its right: passes everything on as it is, but is no
 * longer that endpoint's descriptor. Stages override what they do differently.
 *
 * @since 1.0
 */
public abstract class StageEndpoint implements Endpoint {
    private final Endpoint inner;
    private final Direction direction;

    /**
     * A stage.
     *
     * @param context the address of the stage
     * @param inner what is to its right; closed with the stage
     */
    protected StageEndpoint(OpenContext context, Endpoint inner) {
        this.inner = Objects.requireNonNull(inner);
        direction = context.direction();
    }

    /** What is to the right. */
    protected final Endpoint inner() {
        return inner;
    }

    @Override
    public int read(ByteBuffer target) {
        return inner.read(target);
    }

    @Override
    public int write(ByteBuffer source) {
        return inner.write(source);
    }

    @Override
    public void shutdownOutput() {
        inner.shutdownOutput();
    }

    @Override
    public void close() {
        inner.close();
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public int readDescriptor() {
        return inner.readDescriptor();
    }

    @Override
    public int writeDescriptor() {
        return inner.writeDescriptor();
    }

    @Override
    public int readEvents() {
        return inner.readEvents();
    }

    @Override
    public int writeEvents() {
        return inner.writeEvents();
    }

    @Override
    public boolean hasPending() {
        return inner.hasPending();
    }

    @Override
    public boolean hasUnflushed() {
        return inner.hasUnflushed();
    }

    @Override
    public void flush() {
        inner.flush();
    }

    @Override
    public boolean keepsPackets() {
        return inner.keepsPackets();
    }

    @Override
    public Optional<Program> program() {
        return inner.program();
    }
}
