package org.jsocat.xio;

import org.jsocat.core.plan.PlannedPair;
import org.jsocat.core.relay.Relay;
import org.jsocat.core.run.Session;
import org.jsocat.core.run.SessionListener;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Two addresses that are joined, or about to be. All methods may be called from any thread.
 *
 * @since 1.0
 */
public final class XioRelay implements AutoCloseable {
    private final Session session;
    private final String addresses;
    private final CompletableFuture<XioResult> result = new CompletableFuture<>();
    private final CompletableFuture<SocketAddress> listening = new CompletableFuture<>();
    private final Counts counts = new Counts();
    private volatile Optional<XioException> failure = Optional.empty();

    XioRelay(Session session, PlannedPair pair, String addresses) {
        this.session = session.listener(counts);
        this.addresses = addresses;
        session.onListening(
                socket -> Sockets.local(socket.descriptor()).ifPresent(listening::complete));
        // On a virtual thread, because waiting there can be interrupted: that is how it is closed.
        Thread.ofVirtual().name("xio").start(() -> run(pair));
    }

    private void run(PlannedPair pair) {
        try {
            int status = session.run(pair);
            end();
            result.complete(new XioResult(status, statistics(), failure));
        } catch (RuntimeException | Error defect) {
            end();
            result.completeExceptionally(defect);
        }
    }

    private void end() {
        session.end();
        listening.completeExceptionally(
                failure.isPresent()
                        ? failure.get()
                        : new XioException(
                                XioException.Kind.PERMANENT,
                                "the relay has ended, and did not listen on an IP or UNIX socket",
                                addresses,
                                null));
    }

    /** Whether it has not ended yet. */
    public boolean isRunning() {
        return !result.isDone();
    }

    /**
     * The address on which it listens, with the port that it got, as soon as it does; the first one
     * where it listens more than once. Fails, with an {@link XioException}, when the relay ends
     * before, or does not listen on an IP or UNIX socket.
     */
    public CompletableFuture<SocketAddress> listening() {
        return listening.copy();
    }

    /**
     * Waits until it has ended.
     *
     * @throws InterruptedException when the calling thread is interrupted; the relay goes on
     */
    public XioResult await() throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect.getCause());
        }
    }

    /**
     * Waits until it has ended, but not for ever.
     *
     * @return empty when the time has passed
     * @throws InterruptedException when the calling thread is interrupted; the relay goes on
     */
    public Optional<XioResult> await(Duration atMost) throws InterruptedException {
        try {
            return Optional.of(result.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect.getCause());
        }
    }

    /** What has been transferred so far. */
    public XioStatistics statistics() {
        return counts.now();
    }

    /**
     * Takes no more peers and lets what runs end by itself; {@link #await} tells when it has.
     *
     * @return false where nothing was running or listening
     */
    public boolean drain() {
        return session.drain();
    }

    /**
     * Ends it: gives up what is being opened, closes all connections, and returns when that is
     * done. Bytes on their way may be lost. Idempotent.
     */
    @Override
    public void close() {
        session.cancel();
        result.handle((ended, defect) -> ended).join();
    }

    /** Counts what relays transfer, those that run and those that have ended. */
    private final class Counts implements SessionListener {
        private final Set<Relay> running = new HashSet<>();
        private long toSecond;
        private long toFirst;
        private long ended;

        @Override
        public synchronized void started(Relay relay) {
            running.add(relay);
        }

        @Override
        public synchronized void ended(Relay relay, boolean forked) {
            if (running.remove(relay)) {
                toSecond += relay.leftToRight().bytes();
                toFirst += relay.rightToLeft().bytes();
                ended++;
            }
        }

        @Override
        public void failed(RuntimeException cause) {
            failure = Optional.of(XioException.of(cause, addresses));
        }

        synchronized XioStatistics now() {
            long second = toSecond;
            long first = toFirst;
            for (Relay relay : running) {
                second += relay.leftToRight().bytes();
                first += relay.rightToLeft().bytes();
            }
            return new XioStatistics(second, first, running.size(), ended);
        }
    }
}
