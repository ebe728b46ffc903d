package org.jsocat.plugin.socket;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.SocketAddress;

import java.util.Optional;

/**
 * Decides which peers may connect or send. Any thread; may block, for instance while names are
 * looked up.
 *
 * @since 1.0
 */
public interface PeerFilter {
    /** Refuses nobody. */
    PeerFilter ALL =
            new PeerFilter() {
                @Override
                public boolean permits(
                        OpenContext connection, SocketAddress local, SocketAddress peer) {
                    return true;
                }

                @Override
                public boolean mayBlock() {
                    return false;
                }
            };

    /** Whether {@link #permits} may block. */
    boolean mayBlock();

    /** What becomes of a peer. */
    enum Verdict {
        /** It is relayed. */
        PERMITTED,
        /** Its connection is shut down. */
        REFUSED,
        /** Something else talks to it now: its connection is let go as it is. */
        TAKEN
    }

    /**
     * Whether a peer may connect. A refusal is logged as a warning.
     *
     * @param local the address at which it arrived
     */
    boolean permits(OpenContext connection, SocketAddress local, SocketAddress peer);

    /**
     * What becomes of a peer that has connected. A refusal is logged as a warning.
     *
     * @param socket the connection, if the peer has one; the caller owns it
     * @param local the address at which it arrived
     */
    default Verdict judge(
            OpenContext connection, Optional<Fd> socket, SocketAddress local, SocketAddress peer) {
        return permits(connection, local, peer) ? Verdict.PERMITTED : Verdict.REFUSED;
    }
}
