package org.jsocat.core.open;

import org.jsocat.spi.Settings;
import org.jsocat.spi.Wakeups;
import org.slf4j.Logger;

/**
 * What the two addresses of one relay share.
 *
 * @param surroundings what outlives it
 * @param log where it logs
 * @param environment its variables
 * @param forked whether it is one of several relays in the program
 * @param start what is done on the thread that opens the relay
 * @param wakeups what its endpoints want to be woken for
 */
public record RelayContext(
        Surroundings surroundings,
        Logger log,
        RelayEnvironment environment,
        boolean forked,
        RelayStart start,
        Wakeups wakeups) {
    /** The context of the only relay, or of what forks relays. */
    public RelayContext(Surroundings surroundings, Logger log) {
        this(
                surroundings,
                log,
                new RelayEnvironment(surroundings.settings().programName()),
                false,
                new RelayStart(),
                new Wakeups());
        start.begin();
    }

    Settings settings() {
        return surroundings.settings();
    }

    /** The context of a relay that is forked from this one. */
    public RelayContext fork(Logger childLog) {
        return new RelayContext(
                surroundings, childLog, environment.copy(), true, new RelayStart(), new Wakeups());
    }

    /** Does what waited for the thread that opens the relay: it is the calling one. */
    public void begin() {
        start.begin();
    }
}
