package org.jsocat.core.open;

import java.util.ArrayList;
import java.util.List;

/**
 * What opening the first address of a forked relay leaves to be done on the thread of that relay:
 * the first address is opened by the thread that accepts or connects, whose identity must stay.
 * Handed from that thread to the relay's own.
 */
public final class RelayStart {
    private final List<Runnable> waiting = new ArrayList<>(0);
    private boolean begun;

    /** Does something now where the relay's own thread runs already, otherwise when it begins. */
    void run(List<Runnable> actions) {
        if (begun) {
            actions.forEach(Runnable::run);
        } else {
            waiting.addAll(actions);
        }
    }

    /** Now the relay's own thread runs: does what has waited. */
    void begin() {
        begun = true;
        waiting.forEach(Runnable::run);
        waiting.clear();
    }
}
