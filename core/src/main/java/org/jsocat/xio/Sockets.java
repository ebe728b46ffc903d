package org.jsocat.xio;

import org.jsocat.spi.Fact;
import org.jsocat.spi.SocketEnds;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Optional;

/** Addresses of sockets as the JDK has them. */
final class Sockets {
    private Sockets() {}

    /** This end, where that is known. */
    static Optional<SocketAddress> local(List<Fact> facts) {
        return ends(facts).flatMap(SocketEnds::local).flatMap(Sockets::of);
    }

    /** The other end, where there is one. */
    static Optional<SocketAddress> peer(List<Fact> facts) {
        return ends(facts).flatMap(SocketEnds::peer).flatMap(Sockets::of);
    }

    private static Optional<SocketEnds> ends(List<Fact> facts) {
        for (Fact fact : facts) {
            if (fact instanceof SocketEnds ends) {
                return Optional.of(ends);
            }
        }
        return Optional.empty();
    }

    static Optional<SocketAddress> of(org.jsocat.spi.posix.SocketAddress address) {
        if (address instanceof org.jsocat.spi.posix.SocketAddress.Unix unix) {
            return unix.isAbstract() || unix.isUnnamed()
                    ? Optional.empty()
                    : Optional.of(UnixDomainSocketAddress.of(unix.name()));
        }
        return address.toInetSocketAddress().map(SocketAddress.class::cast);
    }
}
