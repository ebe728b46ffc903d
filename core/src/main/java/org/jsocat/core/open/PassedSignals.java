package org.jsocat.core.open;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is done on signals that are passed on to programs instead of ending this one. Safe for use
 * by several threads.
 */
final class PassedSignals {
    private final Map<Integer, List<Runnable>> actions = new HashMap<>(0);

    synchronized void add(int signal, Runnable action) {
        actions.computeIfAbsent(signal, number -> new ArrayList<>(1)).add(action);
    }

    synchronized void remove(int signal, Runnable action) {
        List<Runnable> left = actions.getOrDefault(signal, new ArrayList<>(0));
        left.remove(action);
        if (left.isEmpty()) {
            actions.remove(signal);
        }
    }

    /** Does what was registered for a signal; returns how many there were. */
    int pass(int signal) {
        List<Runnable> now;
        synchronized (this) {
            now = List.copyOf(actions.getOrDefault(signal, List.of()));
        }
        now.forEach(Runnable::run);
        return now.size();
    }
}
