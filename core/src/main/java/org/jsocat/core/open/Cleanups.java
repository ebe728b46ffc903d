package org.jsocat.core.open;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is to be done once something has been closed, the last thing first. Each runs exactly once,
 * either when its owner is closed or, where the program ends before that, at its end. Safe for use
 * by several threads.
 */
final class Cleanups {
    private final Surroundings surroundings;
    private final Deque<Runnable> actions = new ArrayDeque<>(0);

    Cleanups(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    void add(Runnable action) {
        synchronized (actions) {
            actions.push(action);
        }
        surroundings.register(this);
    }

    boolean isEmpty() {
        synchronized (actions) {
            return actions.isEmpty();
        }
    }

    void run() {
        surroundings.unregister(this);
        Runnable action = next();
        if (action == null) {
            return;
        }
        try {
            action.run();
        } finally {
            run(); // one that fails keeps no other from being done
        }
    }

    private Runnable next() {
        synchronized (actions) {
            return actions.poll();
        }
    }
}
