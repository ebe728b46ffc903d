package org.jsocat.spi.posix;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where system and library calls wait that cannot be told to return: looking up a name, opening a
 * FIFO, waiting for a lock.
 *
 * <p>Such a call would keep the carrier of a virtual thread to itself, and with it all virtual
 * threads of the program once there are as many calls as processors. So a virtual thread hands it
 * to a platform thread: as many as are needed, kept for 10 seconds, at most {@value #MOST} at a
 * time; further ones wait for their turn. A platform thread makes the call itself.
 *
 * <p>Thread-safe.
 *
 * @since 1.0
 */
final class BlockingCalls {
    /** How many calls may wait at a time. */
    static final int MOST = 256;

    private static final long KEPT_SECONDS = 10;

    private BlockingCalls() {}

    /**
     * Makes a call.
     *
     * @param call the call
     * @param interrupted the result when the calling virtual thread is interrupted, which it then
     *     still is; the call goes on
     * @param late takes the result of a call that nobody waits for any more
     */
    static <T> T make(Supplier<T> call, T interrupted, Consumer<T> late) {
        if (!Thread.currentThread().isVirtual()) {
            return call.get();
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            Threads.PERMITS.acquire();
        } catch (InterruptedException early) {
            Thread.currentThread().interrupt();
            return interrupted;
        }
        try {
            Threads.CACHED.execute(() -> run(call, result));
        } catch (RuntimeException | Error failure) {
            Threads.PERMITS.release();
            throw failure;
        }
        try {
            return result.get();
        } catch (InterruptedException abandoned) {
            result.thenAccept(late);
            Thread.currentThread().interrupt();
            return interrupted;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure.getCause();
        }
    }

    private static <T> void run(Supplier<T> call, CompletableFuture<T> result) {
        try {
            T value = call.get();
            Threads.PERMITS.release();
            result.complete(value);
        } catch (RuntimeException | Error failure) {
            Threads.PERMITS.release();
            result.completeExceptionally(failure);
        }
    }

    /** Made when first needed. */
    private static final class Threads {
        static final Semaphore PERMITS = new Semaphore(MOST);
        static final Executor CACHED =
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE, // the permits are the bound
                        KEPT_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        Thread.ofPlatform().daemon().name("blocking-call-", 0).factory());
    }
}
