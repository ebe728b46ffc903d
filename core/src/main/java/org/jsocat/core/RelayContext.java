package org.jsocat.core;

import org.jsocat.spi.Settings;
import org.slf4j.Logger;

/**
 * What the two addresses of one relay share.
 *
 * @param session the run it belongs to
 * @param settings the command line's
 * @param log where it logs
 * @param environment its variables
 * @param forked whether it is one of several relays in the program
 * @param start what is done on the thread that opens the relay
 */
record RelayContext(
        Session session,
        Settings settings,
        Logger log,
        RelayEnvironment environment,
        boolean forked,
        RelayStart start) {
    /** The context of the only relay, or of what forks relays. */
    RelayContext(Session session, Settings settings, Logger log) {
        this(
                session,
                settings,
                log,
                new RelayEnvironment(settings.programName()),
                false,
                new RelayStart());
        start.begin();
    }

    /** The context of a relay that is forked from this one. */
    RelayContext fork(Logger childLog) {
        return new RelayContext(
                session, settings, childLog, environment.copy(), true, new RelayStart());
    }
}
