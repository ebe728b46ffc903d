package org.jsocat.core.open;

import org.jsocat.core.relay.Side;
import org.jsocat.spi.Arrival;
import org.jsocat.spi.Listener;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Readiness;
import org.slf4j.Logger;

import java.time.Duration;
import java.util.Optional;

/** An open listener, in the context in which it was opened. */
public final class Listening implements AutoCloseable {
    private final AddressOpening opening;
    private final OpeningContext context;
    private final Listener listener;

    Listening(AddressOpening opening, OpeningContext context, Listener listener) {
        this.opening = opening;
        this.context = context;
        this.listener = listener;
    }

    /**
     * Waits for the next peer.
     *
     * @return empty when the time that the user gave has passed
     * @throws PosixException when nobody can be accepted, for good or until something is freed
     */
    public Optional<Arrival> await() {
        return await(listener, context.log());
    }

    /** Waits for the next peer of a listener. */
    static Optional<Arrival> await(Listener listener, Logger log) {
        if (!listener.text().isEmpty()) {
            log.info(listener.text());
        }
        long start = System.nanoTime();
        while (true) {
            Optional<Arrival> peer = listener.next();
            if (peer.isPresent()) {
                return peer;
            }
            Duration timeout = listener.timeout();
            long left =
                    timeout.isZero()
                            ? -1
                            : Math.max(0, timeout.toNanos() - (System.nanoTime() - start));
            int descriptor = listener.descriptor();
            int ready =
                    PosixException.check(
                            Readiness.await(descriptor, Linux.POLLIN, left),
                            () -> "poll(" + descriptor + ")");
            if (ready == 0) {
                return Optional.empty();
            }
        }
    }

    /** What is listened with; it is for one thread at a time. */
    public Listener listener() {
        return listener;
    }

    /**
     * Opens a peer for its relay, as far as the stages of the chain. Blocks.
     *
     * @param peer as {@link #await} returned it; closed or owned by the side afterwards, also on
     *     failure
     * @param relay its own
     * @return empty where the peer was refused, which has been logged
     */
    public Optional<Side> open(Arrival peer, RelayContext relay) {
        try (peer) {
            OpeningContext connection = context.connection(relay);
            return opening.open(peer, connection);
        }
    }

    @Override
    public void close() {
        listener.close();
        context.cleanups().run();
    }
}
