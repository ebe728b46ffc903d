package org.jsocat.core.run;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Work that waits for descriptors, for a caller on a platform thread that may be interrupted: there
 * poll(2) would go on, so a virtual thread does the work.
 */
final class Interruptible {
    private Interruptible() {}

    /**
     * Does it, and returns when it is done. Where the caller is interrupted the work is too; the
     * caller stays interrupted.
     *
     * @return what it returned
     * @throws RuntimeException what it threw; PosixException with EINTR where it was interrupted
     */
    static <T> T run(Supplier<T> work) {
        if (Thread.currentThread().isVirtual()) {
            return work.get();
        }
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread worker = Thread.ofVirtual().name("interruptible").start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException caller) {
                    interrupted = true;
                    worker.interrupt();
                }
            }
        } catch (ExecutionException failure) {
            throw switch (failure.getCause()) {
                case Error error -> throw error;
                case RuntimeException thrown -> thrown;
                default -> new IllegalStateException(failure.getCause());
            };
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
