package org.jsocat.core.run;

import org.jsocat.core.relay.Relay;
import org.jsocat.spi.RelayInfo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is going on in a session: the threads that open addresses and the relays that run. Safe for
 * use by several threads.
 */
final class RunningRelays {
    private final Map<Relay, RelayInfo> relays = new LinkedHashMap<>();
    private final Set<Thread> openers = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /** Whether all of it has been ended. */
    boolean isCancelled() {
        return cancelled;
    }

    /** Lists a relay until {@link #remove}; ends it at once where all has been ended. */
    void add(Relay relay, RelayInfo known) {
        synchronized (relays) {
            relays.put(relay, known);
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

    List<RelayInfo> list() {
        synchronized (relays) {
            return List.copyOf(relays.values());
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
        List<Relay> running;
        synchronized (relays) {
            running = List.copyOf(relays.keySet());
        }
        running.forEach(Relay::end);
    }
}
