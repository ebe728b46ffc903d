package org.jsocat.core.open;

import org.jsocat.core.relay.Side;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Pending;

import java.util.Optional;

/** An address that is being opened on an event loop. Used by the loop's thread. */
public final class PendingSide implements AutoCloseable {
    private final OpeningContext context;
    private final Pending pending;
    private boolean over;

    PendingSide(OpeningContext context, Pending pending) {
        this.context = context;
        this.pending = pending;
    }

    /** The descriptor that is writable when it can go on. */
    public int descriptor() {
        return pending.descriptor();
    }

    /**
     * Goes on; never blocks.
     *
     * @return the open side, or empty where it still takes its time
     * @throws AddressException when it cannot be opened
     */
    public Optional<Side> advance() {
        boolean waits = false;
        try {
            Optional<Endpoint> endpoint = pending.advance();
            waits = endpoint.isEmpty();
            return endpoint.map(opened -> AddressOpening.opened(context, opened));
        } catch (RuntimeException | Error failure) {
            context.cleanups().run();
            throw failure;
        } finally {
            if (!waits) {
                over = true;
                context.opened();
            }
        }
    }

    /** Gives it up; without effect once it is open or has failed. */
    @Override
    public void close() {
        if (!over) {
            over = true;
            pending.close();
            context.opened();
            context.cleanups().run();
        }
    }
}
