package org.jsocat.core.run;

import org.jsocat.core.relay.Relay;
import org.jsocat.spi.Endpoint;

/** Told what a session does, on the thread that does it. */
public interface SessionListener {
    /** It now waits for peers; from here on it serves rather than starts. */
    default void listening() {}

    /** Both addresses of a relay are open, and bytes are about to flow. */
    default void transferring(Endpoint left, Endpoint right) {}

    /** A relay begins; on the thread that opened its addresses. */
    default void started(Relay relay) {}

    /**
     * A relay has ended; on the thread that ran it.
     *
     * @param forked whether it is one of those that {@code fork} makes
     */
    default void ended(Relay relay, boolean forked) {}

    /** The two addresses could not be joined; that has been logged. */
    default void failed(RuntimeException cause) {}
}
