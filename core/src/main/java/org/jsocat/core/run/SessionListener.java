package org.jsocat.core.run;

import org.jsocat.core.relay.Relay;
import org.jsocat.spi.Endpoint;

/** Told what a session does, on the thread that does it. */
public interface SessionListener {
    /** It now waits for peers; from here on it serves rather than starts. */
    default void listening() {}

    /** Both addresses of a relay are open, and bytes are about to flow. */
    default void transferring(Endpoint left, Endpoint right) {}

    /** One of the relays that {@code fork} makes has ended. */
    default void ended(Relay relay) {}
}
