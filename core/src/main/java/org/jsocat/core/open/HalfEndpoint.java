package org.jsocat.core.open;

import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Program;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One direction of an endpoint whose two directions go through different stages; the last one
 * closed closes it.
 */
final class HalfEndpoint implements Endpoint {
    private final Endpoint whole;
    private final Direction direction;
    private final AtomicInteger users;
    private boolean closed;

    HalfEndpoint(Endpoint whole, Direction direction, AtomicInteger users) {
        this.whole = whole;
        this.direction = direction;
        this.users = users;
    }

    @Override
    public int read(ByteBuffer target) {
        return whole.read(target);
    }

    @Override
    public int write(ByteBuffer source) {
        return whole.write(source);
    }

    @Override
    public void shutdownOutput() {
        if (direction.writes()) {
            whole.shutdownOutput();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (users.decrementAndGet() == 0) {
                whole.close();
            }
        }
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public int readDescriptor() {
        return whole.readDescriptor();
    }

    @Override
    public int writeDescriptor() {
        return whole.writeDescriptor();
    }

    @Override
    public int readEvents() {
        return whole.readEvents();
    }

    @Override
    public int writeEvents() {
        return whole.writeEvents();
    }

    @Override
    public boolean hasPending() {
        return whole.hasPending();
    }

    @Override
    public boolean hasUnflushed() {
        return whole.hasUnflushed();
    }

    @Override
    public void flush() {
        whole.flush();
    }

    @Override
    public int rawInput() {
        return whole.rawInput();
    }

    @Override
    public int rawOutput() {
        return whole.rawOutput();
    }

    @Override
    public boolean keepsPackets() {
        return whole.keepsPackets();
    }

    @Override
    public Optional<Program> program() {
        return direction.reads() ? whole.program() : Optional.empty();
    }
}
