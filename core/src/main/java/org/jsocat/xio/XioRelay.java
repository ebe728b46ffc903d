package org.jsocat.xio;

import org.jsocat.core.plan.PlannedPair;
import org.jsocat.core.relay.Relay;
import org.jsocat.core.run.Session;

import java.time.Duration;
import java.util.OptionalInt;
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
    private final CompletableFuture<Integer> status = new CompletableFuture<>();

    XioRelay(Session session, PlannedPair addresses) {
        this.session = session;
        // On a virtual thread, because waiting there can be interrupted: that is how it is closed.
        Thread.ofVirtual().name("xio").start(() -> run(addresses));
    }

    private void run(PlannedPair addresses) {
        try {
            int result = session.run(addresses);
            session.end();
            status.complete(result);
        } catch (RuntimeException | Error failure) {
            session.end();
            status.completeExceptionally(failure);
        }
    }

    /** Whether it has not ended yet. */
    public boolean isRunning() {
        return !status.isDone();
    }

    /**
     * Waits until it has ended.
     *
     * @return 0 when all went well or it was closed, 1 after an error, which has been logged
     * @throws InterruptedException when the calling thread is interrupted; the relay goes on
     */
    public int await() throws InterruptedException {
        try {
            return status.get();
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect.getCause());
        }
    }

    /**
     * Waits until it has ended, but not for ever.
     *
     * @return the status as {@link #await()} returns it, or empty when the time has passed
     * @throws InterruptedException when the calling thread is interrupted; the relay goes on
     */
    public OptionalInt await(Duration atMost) throws InterruptedException {
        try {
            return OptionalInt.of(status.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return OptionalInt.empty();
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect.getCause());
        }
    }

    /**
     * The bytes written to the second address. With {@code fork}, only those of the relays that run
     * now. May lag behind while bytes flow.
     */
    public long bytesToSecond() {
        return session.relays().stream()
                .map(Relay::leftToRight)
                .mapToLong(Relay.Transferred::bytes)
                .sum();
    }

    /** The bytes written to the first address, counted as those of {@link #bytesToSecond()}. */
    public long bytesToFirst() {
        return session.relays().stream()
                .map(Relay::rightToLeft)
                .mapToLong(Relay.Transferred::bytes)
                .sum();
    }

    /**
     * Ends it: gives up what is being opened, closes all connections, and returns when that is
     * done. Bytes on their way may be lost. Idempotent.
     */
    @Override
    public void close() {
        session.cancel();
        status.handle((result, failure) -> result).join();
    }
}
