package org.jsocat.core.open;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.ForwardingEndpoint;
import org.jsocat.spi.Program;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One direction of an endpoint whose two directions go through different stages; the last one
 * closed closes it. Where one of the stages is a program, the other direction may be moved by
 * another event loop, so each call has the endpoint for itself.
 */
final class HalfEndpoint extends ForwardingEndpoint {
    private final Direction direction;
    private final AtomicInteger users;
    private boolean closed;

    HalfEndpoint(Endpoint whole, Direction direction, AtomicInteger users) {
        super(whole);
        this.direction = direction;
        this.users = users;
    }

    @Override
    public int read(ByteBuffer target) {
        synchronized (users) {
            return super.read(target);
        }
    }

    @Override
    public int write(ByteBuffer source) {
        synchronized (users) {
            return super.write(source);
        }
    }

    @Override
    public boolean hasPending() {
        synchronized (users) {
            return super.hasPending();
        }
    }

    @Override
    public boolean holdsInput() {
        synchronized (users) {
            return super.holdsInput();
        }
    }

    @Override
    public boolean hasUnflushed() {
        synchronized (users) {
            return super.hasUnflushed();
        }
    }

    @Override
    public void flush() {
        synchronized (users) {
            super.flush();
        }
    }

    @Override
    public void shutdownOutput() {
        if (direction.writes()) {
            synchronized (users) {
                super.shutdownOutput();
            }
        }
    }

    @Override
    public void finish() {
        if (direction.writes()) {
            synchronized (users) {
                super.finish();
            }
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            synchronized (users) {
                if (users.decrementAndGet() == 0) {
                    super.close();
                }
            }
        }
    }

    /** The other half would go with it. */
    @Override
    public void release() {
        throw AddressException.usage("a program cannot take this address over");
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public Optional<Program> program() {
        return direction.reads() ? super.program() : Optional.empty();
    }
}
