package org.jsocat.plugin.socket;

import org.jsocat.spi.Arrival;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Fact;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.SocketEnds;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.spi.posix.SocketAddressBuffer;
import org.slf4j.Logger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A listening socket of any family that accepts connections.
 *
 * <p>This is the hot path of forked relays: where nothing asks for more it takes accept4(2) and
 * getsockname(2) for each connection.
 *
 * @since 1.0
 */
public final class StreamListener implements Listener {
    private static final int USUAL_BACKLOG = 5;

    private final Fd socket;
    private final SocketKind kind;
    private final PeerFilter filter;
    private final Duration timeout;
    private final Logger log;

    /**
     * Whether accept4(2) may wait although poll(2) is what is meant to: the socket was inherited.
     */
    private final boolean mayBlock;

    private final SocketAddress local;
    private final String listening;
    private final SocketAddressBuffer buffer = new SocketAddressBuffer();

    private StreamListener(OpenContext context, Fd socket, SocketKind kind, PeerFilter filter) {
        this.socket = socket;
        this.kind = kind;
        this.filter = filter;
        timeout = context.option(ListenOptions.ACCEPT_TIMEOUT).orElse(Duration.ZERO);
        log = context.log();
        mayBlock = !socket.isNonBlocking();
        local = SocketAddress.local(socket.number());
        listening = "listening on " + local.text();
    }

    /**
     * Makes a socket, binds it and listens.
     *
     * @param kind the kind of socket, its family settled
     * @param address the local address
     * @param filter which peers may connect
     * @throws PosixException when a step fails
     * @throws org.jsocat.spi.AddressException when an option is refused
     */
    public static StreamListener open(
            OpenContext context, SocketKind kind, SocketAddress address, PeerFilter filter) {
        return open(context, kind, address, filter, _ -> {});
    }

    /**
     * Makes a socket, binds it and listens.
     *
     * @param kind the kind of socket, its family settled
     * @param address the local address
     * @param filter which peers may connect
     * @param bound what else is done to the socket once it has its address
     * @throws PosixException when a step fails
     * @throws org.jsocat.spi.AddressException when an option is refused
     */
    public static StreamListener open(
            OpenContext context,
            SocketKind kind,
            SocketAddress address,
            PeerFilter filter,
            Consumer<Fd> bound) {
        Fd socket = kind.open(context);
        try {
            OptionTarget target = OptionTarget.of(socket);
            if (kind.protocol() == Linux.IPPROTO_TCP && !context.has(SocketOptions.REUSEADDR)) {
                context.log().debug("Setting SO_REUSADDR on TCP listen socket implicitly");
                SocketActions.reuseAddress(socket, 1);
            }
            context.apply(Phase.PREBIND, target);
            context.apply(Phase.BIND, target);
            SocketOpening.bind(socket, address);
            bound.accept(socket);
            context.apply(Phase.PASTBIND, target);
            context.apply(Phase.PRELISTEN, target);
            int backlog = context.option(ListenOptions.BACKLOG).orElse(USUAL_BACKLOG);
            context.apply(Phase.LISTEN, target);
            PosixException.check(
                    Libc.listen(socket.number(), backlog),
                    () -> "listen(" + socket.number() + ", " + backlog + ")");
            return on(context, socket, kind, filter);
        } catch (RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
    }

    /**
     * Accepts on a socket that listens already, which the listener owns from then on.
     *
     * @param kind the kind of socket it is
     * @param filter which peers may connect
     */
    public static StreamListener on(
            OpenContext context, Fd socket, SocketKind kind, PeerFilter filter) {
        return new StreamListener(context, socket, kind, filter);
    }

    /** The address that it listens on, with the port that the kernel chose where none was given. */
    public SocketAddress local() {
        return local;
    }

    @Override
    public List<Fact> facts() {
        return List.of(SocketEnds.local(local, kind.tellsPorts()));
    }

    @Override
    public int descriptor() {
        return socket.number();
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public String text() {
        return listening;
    }

    @Override
    public Optional<Arrival> next() {
        while (true) {
            if (mayBlock && Libc.poll(socket.number(), Linux.POLLIN, 0) == 0) {
                return Optional.empty();
            }
            int result = Libc.accept4(socket.number(), buffer, Linux.SOCK_NONBLOCK);
            if (result >= 0) {
                return Optional.of(new Connection(new Fd(result), buffer.get()));
            }
            switch (-result) {
                case Errno.EAGAIN -> {
                    return Optional.empty();
                }
                case Errno.EINTR -> {}
                case Errno.ECONNABORTED -> log.info(failure(result).getMessage());
                default -> throw failure(result);
            }
        }
    }

    private PosixException failure(int result) {
        return new PosixException(-result, "accept(" + socket.number() + ", , {128})");
    }

    /** A connection that the kernel has accepted. */
    private final class Connection implements Arrival {
        private final Fd peer;
        private final SocketAddress from;
        private boolean opened;

        Connection(Fd peer, SocketAddress from) {
            this.peer = peer;
            this.from = from;
        }

        @Override
        public int descriptor() {
            return peer.number();
        }

        @Override
        public boolean opensAtOnce() {
            return !filter.mayBlock();
        }

        @Override
        public Optional<Endpoint> open(OpenContext connection) {
            opened = true;
            try {
                return endpoint(connection, peer, from);
            } catch (RuntimeException | Error failure) {
                peer.close();
                throw failure;
            }
        }

        @Override
        public void close() {
            if (!opened) {
                opened = true;
                peer.close();
            }
        }
    }

    /** The endpoint of a connection, or empty where the peer is refused. */
    private Optional<Endpoint> endpoint(OpenContext connection, Fd peer, SocketAddress from) {
        SocketAddress to = SocketAddress.local(peer.number());
        if (connection.log().isInfoEnabled()) {
            connection.log().info("accepting connection from {} on {}", from.text(), to.text());
        }
        if (connection.log().isDebugEnabled()) {
            connection.log().debug("accept({}, {}) -> {}", socket, from.text(), peer);
        }
        PeerFilter.Verdict verdict = filter.judge(connection, Optional.of(peer), to, from);
        if (verdict != PeerFilter.Verdict.PERMITTED) {
            if (verdict == PeerFilter.Verdict.REFUSED) {
                Libc.shutdown(peer.number(), Linux.SHUT_RDWR);
            }
            peer.close();
            return Optional.empty();
        }
        if (connection.log().isDebugEnabled()) {
            connection.log().debug("permitting connection from {}", from.text());
        }
        OptionTarget target = OptionTarget.of(peer);
        connection.apply(Phase.FD, target);
        connection.apply(Phase.PASTSOCKET, target);
        connection.apply(Phase.CONNECTED, target);
        SocketEnds ends = SocketEnds.of(to, from, kind.tellsPorts());
        return Optional.of(SocketOpening.endpoint(connection, kind, peer, ends));
    }

    @Override
    public void close() {
        socket.close();
    }
}
