package org.jsocat.plugin.inet;

import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.plugin.socket.SocketOpening;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.plugin.socket.StreamListener;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.DescriptorEndpoint.Shutdown;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.util.List;
import java.util.Optional;

/**
 * Addresses of the form {@code host:port} and {@code port} over connected protocols of IP: TCP, and
 * SCTP, DCCP and UDP clients too.
 *
 * @since 1.0
 */
public final class InetStreams {
    private InetStreams() {}

    /**
     * Opens {@code KEYWORD:host:port}.
     *
     * @param kind the kind of socket; its family is 0 where both versions do
     * @throws AddressException when no address of the host could be connected to
     */
    public static Endpoint connect(OpenContext context, SocketKind kind) {
        Fd socket = socket(context, kind, context.parameters().get(0), context.parameters().get(1));
        // A protocol without connections tells its end by an empty packet.
        Shutdown shutdown = kind.type() == Linux.SOCK_DGRAM ? Shutdown.NULL : Shutdown.DOWN;
        return SocketOpening.endpoint(context, kind, socket, shutdown);
    }

    /**
     * Connects a socket to a host: the part that families with a handshake of their own share.
     *
     * @return the connected socket, options applied up to LATE; the caller closes it
     * @throws AddressException when no address of the host could be connected to
     */
    public static Fd socket(OpenContext context, SocketKind kind, String host, String service) {
        starting(context, host, service);
        SocketKind wanted = kind.with(context);
        InetAddresses addresses = InetAddresses.of(context);
        List<SocketAddress> peers = addresses.all(host, service, wanted);
        context.apply(Phase.EARLY, OptionTarget.NONE);
        InetSource source = InetSource.of(context, addresses, wanted);
        int errno = 0;
        for (int i = 0; i < peers.size(); i++) {
            SocketAddress peer = peers.get(i);
            if (context.log().isInfoEnabled()) {
                context.log().info("opening connection to {}", peer.text());
            }
            Optional<SocketAddress> local = source.toward(peer.family());
            if (local.isEmpty() && source.isFixed()) {
                context.log()
                        .warn(
                                "{}: No bind address with matching address family ({}) of {}"
                                        + " available",
                                context.keyword(),
                                peer.family(),
                                host);
                errno = Errno.ENOPROTOOPT;
                continue;
            }
            try {
                context.again(Phase.PRESOCKET, Phase.LATE);
                Fd socket =
                        SocketOpening.of(context, wanted.in(peer.family()))
                                .from(local)
                                .fromLowPort(source.lowPort())
                                .connect(peer);
                context.log().info("successfully connected to {}:{}", host, service);
                return socket;
            } catch (PosixException failure) {
                errno = failure.errno();
                report(context, failure, i == peers.size() - 1);
            }
        }
        throw refused(context, host, service, errno);
    }

    static void starting(OpenContext context, String host, String service) {
        context.log().info("opening connection to {}:{}", host, service);
        context.log().debug("starting connect loop");
    }

    /** The failure of the only address of a host. */
    static AddressException failed(
            OpenContext context, String host, String service, PosixException failure) {
        report(context, failure, true);
        return refused(context, host, service, failure.errno());
    }

    private static AddressException refused(
            OpenContext context, String host, String service, int errno) {
        return AddressException.retryable(
                keyword(context) + ":" + host + ":" + service + ": " + Errno.text(errno), errno);
    }

    /** The last attempt that fails is worth a warning; less if more peers or attempts follow. */
    private static void report(OpenContext context, PosixException failure, boolean last) {
        String message = failure.getMessage();
        if (last && !context.retrying()) {
            context.log().warn(message);
        } else if (last || !context.retrying()) {
            context.log().info(message);
        } else {
            context.log().debug(message);
        }
    }

    /** The keyword as the user wrote it. */
    private static String keyword(OpenContext context) {
        int end = context.text().indexOf(':');
        return end < 0 ? context.keyword() : context.text().substring(0, end);
    }

    /**
     * Opens {@code KEYWORD:port} for listening.
     *
     * @param kind the kind of socket; its family is 0 where the command line decides
     */
    public static Listener listen(OpenContext context, SocketKind kind) {
        context.apply(Phase.EARLY, OptionTarget.NONE);
        SocketKind wanted = InetAddresses.listening(kind, context).with(context);
        Optional<String> host = context.option(SocketOptions.BIND);
        SocketAddress local =
                InetAddresses.of(context).listening(host, context.parameters().getFirst(), wanted);
        SocketKind settled = wanted.family() == 0 ? wanted.in(local.family()) : wanted;
        return StreamListener.open(
                context, settled, local, PeerRules.of(context, settled.family()));
    }
}
