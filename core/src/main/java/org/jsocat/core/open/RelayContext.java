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
 * @param wakeups what its endpoints want to be woken for
 */
public record RelayContext(
        Surroundings surroundings,
        Logger log,
        RelayEnvironment environment,
        boolean forked,
        Wakeups wakeups) {
    /** The context of the only relay, or of what forks relays. */
    public RelayContext(Surroundings surroundings, Logger log) {
        this(
                surroundings,
                log,
                new RelayEnvironment(surroundings.settings().programName()),
                false,
                new Wakeups());
    }

    Settings settings() {
        return surroundings.settings();
    }

    /** The context of a relay that is forked from this one. */
    public RelayContext fork(Logger childLog) {
        return new RelayContext(surroundings, childLog, environment.copy(), true, new Wakeups());
    }

    /** The same for the only relay of its process. */
    public RelayContext alone() {
        return new RelayContext(surroundings, log, environment, false, wakeups);
    }
}
