package org.jsocat.plugin.socket;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.DescriptorEndpoint.Shutdown;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.SocketEnds;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Readiness;
import org.jsocat.spi.posix.SocketAddress;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The way of a client's socket: socket(2), bind(2) where asked for, connect(2), with the options of
 * each phase in the reference's order. Every descriptor is freed when a step fails.
 *
 * @since 1.0
 */
public final class SocketOpening {
    private static final long ROOM_POLL_NANOS = 10_000_000;

    /** The ports that {@code lowport} tries. */
    private static final int LOWEST_PORT = 640;

    private static final int RESERVED_PORTS = 1024;

    private final OpenContext context;
    private final SocketKind kind;
    private Optional<SocketAddress> local = Optional.empty();
    private boolean lowPort;
    private Consumer<Fd> binding = _ -> {};

    private SocketOpening(OpenContext context, SocketKind kind) {
        this.context = context;
        this.kind = kind;
    }

    /** Starts opening a socket of a kind whose family is settled. */
    public static SocketOpening of(OpenContext context, SocketKind kind) {
        return new SocketOpening(context, kind);
    }

    /** Binds it to this address. */
    public SocketOpening from(Optional<? extends SocketAddress> address) {
        local = address.map(bound -> bound);
        return this;
    }

    /** Binds it to a port below 1024 that is free. */
    public SocketOpening fromLowPort(boolean low) {
        lowPort = low;
        return this;
    }

    /** Binds it by a step of the family's own. */
    public SocketOpening bound(Consumer<Fd> step) {
        binding = step;
        return this;
    }

    /**
     * Connects the socket to a peer and applies the options up to LATE.
     *
     * @return the connected socket, which the caller closes
     * @throws PosixException when a step fails; it has not been logged
     * @throws AddressException when an option is refused
     */
    public Fd connect(SocketAddress peer) {
        Connecting connecting = begin(peer);
        if (!connecting.isReady()) {
            connecting.await();
        }
        return connecting.finish();
    }

    /**
     * Begins to connect the socket to a peer. Does not wait.
     *
     * @return the socket on its way, which the caller finishes or closes
     * @throws PosixException when a step fails; it has not been logged
     * @throws AddressException when an option is refused
     */
    public Connecting begin(SocketAddress peer) {
        Fd socket = kind.open(context);
        try {
            OptionTarget target = OptionTarget.of(socket);
            context.apply(Phase.FD, target);
            bind(socket);
            context.apply(Phase.CONNECT, target);
            int result = Libc.connect(socket.number(), peer);
            boolean full = isFull(result);
            if (!full && result != -Errno.EINPROGRESS) {
                PosixException.check(result, () -> connectText(socket, peer));
            }
            return new Connecting(socket, peer, result < 0, full);
        } catch (RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
    }

    /** A UNIX listener whose queue is full has not taken the connection at all (connect(2)). */
    private boolean isFull(int result) {
        return result == -Errno.EAGAIN && kind.family() == Linux.AF_UNIX;
    }

    /** A socket whose connection is on its way. Used by one thread. */
    public final class Connecting implements AutoCloseable {
        private final Fd socket;
        private final SocketAddress peer;
        private final Duration timeout;
        private boolean waits;
        private boolean full;
        private boolean over;

        Connecting(Fd socket, SocketAddress peer, boolean waits, boolean full) {
            this.socket = socket;
            this.peer = peer;
            this.waits = waits;
            this.full = full;
            timeout = context.option(SocketOptions.CONNECT_TIMEOUT).orElse(Duration.ZERO);
        }

        /** It is writable when there is an answer. */
        public int descriptor() {
            return socket.number();
        }

        /** Whether there is an answer. Does not wait. */
        public boolean isReady() {
            // Near peers answer at once: asking is cheaper than parking the thread.
            return !waits || (!full && Libc.poll(socket.number(), Linux.POLLOUT, 0) != 0);
        }

        /**
         * Whether the peer's queue was full, so that the connection is not even on its way: a
         * socket of the UNIX domain, which has to try again.
         */
        public boolean isFull() {
            return full;
        }

        /** Waits for the answer; what it is, {@link #finish} says. */
        void await() {
            long nanos = timeout.isZero() ? -1 : timeout.toNanos();
            int ready =
                    full
                            ? awaitRoom(nanos)
                            : Readiness.await(socket.number(), Linux.POLLOUT, nanos);
            if (ready <= 0) {
                close();
                throw ready == 0
                        ? new PosixException(Errno.ETIMEDOUT, "connecting to " + peer.text())
                        : new PosixException(-ready, connectText(socket, peer));
            }
        }

        /** Nothing tells when a full queue has room: asks again and again. */
        private int awaitRoom(long nanos) {
            long start = System.nanoTime();
            while (full) {
                if (nanos >= 0 && System.nanoTime() - start >= nanos) {
                    return 0;
                }
                LockSupport.parkNanos(ROOM_POLL_NANOS);
                if (Thread.interrupted()) {
                    Thread.currentThread().interrupt();
                    return -Errno.EINTR;
                }
                int result = Libc.connect(socket.number(), peer);
                full = SocketOpening.this.isFull(result);
                if (!full && result < 0) {
                    return result;
                }
            }
            return 1;
        }

        /**
         * Takes the answer and applies the options up to LATE.
         *
         * @return the connected socket, which the caller closes
         * @throws PosixException when the connection failed, or a step after it; nothing is left
         *     open then
         * @throws AddressException when an option is refused, likewise
         */
        public Fd finish() {
            over = true;
            try {
                if (waits) {
                    long error = Libc.getsockopt(socket.number(), Linux.SOL_SOCKET, Linux.SO_ERROR);
                    PosixException.check(
                            (int) (error < 0 ? error : -error), () -> connectText(socket, peer));
                }
                finish(socket);
                return socket;
            } catch (RuntimeException | Error failure) {
                socket.close();
                throw failure;
            }
        }

        private void finish(Fd connected) {
            OptionTarget target = OptionTarget.of(connected);
            if (context.log().isInfoEnabled()) {
                context.log()
                        .info(
                                "successfully connected from local address {}",
                                SocketAddress.local(connected.number()).text());
            }
            context.apply(Phase.CONNECTED, target);
            context.apply(Phase.LATE, target);
        }

        /** Gives the connection up; without effect once it is finished. */
        @Override
        public void close() {
            if (!over) {
                over = true;
                socket.close();
            }
        }
    }

    /**
     * Makes a socket for datagrams, bound where that was asked for, and applies the options up to
     * PASTBIND.
     *
     * @return the socket, which the caller closes
     * @throws PosixException when a step fails
     * @throws AddressException when an option is refused
     */
    public Fd unconnected() {
        return unconnected(false);
    }

    /** The same for an address that a socket of this program has, which lets it be used again. */
    Fd unconnectedAgain() {
        return unconnected(true);
    }

    private Fd unconnected(boolean again) {
        Fd socket = kind.open(context);
        try {
            context.apply(Phase.FD, OptionTarget.of(socket));
            if (again) {
                SocketActions.reuseAddress(socket, 1);
            }
            bind(socket);
            return socket;
        } catch (RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
    }

    /**
     * Applies the last phases and makes the endpoint, which owns the socket from then on, or closes
     * it on failure.
     */
    public static DescriptorEndpoint endpoint(OpenContext context, SocketKind kind, Fd socket) {
        return endpoint(context, kind, socket, Shutdown.DOWN);
    }

    /** The same for a socket of which it is known already who is connected. */
    static DescriptorEndpoint endpoint(
            OpenContext context, SocketKind kind, Fd socket, SocketEnds ends) {
        return made(context, kind, socket, builder -> builder.knowing(ends));
    }

    /**
     * The same for a socket that tells its end in another way unless the user says how.
     *
     * @param shutdown what is done at half-close
     */
    public static DescriptorEndpoint endpoint(
            OpenContext context, SocketKind kind, Fd socket, Shutdown shutdown) {
        return made(
                context,
                kind,
                socket,
                builder -> builder.connected(kind.tellsPorts()).shutdown(shutdown));
    }

    private static DescriptorEndpoint made(
            OpenContext context,
            SocketKind kind,
            Fd socket,
            UnaryOperator<DescriptorEndpoint.Builder> settings) {
        try {
            late(context, socket);
            DescriptorEndpoint.Builder endpoint =
                    settings.apply(DescriptorEndpoint.over(context, socket).socket());
            // On a socket that is connected an empty packet is the end, whether asked for or not.
            context.flag(SocketOptions.NULL_EOF);
            return (kind.keepsPackets() ? endpoint.packets(true) : endpoint).build();
        } catch (RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
    }

    /** Applies the last phases to a socket. */
    public static void late(OpenContext context, Fd socket) {
        OptionTarget target = OptionTarget.of(socket);
        context.apply(Phase.LATE, target);
        context.apply(Phase.LATE2, target);
        context.apply(Phase.PASTEXEC, target);
    }

    /**
     * connect(2) for a socket that need not wait for its peer's answer: one of datagrams.
     *
     * @throws PosixException when the kernel refuses
     */
    void associate(Fd socket, SocketAddress peer) {
        context.apply(Phase.CONNECT, OptionTarget.of(socket));
        PosixException.check(Libc.connect(socket.number(), peer), () -> connectText(socket, peer));
    }

    /** Binds the socket where that was asked for, and applies the phases around it. */
    private void bind(Fd socket) {
        OptionTarget target = OptionTarget.of(socket);
        context.apply(Phase.PREBIND, target);
        context.apply(Phase.BIND, target);
        if (lowPort) {
            bindLow(socket);
        } else if (local.isPresent()) {
            bind(socket, local.get());
        }
        binding.accept(socket);
        context.apply(Phase.PASTBIND, target);
    }

    /**
     * bind(2).
     *
     * @throws PosixException when the kernel refuses
     */
    public static void bind(Fd socket, SocketAddress address) {
        PosixException.check(Libc.bind(socket.number(), address), () -> bindText(socket, address));
    }

    private static String bindText(Fd socket, SocketAddress address) {
        return "bind(" + socket.number() + ", {" + address.text() + "}, " + address.length() + ")";
    }

    /** Begins at a random port and goes down, round once. */
    private void bindLow(Fd socket) {
        int first = ThreadLocalRandom.current().nextInt(LOWEST_PORT, RESERVED_PORTS);
        int port = first;
        do {
            SocketAddress address = withPort(port);
            int result = Libc.bind(socket.number(), address);
            if (result == 0) {
                return;
            }
            PosixException failure = new PosixException(-result, bindText(socket, address));
            if (-result != Errno.EADDRINUSE) {
                throw failure;
            }
            context.log().debug(failure.getMessage());
            port = port == LOWEST_PORT ? RESERVED_PORTS - 1 : port - 1;
        } while (port != first);
        throw new PosixException(Errno.EADDRINUSE, "no low port available");
    }

    private SocketAddress withPort(int port) {
        return switch (local.orElse(null)) {
            case SocketAddress.Inet4 inet4 -> new SocketAddress.Inet4(inet4.address(), port);
            case SocketAddress.Inet6 inet6 ->
                    new SocketAddress.Inet6(
                            inet6.address(), port, inet6.flowInfo(), inet6.scopeId());
            case null, default ->
                    kind.family() == Linux.AF_INET6
                            ? new SocketAddress.Inet6(new byte[16], port, 0, 0)
                            : new SocketAddress.Inet4(new byte[4], port);
        };
    }

    private static String connectText(Fd socket, SocketAddress peer) {
        return "connect(" + socket.number() + ", " + peer.text() + ", " + peer.length() + ")";
    }
}
