package org.jsocat.core.open;

import org.jsocat.core.relay.Side;
import org.jsocat.spi.Arrival;
import org.jsocat.spi.Listener;
import org.jsocat.spi.posix.EventFd;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Poller;
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
    private final EventFd stop;
    private volatile boolean stopped;
    private volatile Thread waiting;

    Listening(AddressOpening opening, OpeningContext context, Listener listener) {
        this.opening = opening;
        this.context = context;
        this.listener = listener;
        stop = new EventFd();
    }

    /**
     * Waits for the next peer.
     *
     * @return empty when the time that the user gave has passed
     * @throws PosixException when nobody can be accepted, for good or until something is freed
     */
    public Optional<Arrival> await() {
        return stopped ? Optional.empty() : await(listener, context.log(), this::waitFor);
    }

    private int waitFor(int descriptor, int events, long nanos) {
        if (Thread.currentThread().isVirtual()) {
            waiting = Thread.currentThread();
            int ready = stopped ? 0 : Readiness.await(descriptor, events, nanos);
            waiting = null;
            return stopped && (ready == 0 || Thread.interrupted()) ? 0 : ready;
        }
        Poller poller = new Poller(2);
        poller.set(0, descriptor, events);
        poller.set(1, stop.fd().number(), Linux.POLLIN);
        int ready = poller.poll(nanos);
        return stopped ? 0 : ready;
    }

    /** Ends {@link #await}, now or when it is called, as when the time has passed. Any thread. */
    public void stop() {
        stopped = true;
        stop.signal();
        Thread thread = waiting;
        if (thread != null && thread.isVirtual()) {
            thread.interrupt();
        }
    }

    /** Whether {@link #stop} was called. */
    public boolean isStopped() {
        return stopped;
    }

    /** How a thread waits for a descriptor: as {@link Readiness#await}. */
    @FunctionalInterface
    private interface Wait {
        int await(int descriptor, int events, long nanos);
    }

    /** Waits for the next peer of a listener. */
    static Optional<Arrival> await(Listener listener, Logger log) {
        return await(listener, log, Readiness::await);
    }

    private static Optional<Arrival> await(Listener listener, Logger log, Wait wait) {
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
                            wait.await(descriptor, Linux.POLLIN, left),
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
        stop.close();
        context.cleanups().run();
    }
}
