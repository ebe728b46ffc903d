package org.jsocat.plugin.unix;

import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.plugin.socket.SocketOpening;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.NamedOptions;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Opener;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Pending;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.util.List;
import java.util.Optional;

/**
 * Opens {@code UNIX-CONNECT:name} and {@code ABSTRACT-CONNECT:name}; without anything that blocks
 * where the socket gets no name of its own and the peer has room for a connection.
 *
 * @param names what the names are
 */
record UnixConnect(UnixNames names) implements Opener {
    private static final SocketKind STREAM = new SocketKind(Linux.AF_UNIX, Linux.SOCK_STREAM, 0);

    /** What asks for a name of the socket's own, or to wait. */
    private static final List<Option<?>> SLOW =
            List.of(
                    SocketOptions.BIND,
                    UnixOptions.BIND_TEMPNAME,
                    SocketOptions.CONNECT_TIMEOUT,
                    NamedOptions.UNLINK_CLOSE);

    @Override
    public Endpoint open(OpenContext context) {
        context.apply(Phase.EARLY, OptionTarget.NONE);
        SocketAddress peer = names.peer(context, context.parameters().getFirst());
        UnixSource source = UnixSource.of(context, names);
        SocketKind kind = STREAM.with(context);
        context.log().info("opening connection to {}", peer.text());
        try {
            Fd socket = connected(context, kind, source, peer);
            source.unlinkAfterClosing();
            return SocketOpening.endpoint(context, kind, socket);
        } catch (RuntimeException | Error failure) {
            source.unbind();
            throw failure;
        }
    }

    @Override
    public Optional<Pending> begin(OpenContext context) {
        if (SLOW.stream().anyMatch(context::has)) {
            return Optional.empty();
        }
        context.apply(Phase.EARLY, OptionTarget.NONE);
        SocketAddress peer = names.peer(context, context.parameters().getFirst());
        UnixSource.of(context, names);
        SocketKind kind = STREAM.with(context);
        try {
            SocketOpening.Connecting connecting = SocketOpening.of(context, kind).begin(peer);
            if (connecting.isFull()) {
                connecting.close();
                return Optional.empty(); // nothing tells a loop when there is room
            }
            context.log().info("opening connection to {}", peer.text());
            return Optional.of(new Connection(context, kind, connecting));
        } catch (PosixException failure) {
            context.log().info("opening connection to {}", peer.text());
            throw told(context, peer, failure);
        }
    }

    /**
     * A socket that is connected.
     *
     * @throws PosixException where that fails; the failure to connect is told without its number
     */
    static Fd connected(
            OpenContext context, SocketKind kind, UnixSource source, SocketAddress peer) {
        try {
            return SocketOpening.of(context, kind).bound(source::bind).connect(peer);
        } catch (PosixException failure) {
            throw told(context, peer, failure);
        }
    }

    private static PosixException told(
            OpenContext context, SocketAddress peer, PosixException failure) {
        if (!failure.call().startsWith("connect(")) {
            return failure;
        }
        context.log().debug(failure.getMessage());
        return new PosixException(
                failure.errno(), "connect(, " + peer.text() + ", " + peer.length() + ")");
    }

    /** A connection that the kernel has made, or refused. */
    private record Connection(
            OpenContext context, SocketKind kind, SocketOpening.Connecting connecting)
            implements Pending {
        @Override
        public int descriptor() {
            return connecting.descriptor();
        }

        @Override
        public Optional<Endpoint> advance() {
            return connecting.isReady()
                    ? Optional.of(SocketOpening.endpoint(context, kind, connecting.finish()))
                    : Optional.empty();
        }

        @Override
        public void close() {
            connecting.close();
        }
    }
}
