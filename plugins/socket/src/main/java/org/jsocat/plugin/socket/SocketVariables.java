package org.jsocat.plugin.socket;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;

/**
 * The variables that tell programs who is connected: {@code SOCKADDR}, {@code SOCKPORT}, {@code
 * PEERADDR}, {@code PEERPORT}.
 *
 * @since 1.0
 */
public final class SocketVariables {
    private SocketVariables() {}

    /** Sets those of both ends of a connection. */
    public static void set(
            OpenContext context, SocketAddress local, SocketAddress peer, int protocol) {
        set(context, "SOCK", local, protocol);
        set(context, "PEER", peer, protocol);
    }

    /**
     * Sets those of one end.
     *
     * @param end {@code SOCK} or {@code PEER}
     * @param protocol decides whether there is a port
     */
    public static void set(OpenContext context, String end, SocketAddress address, int protocol) {
        // Not a switch over types: it would cost every listener some milliseconds at its start.
        if (address instanceof SocketAddress.Inet4 inet4) {
            set(context, end, inet4.host(), inet4.port(), protocol);
        } else if (address instanceof SocketAddress.Inet6 inet6) {
            set(context, end, inet6.host(), inet6.port(), protocol);
        } else if (address instanceof SocketAddress.Unix unix) {
            context.variable(end + "ADDR", unixName(unix));
        } else if (address instanceof SocketAddress.Vsock vsock) {
            context.variable(end + "ADDR", Integer.toUnsignedString(vsock.cid()));
            context.variable(end + "PORT", Integer.toUnsignedString(vsock.port()));
        }
    }

    private static void set(OpenContext context, String end, String host, int port, int protocol) {
        context.variable(end + "ADDR", host);
        if (protocol == Linux.IPPROTO_TCP
                || protocol == Linux.IPPROTO_UDP
                || protocol == Linux.IPPROTO_SCTP) {
            context.variable(end + "PORT", Integer.toString(port));
        }
    }

    /** The path without the family and the quotes that log lines have. */
    private static String unixName(SocketAddress.Unix unix) {
        String text = unix.text();
        return text.substring(text.indexOf('"') + 1, text.length() - 1);
    }
}
