package org.jsocat.plugin.inet;

import org.jsocat.plugin.socket.DatagramEndpoint;
import org.jsocat.plugin.socket.Datagrams;
import org.jsocat.plugin.socket.IpHeader;
import org.jsocat.plugin.socket.PacketListener;
import org.jsocat.plugin.socket.PeerFilter;
import org.jsocat.plugin.socket.SessionListener;
import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.plugin.socket.SocketOpening;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.DescriptorEndpoint.End;
import org.jsocat.spi.DescriptorEndpoint.Shutdown;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Addresses of datagrams over IP: UDP, UDP-Lite, raw sockets.
 *
 * @since 1.0
 */
public final class InetDatagrams {
    private final OpenContext context;
    private final SocketKind kind;
    private final InetAddresses addresses;

    private InetDatagrams(OpenContext context, SocketKind kind) {
        this.context = context;
        this.kind = kind;
        addresses = InetAddresses.of(context);
    }

    /**
     * Talks to a peer and hears only that one: {@code KEYWORD:host:service}.
     *
     * @param kind the kind of socket; its family is 0 where both versions do
     * @param service empty where the protocol has no ports
     */
    public static Endpoint sendTo(
            OpenContext context, SocketKind kind, String host, Optional<String> service) {
        InetDatagrams opening = new InetDatagrams(context, kind.with(context));
        context.apply(Phase.EARLY, OptionTarget.NONE);
        SocketAddress peer = opening.addresses.peer(host, service, opening.kind);
        SocketKind settled = opening.kind.in(peer.family());
        InetSource source = InetSource.of(context, opening.addresses, settled);
        Datagrams datagrams =
                new Datagrams().to(peer).from(from -> same(peer, from, service.isPresent()));
        return opening.client(settled, source, datagrams);
    }

    /**
     * Talks to an address, which may be one of many peers, and hears everyone whom the options
     * permit: {@code KEYWORD:address:service}.
     */
    public static Endpoint datagram(
            OpenContext context, SocketKind kind, String host, Optional<String> service) {
        SocketKind wanted = InetAddresses.listening(kind, context).with(context);
        InetDatagrams opening = new InetDatagrams(context, wanted);
        context.apply(Phase.EARLY, OptionTarget.NONE);
        SocketAddress peer = opening.addresses.peer(host, service, wanted);
        SocketKind settled = wanted.in(peer.family());
        PeerFilter filter = PeerRules.ofPeer(context, peer);
        InetSource source = InetSource.withoutPort(context, opening.addresses, settled);
        return opening.client(settled, source, new Datagrams().where(filter).to(peer));
    }

    /**
     * Takes packets of everyone whom the options permit, and cannot answer: {@code KEYWORD:port}.
     */
    public static Endpoint receive(OpenContext context, SocketKind kind, Optional<String> service) {
        InetDatagrams opening = server(context, kind);
        Optional<SocketAddress> local = opening.local(service);
        SocketKind settled = opening.settled(local);
        PeerFilter filter = PeerRules.of(context, settled.family());
        Fd socket = SocketOpening.of(context, settled).from(local).unconnected();
        try {
            opening.tellPort(local, socket, "_xioopen_dgram_recv(): bound to {}");
            context.log().debug("starting recv loop");
            return opening.endpoint(settled, socket, new Datagrams().where(filter), End.CLOSE);
        } catch (RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
    }

    /** Yields an endpoint for each packet: {@code KEYWORD:port}. */
    public static Listener receiveFrom(
            OpenContext context, SocketKind kind, Optional<String> service) {
        InetDatagrams opening = server(context, kind);
        Optional<SocketAddress> local = opening.local(service);
        SocketKind settled = opening.settled(local);
        PeerFilter filter = PeerRules.of(context, settled.family());
        Fd socket = SocketOpening.of(context, settled).from(local).unconnected();
        opening.tellPort(local, socket, "_xioopen_dgram_recvfrom(): bound to {}");
        context.log().debug("starting recvfrom loop");
        String text =
                local.map(address -> "receiving on " + address.text())
                        .orElse("receiving IP protocol " + settled.protocol());
        PacketListener.Style style =
                new PacketListener.Style(InetAncillary.READER, hasHeaders(settled), true);
        return PacketListener.on(socket, settled, filter, style, text);
    }

    /**
     * Yields a session for each peer: {@code KEYWORD:port}.
     *
     * @param silence after which a session ends; zero is never
     */
    public static Listener listen(
            OpenContext context, SocketKind kind, String service, Duration silence) {
        InetDatagrams opening = server(context, kind);
        Optional<SocketAddress> local = opening.local(Optional.of(service));
        SocketKind settled = opening.settled(local);
        PeerFilter filter = PeerRules.of(context, settled.family());
        Fd socket = SocketOpening.of(context, settled).from(local).unconnected();
        return SessionListener.on(context, socket, settled, filter, silence);
    }

    private static InetDatagrams server(OpenContext context, SocketKind kind) {
        context.apply(Phase.EARLY, OptionTarget.NONE);
        return new InetDatagrams(context, InetAddresses.listening(kind, context).with(context));
    }

    /** Where a server is bound to; nowhere without a port and without the option {@code bind}. */
    private Optional<SocketAddress> local(Optional<String> service) {
        Optional<String> host = context.option(SocketOptions.BIND);
        if (service.isPresent()) {
            return Optional.of(addresses.listening(host, service.get(), kind));
        }
        return host.map(name -> addresses.bind(name, kind).getFirst());
    }

    private SocketKind settled(Optional<SocketAddress> local) {
        if (kind.family() != Linux.AF_UNSPEC) {
            return kind;
        }
        return kind.in(local.map(SocketAddress::family).orElse(Linux.AF_INET));
    }

    private void tellPort(Optional<SocketAddress> local, Fd socket, String message) {
        if (local.isPresent() && InetSource.port(local.get()) == 0 && kind.hasPorts()) {
            context.log().info(message, SocketAddress.local(socket.number()).text());
        }
    }

    private Endpoint client(SocketKind settled, InetSource source, Datagrams datagrams) {
        Fd socket =
                SocketOpening.of(context, settled)
                        .from(source.toward(settled.family()))
                        .fromLowPort(source.lowPort())
                        .unconnected();
        try {
            context.apply(Phase.CONNECTED, OptionTarget.of(socket));
            if (context.log().isInfoEnabled()) {
                context.log()
                        .info(
                                "successfully prepared local socket {}",
                                SocketAddress.local(socket.number()).text());
            }
            return endpoint(settled, socket, datagrams, End.SHUTDOWN);
        } catch (RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
    }

    private Endpoint endpoint(SocketKind settled, Fd socket, Datagrams datagrams, End end) {
        context.apply(Phase.CONNECTED, OptionTarget.of(socket));
        SocketOpening.late(context, socket);
        boolean nullEof = context.flag(SocketOptions.NULL_EOF);
        datagrams.understanding(InetAncillary.READER).nullEof(nullEof);
        DescriptorEndpoint.Builder builder =
                DescriptorEndpoint.over(context, socket)
                        .socket()
                        .packets(nullEof)
                        .end(end)
                        .shutdown(end == End.SHUTDOWN ? Shutdown.DOWN : Shutdown.NONE);
        return hasHeaders(settled)
                ? new IpHeader.Stripping(builder, datagrams, context)
                : DatagramEndpoint.of(builder, datagrams, context);
    }

    private static boolean hasHeaders(SocketKind kind) {
        return kind.type() == Linux.SOCK_RAW && kind.family() == Linux.AF_INET;
    }

    /** Whether an address is the peer's: scopes and flows of IPv6 do not matter. */
    private static boolean same(SocketAddress peer, SocketAddress from, boolean ports) {
        boolean samePort = !ports || InetSource.port(peer) == InetSource.port(from);
        return samePort && Arrays.equals(host(peer), host(from));
    }

    private static byte[] host(SocketAddress address) {
        if (address instanceof SocketAddress.Inet4 inet4) {
            return inet4.address();
        }
        return address instanceof SocketAddress.Inet6 inet6 ? inet6.address() : new byte[0];
    }
}
