package org.jsocat.spi;

import org.jsocat.spi.posix.SocketAddress;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The addresses of the two ends of a connection, or of the sender of a packet. Variables: {@code
 * SOCKADDR}, {@code SOCKPORT}, {@code PEERADDR}, {@code PEERPORT}.
 *
 * @param local this end, where it is known
 * @param peer the other end
 * @param hasPorts whether the ports of Internet addresses mean something
 * @since 1.0
 */
public record SocketEnds(Optional<SocketAddress> local, SocketAddress peer, boolean hasPorts)
        implements Fact {
    /** Each part is required. */
    public SocketEnds {
        Objects.requireNonNull(local);
        Objects.requireNonNull(peer);
    }

    @Override
    public void tell(BiConsumer<String, String> variables) {
        if (local.isPresent()) {
            tell("SOCK", local.get(), variables);
        }
        tell("PEER", peer, variables);
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
