package org.jsocat.plugin.socket;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.SocketAddress;

/**
 * Decides which peers may connect or send. Any thread; may block, for instance while names are
 * looked up.
 *
 * @since 1.0
 */
@FunctionalInterface
public interface PeerFilter {
    /** Refuses nobody. */
    PeerFilter ALL = (_, _, _) -> true;

    /**
     * Whether a peer may connect. A refusal is logged as a warning.
     *
     * @param local the address at which it arrived
     */
    boolean permits(OpenContext connection, SocketAddress local, SocketAddress peer);
}
