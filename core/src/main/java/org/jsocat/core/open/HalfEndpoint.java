package org.jsocat.core.open;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.ForwardingEndpoint;
import org.jsocat.spi.Program;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One direction of an endpoint whose two directions go through different stages; the last one
 * closed closes it.
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
    public void shutdownOutput() {
        if (direction.writes()) {
            super.shutdownOutput();
        }
    }

    @Override
    public void finish() {
        if (direction.writes()) {
            super.finish();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (users.decrementAndGet() == 0) {
                super.close();
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
