package org.jsocat.plugin.unix;

import org.jsocat.plugin.socket.AncillaryReader;
import org.jsocat.plugin.socket.DatagramEndpoint;
import org.jsocat.plugin.socket.Datagrams;
import org.jsocat.plugin.socket.PacketListener;
import org.jsocat.plugin.socket.PeerFilter;
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

import java.util.Arrays;

/** Sockets of the UNIX domain that send and receive datagrams. */
final class UnixDatagrams {
    private static final SocketKind DATAGRAMS = new SocketKind(Linux.AF_UNIX, Linux.SOCK_DGRAM, 0);

    private UnixDatagrams() {}

    /** Opens {@code UNIX-SENDTO:name} or {@code ABSTRACT-SENDTO:name}. */
    static Endpoint sendTo(OpenContext context, UnixNames names) {
        context.apply(Phase.EARLY, OptionTarget.NONE);
        SocketAddress.Unix peer = names.peer(context, context.parameters().getFirst());
        UnixSource source = UnixSource.of(context, names);
        try {
            Endpoint endpoint = sendTo(context, DATAGRAMS.with(context), source, peer);
            source.unlinkAfterClosing();
            return endpoint;
        } catch (RuntimeException | Error failure) {
            source.unbind();
            throw failure;
        }
    }

    /** A socket that talks to a peer, which may come and go, and hears only that one. */
    static Endpoint sendTo(
            OpenContext context, SocketKind kind, UnixSource source, SocketAddress.Unix peer) {
        Fd socket = SocketOpening.of(context, kind).bound(source::bind).unconnected();
        byte[] name = kernelName(peer);
        Datagrams datagrams =
                new Datagrams()
                        .to(peer)
                        .from(
                                from ->
                                        from instanceof SocketAddress.Unix unix
                                                && Arrays.equals(unix.path(), name));
        Endpoint endpoint = endpoint(context, socket, datagrams, End.SHUTDOWN);
        if (context.log().isInfoEnabled()) {
            context.log()
                    .info(
                            "successfully prepared local socket {}",
                            SocketAddress.local(endpoint.writeDescriptor()).text());
        }
        return endpoint;
    }

    /** Opens {@code UNIX-RECV:name} or {@code ABSTRACT-RECV:name}. */
    static Endpoint receive(OpenContext context, UnixNames names) {
        SocketKind kind = DATAGRAMS.with(context);
        Fd socket = bound(context, kind, names);
        context.log().debug("starting recv loop");
        return endpoint(context, socket, new Datagrams(), End.CLOSE);
    }

    /** Opens {@code UNIX-RECVFROM:name} or {@code ABSTRACT-RECVFROM:name}. */
    static Listener receiveFrom(OpenContext context, UnixNames names) {
        SocketKind kind = DATAGRAMS.with(context);
        Fd socket = bound(context, kind, names);
        context.log().debug("starting recvfrom loop");
        String text = "receiving on " + SocketAddress.local(socket.number()).text();
        PacketListener.Style style = new PacketListener.Style(AncillaryReader.SOCKET, false, true);
        return PacketListener.on(socket, kind, PeerFilter.ALL, style, text);
    }

    private static Fd bound(OpenContext context, SocketKind kind, UnixNames names) {
        String name = context.parameters().getFirst();
        BoundName own = BoundName.prepare(context, names, name);
        SocketAddress address = names.own(context, name);
        Fd socket = kind.open(context);
        try {
            OptionTarget target = OptionTarget.of(socket);
            context.apply(Phase.PREBIND, target);
            context.apply(Phase.BIND, target);
            SocketOpening.bind(socket, address);
            own.bound(socket);
            context.apply(Phase.PASTBIND, target);
            return socket;
        } catch (RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
    }

    /** Owns the socket from the beginning. */
    private static Endpoint endpoint(OpenContext context, Fd socket, Datagrams datagrams, End end) {
        try {
            OptionTarget target = OptionTarget.of(socket);
            context.apply(Phase.FD, target);
            context.apply(Phase.CONNECTED, target);
            SocketOpening.late(context, socket);
            boolean nullEof = context.flag(SocketOptions.NULL_EOF);
            DescriptorEndpoint.Builder builder =
                    DescriptorEndpoint.over(context, socket)
                            .socket()
                            .packets(nullEof)
                            .end(end)
                            .shutdown(end == End.SHUTDOWN ? Shutdown.DOWN : Shutdown.NONE);
            return DatagramEndpoint.of(builder, datagrams.nullEof(nullEof), context);
        } catch (RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
    }

    /** The name as the kernel tells it: an abstract one has all bytes that were given. */
    private static byte[] kernelName(SocketAddress.Unix address) {
        return address.isAbstract() && !address.tight()
                ? Arrays.copyOf(address.path(), SocketAddress.Unix.PATH_BYTES)
                : address.path();
    }
}
