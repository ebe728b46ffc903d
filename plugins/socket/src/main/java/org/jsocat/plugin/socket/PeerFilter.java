package org.jsocat.plugin.socket;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.SocketAddress;

import java.util.Optional;

/**
 * Which peers may connect: by port so far.
 *
 * @since 1.0
 */
public final class PeerFilter {
    private static final int RESERVED_PORTS = 1024;

    private final Optional<Integer> sourcePort;
    private final boolean lowPort;

    private PeerFilter(Optional<Integer> sourcePort, boolean lowPort) {
        this.sourcePort = sourcePort;
        this.lowPort = lowPort;
    }

    /** The filter that the options of a listening address ask for. */
    public static PeerFilter of(OpenContext context, int rangeFamily) {
        return new PeerFilter(
                context.option(PortOptions.SOURCEPORT), context.flag(PortOptions.LOWPORT));
    }

    /** Whether a peer may connect; a refusal is logged. */
    public boolean permits(OpenContext connection, SocketAddress local, SocketAddress peer) {
        if (sourcePort.isEmpty() && !lowPort) {
            return true;
        }
        int port = port(peer);
        boolean permitted =
                port < 0
                        || (sourcePort.isPresent()
                                ? port == sourcePort.get()
                                : port < RESERVED_PORTS);
        String reason = sourcePort.isPresent() ? "sourceport" : "lowport";
        if (!permitted) {
            connection
                    .log()
                    .warn(
                            "refusing connection from {} due to {}",
                            peer.text(),
                            sourcePort.isPresent() ? "wrong sourceport" : "lowport option");
        } else {
            connection
                    .log()
                    .debug("permitting connection from {} due to {} option", peer.text(), reason);
        }
        return permitted;
    }

    private static int port(SocketAddress address) {
        return switch (address) {
            case SocketAddress.Inet4 inet4 -> inet4.port();
            case SocketAddress.Inet6 inet6 -> inet6.port();
            default -> -1;
        };
    }
}
