package org.jsocat.core.relay;

import org.jsocat.spi.Endpoint;
import org.slf4j.Logger;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A relay that runs on a loop and a thread of its own. */
final class Running {
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final Relay relay;
    private int status;

    Running(Side left, Side right, RelaySettings settings, Logger log) {
        relay = new Relay(left, right, settings, log, (ended, result) -> status = result);
        Thread.ofPlatform().daemon().start(this::run);
    }

    /** A relay between two plain endpoints. */
    static Running between(Endpoint left, Endpoint right, RelaySettings settings, Logger log) {
        return new Running(Side.plain(left), Side.plain(right), settings, log);
    }

    private void run() {
        try (EventLoop loop = new EventLoop()) {
            loop.run(relay);
            end.complete(status);
        } catch (Throwable failure) {
            end.completeExceptionally(failure);
        }
    }

    Relay relay() {
        return relay;
    }

    boolean isOver() {
        return end.isDone();
    }

    /** Waits for its end; gives its status. */
    int join() {
        try {
            return end.get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new AssertionError(failure);
        }
    }
}
