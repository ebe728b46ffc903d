package org.jsocat.core.run;

import org.jsocat.core.open.RelayContext;

/**
 * Starts one forked relay: opens what is still to be opened, and has it run. Returns at once;
 * called by the thread that accepts or connects.
 */
interface RelayStarter {
    /**
     * Starts a relay.
     *
     * @param first its first address, which is closed on any failure
     * @param child its context
     */
    void start(First first, RelayContext child);
}
