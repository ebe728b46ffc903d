package org.jsocat.core.run;

import org.jsocat.core.relay.Relay;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is going on in a session: the threads that open addresses and the relays that run. Safe for
 * use by several threads.
 */
final class RunningRelays {
    private final Set<Relay> relays = new LinkedHashSet<>();
    private final Set<Thread> openers = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /** Whether all of it has been ended. */
    boolean isCancelled() {
        return cancelled;
    }

    /** Lists a relay until {@link #remove}; ends it at once where all has been ended. */
    void add(Relay relay) {
        synchronized (relays) {
            relays.add(relay);
        }
        if (cancelled) {
            relay.end();
        }
    }

    void remove(Relay relay) {
        synchronized (relays) {
            relays.remove(relay);
        }
    }

    List<Relay> list() {
        synchronized (relays) {
            return List.copyOf(relays);
        }
    }

    /** The calling thread opens addresses, until {@link #opened}. */
    void opening() {
        openers.add(Thread.currentThread());
    }

    /** The calling thread has done with opening. */
    void opened() {
        openers.remove(Thread.currentThread());
    }

    /**
     * Does something on a thread that {@link #cancel} interrupts.
     *
     * @param work opens addresses
     */
    void opening(Runnable work) {
        opening();
        if (cancelled) {
            Thread.currentThread().interrupt();
        }
        try {
            work.run();
        } finally {
            opened();
        }
    }

    /** Ends all of it, and what is added later. */
    void cancel() {
        cancelled = true;
        openers.forEach(Thread::interrupt);
        list().forEach(Relay::end);
    }
}
