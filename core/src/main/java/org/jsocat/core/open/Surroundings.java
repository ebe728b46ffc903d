package org.jsocat.core.open;

import org.jsocat.core.plan.Catalog;
import org.jsocat.spi.Listener;
import org.jsocat.spi.Settings;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What outlives the opening of one address: the tables, the settings, what is still to be cleaned
 * up and what waits for a signal. One for each session; safe for use by several threads.
 */
public final class Surroundings {
    /** The largest number that the kernel gives to a process (PID_MAX_LIMIT). */
    private static final int LARGEST_PROCESS = 1 << 22;

    private final Catalog catalog;
    private final Settings settings;
    private final Set<Cleanups> cleanups = new LinkedHashSet<>();
    private final PassedSignals signals = new PassedSignals();
    private volatile Consumer<Listener> onListening = listener -> {};
    private final AtomicInteger ids = new AtomicInteger(LARGEST_PROCESS);

    /** Surroundings in which nothing has been opened yet. */
    public Surroundings(Catalog catalog, Settings settings) {
        this.catalog = catalog;
        this.settings = settings;
    }

    Catalog catalog() {
        return catalog;
    }

    Settings settings() {
        return settings;
    }

    int nextId() {
        return ids.incrementAndGet();
    }

    /** Has somebody told of each address that listens, once it does. */
    public void onListening(Consumer<Listener> told) {
        onListening = told;
    }

    void listening(Listener listener) {
        onListening.accept(listener);
    }

    PassedSignals signals() {
        return signals;
    }

    /**
     * Passes a signal on to what the addresses have registered for it.
     *
     * @return how many there were
     */
    public int pass(int signal) {
        return signals.pass(signal);
    }

    void register(Cleanups pending) {
        synchronized (cleanups) {
            cleanups.add(pending);
        }
    }

    void unregister(Cleanups done) {
        synchronized (cleanups) {
            cleanups.remove(done);
        }
    }

    /** Does what is still to be cleaned up, because the program ends now. Idempotent. */
    public void end() {
        while (true) {
            Cleanups next;
            synchronized (cleanups) {
                if (cleanups.isEmpty()) {
                    return;
                }
                next = cleanups.iterator().next();
            }
            next.run();
        }
    }
}
