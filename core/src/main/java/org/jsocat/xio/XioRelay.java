package org.jsocat.xio;

import org.jsocat.core.plan.PlannedPair;
import org.jsocat.core.run.Session;
import org.jsocat.core.run.TransferCounts;
import org.jsocat.spi.RelayInfo;
import org.jsocat.spi.RelayListener;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
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
    private final TransferCounts counts = new TransferCounts();
    private volatile Optional<XioException> failure = Optional.empty();

    XioRelay(Session session, PlannedPair pair, String addresses) {
        this.session = session.listener(new Told());
        this.addresses = addresses;
        session.onListening(socket -> Sockets.local(socket.facts()).ifPresent(listening::complete));
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
        TransferCounts.Sum sum = counts.now();
        return new XioStatistics(sum.right(), sum.left(), sum.running(), sum.ended());
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

    private final class Told implements RelayListener {
        @Override
        public void opened(RelayInfo relay) {
            counts.started(relay);
        }

        @Override
        public void ended(RelayInfo relay) {
            counts.ended(relay);
        }

        @Override
        public void failed(RelayInfo relay, Throwable cause) {
            boolean wasOpen = counts.ended(relay);
            if (!wasOpen && !relay.forked() && cause instanceof RuntimeException reason) {
                failure = Optional.of(XioException.of(reason, addresses));
            }
        }
    }
}
