package org.jsocat.plugin.socket;

import org.jsocat.spi.Arrival;
import org.jsocat.spi.Fact;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Phase;
import org.jsocat.spi.SocketEnds;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Yields a session for each peer that sends to a datagram socket.
 *
 * <p>Where relays are forked, each session gets a socket of its own, bound to the same address and
 * connected to its peer, so that the kernel sorts the packets and an event loop serves them like
 * any stream. What arrives for a peer before its socket is connected comes by the listener, and
 * what arrives at a socket for others before it is connected goes back there: no packet is lost or
 * reaches another session. The only relay of a program has the listener's own socket.
 *
 * @since 1.0
 */
public final class SessionListener extends DatagramListener {
    private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final SocketKind kind;
    private final PeerFilter filter;
    private final Duration silence;
    private final Duration timeout;
    private final SocketAddress local;
    private final String text;
    private final Queue<Packet> strays = new ConcurrentLinkedQueue<>();
    private final Set<SocketAddress> reminders = ConcurrentHashMap.newKeySet();
    private final Map<SocketAddress, Session> sessions = new ConcurrentHashMap<>();
    private boolean reused;

    private SessionListener(
            Fd socket, SocketKind kind, PeerFilter filter, Duration silence, Duration timeout) {
        super(socket);
        this.kind = kind;
        this.filter = filter;
        this.silence = silence;
        this.timeout = timeout;
        local = SocketAddress.local(socket.number());
        String protocol =
                kind.protocol() == Linux.IPPROTO_UDP ? "UDP " : "PROTO" + kind.protocol() + " ";
        text = "listening on " + protocol + local.text();
    }

    /**
     * Waits for peers on a socket that is bound, which the listener owns from then on.
     *
     * @param kind the kind of socket it is
     * @param filter which peers get a session
     * @param silence after which a session ends; zero is never
     */
    public static SessionListener on(
            OpenContext context, Fd socket, SocketKind kind, PeerFilter filter, Duration silence) {
        try {
            Duration timeout = context.option(ListenOptions.ACCEPT_TIMEOUT).orElse(Duration.ZERO);
            return new SessionListener(socket, kind, filter, silence, timeout);
        } catch (RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
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
    public String text() {
        return text;
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    /** Hands on the packets of sessions; the first one of another peer makes a new session. */
    @Override
    public synchronized Optional<Arrival> next() {
        while (true) {
            Optional<Packet> packet = Optional.ofNullable(strays.poll());
            if (packet.isEmpty()) {
                packet = receive(socket().number(), 0);
            }
            if (packet.isEmpty()) {
                return Optional.empty();
            }
            if (reminders.remove(packet.get().from())) {
                continue;
            }
            Session session = sessions.get(packet.get().from());
            if (session == null || !session.take(packet.get())) {
                Session begun = new Session(this, packet.get());
                sessions.put(packet.get().from(), begun);
                return Optional.of(begun);
            }
        }
    }

    /**
     * The socket of a session: the listener's own where there is only one session, else a new one.
     */
    Fd connect(OpenContext connection, Session session) {
        if (!connection.forked()) {
            Fd socket = socket();
            SocketOpening.of(connection, kind).associate(socket, session.peer());
            handOver();
            return socket;
        }
        reuseAddress();
        connection.again(Phase.PRESOCKET, Phase.PASTBIND);
        SocketOpening opening = SocketOpening.of(connection, kind).from(Optional.of(local));
        Fd socket = opening.unconnectedAgain();
        try {
            opening.associate(socket, session.peer());
            return socket;
        } catch (RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
    }

    private synchronized void reuseAddress() {
        if (!reused) {
            reused = true;
            SocketActions.reuseAddress(socket(), 1);
        }
    }

    /**
     * Sorts what came to the socket of a session before it was connected, and what came to the
     * listener for it meanwhile.
     */
    synchronized void sort(Session session, Fd socket) {
        boolean only = socket == socket();
        boolean strayed = false;
        // What the listener has is older than what the new socket has.
        while (!only && isFor(session, socket().number())) {
            receive(socket().number(), 0).ifPresent(session::take);
        }
        for (Optional<Packet> packet = receive(socket.number(), 0);
                packet.isPresent();
                packet = receive(socket.number(), 0)) {
            if (packet.get().from().equals(session.peer())) {
                session.take(packet.get());
            } else if (!only && !belongs(packet.get())) {
                strays.add(packet.get());
                strayed = true;
            }
        }
        if (strayed) {
            remind();
        }
    }

    /** Takes a packet back that came to the socket of another session. */
    void strayed(Packet packet) {
        if (!belongs(packet)) {
            strays.add(packet);
            remind();
        }
    }

    private boolean belongs(Packet packet) {
        Session session = sessions.get(packet.from());
        return session != null && session.take(packet);
    }

    /** Has {@link #next} called, by an empty packet to this listener; it may be lost. */
    private void remind() {
        int number =
                Libc.socket(local.family(), kind.type() | Linux.SOCK_NONBLOCK, kind.protocol());
        if (number < 0) {
            return;
        }
        try (Fd messenger = new Fd(number)) {
            if (Libc.connect(number, reachable()) == 0) {
                reminders.add(SocketAddress.local(number));
                Libc.send(messenger.number(), MemorySegment.NULL, 0, 0, Linux.MSG_DONTWAIT);
            }
        }
    }

    /** Its own address, the loopback one where it listens on all. */
    private SocketAddress reachable() {
        if (local instanceof SocketAddress.Inet4 inet4 && isZero(inet4.address())) {
            return new SocketAddress.Inet4(LOOPBACK_4, inet4.port());
        }
        if (local instanceof SocketAddress.Inet6 inet6 && isZero(inet6.address())) {
            return new SocketAddress.Inet6(LOOPBACK_6, inet6.port(), 0, 0);
        }
        return local;
    }

    private static boolean isZero(byte[] address) {
        for (byte b : address) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isFor(Session session, int number) {
        return receive(number, Linux.MSG_PEEK)
                .filter(packet -> packet.from().equals(session.peer()))
                .isPresent();
    }

    void ended(Session session) {
        sessions.remove(session.peer(), session);
    }

    /** How long a session may be silent; zero is for ever. */
    Duration silence() {
        return silence;
    }

    SocketKind kind() {
        return kind;
    }

    PeerFilter filter() {
        return filter;
    }
}
