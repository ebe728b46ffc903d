package org.jsocat.plugin.inet;

import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;

import java.util.List;
import java.util.Optional;

/**
 * The local addresses that a client of IP binds to, by the options bind, sourceport and lowport.
 *
 * @param addresses what {@code bind} names
 * @param port what {@code sourceport} says, or 0
 * @param lowPort whether a port below 1024 is wanted
 */
record InetSource(List<SocketAddress> addresses, int port, boolean lowPort) {
    /** What the options of an address ask for. */
    static InetSource of(OpenContext context, InetAddresses resolver, SocketKind kind) {
        int port = context.option(PortOptions.SOURCEPORT).orElse(0);
        boolean low = context.flag(PortOptions.LOWPORT);
        Optional<String> bind = context.option(SocketOptions.BIND);
        List<SocketAddress> addresses =
                bind.map(text -> resolver.bind(text, kind)).orElse(List.of());
        return new InetSource(addresses, port, low);
    }

    /** The same where {@code sourceport} means the peer's port. */
    static InetSource withoutPort(OpenContext context, InetAddresses resolver, SocketKind kind) {
        InetSource source = of(context, resolver, kind);
        return new InetSource(source.addresses, 0, source.lowPort);
    }

    /**
     * Whether {@code bind} fixes the address, so that peers of another version cannot be reached.
     */
    boolean isFixed() {
        return !addresses.isEmpty();
    }

    /** The address to bind to toward a peer of this family. */
    Optional<SocketAddress> toward(int family) {
        if (!isFixed()) {
            return port == 0 ? Optional.empty() : Optional.of(wildcard(family, port));
        }
        return addresses.stream()
                .filter(address -> address.family() == family)
                .findFirst()
                .map(address -> port == 0 ? address : withPort(address));
    }

    static int port(SocketAddress address) {
        if (address instanceof SocketAddress.Inet4 inet4) {
            return inet4.port();
        }
        return address instanceof SocketAddress.Inet6 inet6 ? inet6.port() : 0;
    }

    static SocketAddress wildcard(int family, int port) {
        return family == Linux.AF_INET6
                ? new SocketAddress.Inet6(new byte[16], port, 0, 0)
                : new SocketAddress.Inet4(new byte[4], port);
    }

    private SocketAddress withPort(SocketAddress address) {
        return switch (address) {
            case SocketAddress.Inet4 inet4 -> new SocketAddress.Inet4(inet4.address(), port);
            case SocketAddress.Inet6 inet6 ->
                    new SocketAddress.Inet6(
                            inet6.address(), port, inet6.flowInfo(), inet6.scopeId());
            default -> address;
        };
    }
}
