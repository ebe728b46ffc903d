package org.jsocat.core.run;

import org.slf4j.Logger;

/** Counts the relays that are forked. Safe for use by several threads. */
final class Children {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final int most;
    private final boolean listens;
    private final Logger log;
    private int count;
    private int opening;

    /**
     * None yet.
     *
     * @param most how many may live at a time ({@code max-children}); 0 for any number
     * @param listens whether they come from a listener, for the log
     */
    Children(int most, boolean listens, Logger log) {
        this.most = most;
        this.listens = listens;
        this.log = log;
    }

    /** Whether their number is limited. */
    boolean areLimited() {
        return most > 0;
    }

    /** One begins; its addresses are being opened. */
    synchronized void begin() {
        count++;
        opening++;
    }

    /** The addresses of one are open, or could not be opened. */
    synchronized void opened() {
        opening--;
        notifyAll();
    }

    /** One has ended. */
    synchronized void end() {
        count--;
        notifyAll();
    }

    /** Waits until there may be one more. */
    void awaitPlace() throws InterruptedException {
        if (most > 0) {
            await(most);
        }
    }

    /** Waits until none is left. */
    void awaitAll() throws InterruptedException {
        await(1);
    }

    /** Waits until none is being opened, but not for ever. */
    synchronized void awaitOpened(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * NANOS_PER_MILLI;
        while (opening > 0) {
            long left = (end - System.nanoTime()) / NANOS_PER_MILLI;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /** How many there are. */
    synchronized int count() {
        return count;
    }

    /** How many are being opened. */
    synchronized int opening() {
        return opening;
    }

    /** Waits until one was opened or has ended, but not for ever. */
    @SuppressWarnings("WaitNotInLoop") // who asks looks again
    synchronized void awaitChange(long millis) throws InterruptedException {
        wait(millis);
    }

    private synchronized void await(int limit) throws InterruptedException {
        if (most > 0 && count >= limit) {
            if (listens) {
                log.info("maxchildren are active, waiting");
            } else {
                log.debug("all {} allowed children are active, waiting", most);
            }
        }
        while (count >= limit) {
            wait();
        }
    }
}
