package org.jsocat.xio;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.PosixException;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import java.util.function.IntFunction;

/** Addresses of sockets as the JDK has them. */
final class Sockets {
    private Sockets() {}

    static Optional<SocketAddress> local(int descriptor) {
        return address(descriptor, org.jsocat.spi.posix.SocketAddress::local);
    }

    static Optional<SocketAddress> peer(int descriptor) {
        return address(descriptor, org.jsocat.spi.posix.SocketAddress::peer);
    }

    private static Optional<SocketAddress> address(
            int descriptor, IntFunction<org.jsocat.spi.posix.SocketAddress> call) {
        if (descriptor == Endpoint.NONE) {
            return Optional.empty();
        }
        try {
            return of(call.apply(descriptor));
        } catch (PosixException notSo) {
            return Optional.empty(); // no socket, or not connected
        }
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
