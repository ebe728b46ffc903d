package org.jsocat.spi;

import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/**
 * The addresses of the two ends of a connection, of the sender of a packet, or of a socket that
 * listens. Variables: {@code SOCKADDR}, {@code SOCKPORT}, {@code PEERADDR}, {@code PEERPORT}.
 *
 * @param local this end, where it is known
 * @param peer the other end, where there is one
 * @param hasPorts whether the ports of Internet addresses mean something
 * @since 1.0
 */
public record SocketEnds(
        Optional<SocketAddress> local, Optional<SocketAddress> peer, boolean hasPorts)
        implements Fact {
    /** Each part is required. */
    public SocketEnds {
        Objects.requireNonNull(local);
        Objects.requireNonNull(peer);
    }

    /** The ends of a connection. */
    public static SocketEnds of(SocketAddress local, SocketAddress peer, boolean hasPorts) {
        return new SocketEnds(Optional.of(local), Optional.of(peer), hasPorts);
    }

    /**
     * What the kernel says of a socket: getsockname(2), getpeername(2).
     *
     * @return empty parts where the socket has no such address: a connection that is over at both
     *     ends has no peer any more
     */
    static SocketEnds of(Fd socket, boolean hasPorts) {
        return new SocketEnds(
                asked(socket, SocketAddress::local), asked(socket, SocketAddress::peer), hasPorts);
    }

    private static Optional<SocketAddress> asked(Fd socket, IntFunction<SocketAddress> call) {
        try {
            return Optional.of(call.apply(socket.number()));
        } catch (PosixException none) {
            return Optional.empty();
        }
    }

    /** The end of a socket that has no peer, or as yet none. */
    public static SocketEnds local(SocketAddress local, boolean hasPorts) {
        return new SocketEnds(Optional.of(local), Optional.empty(), hasPorts);
    }

    /** The sender of a packet. */
    public static SocketEnds peer(SocketAddress peer, boolean hasPorts) {
        return new SocketEnds(Optional.empty(), Optional.of(peer), hasPorts);
    }

    @Override
    public void tell(BiConsumer<String, String> variables) {
        if (local.isPresent()) {
            tell("SOCK", local.get(), variables);
        }
        if (peer.isPresent()) {
            tell("PEER", peer.get(), variables);
        }
    }

    private void tell(String end, SocketAddress address, BiConsumer<String, String> variables) {
        // Not a switch over types: it would cost every listener some milliseconds at its start.
        if (address instanceof SocketAddress.Inet4 inet4) {
            inet(end, inet4.host(), inet4.port(), variables);
        } else if (address instanceof SocketAddress.Inet6 inet6) {
            inet(end, inet6.host(), inet6.port(), variables);
        } else if (address instanceof SocketAddress.Unix unix) {
            variables.accept(end + "ADDR", name(unix));
        } else if (address instanceof SocketAddress.Vsock vsock) {
            variables.accept(end + "ADDR", Integer.toUnsignedString(vsock.cid()));
            variables.accept(end + "PORT", Integer.toUnsignedString(vsock.port()));
        }
    }

    private void inet(String end, String host, int port, BiConsumer<String, String> variables) {
        variables.accept(end + "ADDR", host);
        if (hasPorts) {
            variables.accept(end + "PORT", Integer.toString(port));
        }
    }

    /** The path without the family and the quotes that log lines have. */
    private static String name(SocketAddress.Unix unix) {
        String text = unix.text();
        return text.substring(text.indexOf('"') + 1, text.length() - 1);
    }
}
