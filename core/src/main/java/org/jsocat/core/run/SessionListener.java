package org.jsocat.core.run;

import org.jsocat.spi.Endpoint;

/**
 * Told how far a session has come, on the thread that does it. What becomes of its relays, a {@link
 * org.jsocat.spi.RelayListener} is told.
 */
public interface SessionListener {
    /** It now waits for peers; from here on it serves rather than starts. */
    default void listening() {}

    /** Both addresses of a relay are open, and bytes are about to flow. */
    default void transferring(Endpoint left, Endpoint right) {}
}
