package org.jsocat.plugin.generic;

import org.jsocat.plugin.inet.InetAncillary;
import org.jsocat.plugin.inet.PeerRules;
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
import org.jsocat.spi.posix.SocketAddress;

import java.util.Arrays;
import java.util.Optional;

/**
 * Datagrams of any family: domain, type and protocol are numbers, the address is data behind the
 * family.
 */
final class GenericDatagrams {
    private static final int ANY_FORM = 0;
    private static final int ADDRESS = 3;

    private final OpenContext context;
    private final SocketKind kind;
    private final SocketAddress address;

    private GenericDatagrams(OpenContext context) {
        this.context = context;
        kind = GenericSocket.packetKind(context);
        address = GenericSocket.address(kind, context.parameters().get(ADDRESS));
    }

    /** Opens {@code SOCKET-SENDTO:domain:type:protocol:remote-address}. */
    static Endpoint sendTo(OpenContext context) {
        GenericDatagrams opening = new GenericDatagrams(context);
        return opening.client(new Datagrams().to(opening.address).from(opening::isPeer));
    }

    /** Opens {@code SOCKET-DATAGRAM:domain:type:protocol:remote-address}. */
    static Endpoint datagram(OpenContext context) {
        GenericDatagrams opening = new GenericDatagrams(context);
        return opening.client(opening.hearing().to(opening.address));
    }

    /** Opens {@code SOCKET-RECV:domain:type:protocol:local-address}. */
    static Endpoint receive(OpenContext context) {
        GenericDatagrams opening = new GenericDatagrams(context);
        Datagrams datagrams = opening.hearing();
        Fd socket = opening.socket(Optional.of(opening.address));
        context.log().debug("starting recv loop");
        return opening.endpoint(socket, datagrams, End.CLOSE);
    }

    /** Opens {@code SOCKET-RECVFROM:domain:type:protocol:local-address}. */
    static Listener receiveFrom(OpenContext context) {
        GenericDatagrams opening = new GenericDatagrams(context);
        PeerFilter filter = PeerRules.of(context, ANY_FORM);
        Fd socket = opening.socket(Optional.of(opening.address));
        return PacketListener.on(
                socket,
                opening.kind,
                filter,
                new PacketListener.Style(InetAncillary.READER, false, false),
                "receiving on " + opening.address.text());
    }

    private Datagrams hearing() {
        return new Datagrams().where(PeerRules.of(context, ANY_FORM));
    }

    /** The bytes tell, as far as the data that the user gave goes. */
    private boolean isPeer(SocketAddress from) {
        byte[] wanted = address.bytes();
        byte[] found = from.bytes();
        int length = Math.max(wanted.length, found.length);
        return Arrays.equals(Arrays.copyOf(wanted, length), Arrays.copyOf(found, length));
    }

    private Endpoint client(Datagrams datagrams) {
        Optional<SocketAddress> local =
                context.option(SocketOptions.BIND).map(data -> GenericSocket.address(kind, data));
        Fd socket = socket(local);
        if (context.log().isInfoEnabled()) {
            context.log()
                    .info(
                            "successfully prepared local socket {}",
                            SocketAddress.local(socket.number()).text());
        }
        return endpoint(socket, datagrams, End.SHUTDOWN);
    }

    private Fd socket(Optional<SocketAddress> local) {
        context.apply(Phase.EARLY, OptionTarget.NONE);
        return SocketOpening.of(context, kind).from(local).unconnected();
    }

    private Endpoint endpoint(Fd socket, Datagrams datagrams, End end) {
        try {
            context.apply(Phase.CONNECTED, OptionTarget.of(socket));
            SocketOpening.late(context, socket);
            boolean nullEof = context.flag(SocketOptions.NULL_EOF);
            DescriptorEndpoint.Builder builder =
                    DescriptorEndpoint.over(context, socket)
                            .socket()
                            .packets(nullEof)
                            .end(end)
                            .shutdown(end == End.SHUTDOWN ? Shutdown.DOWN : Shutdown.NONE);
            return DatagramEndpoint.of(
                    builder,
                    datagrams.understanding(InetAncillary.READER).nullEof(nullEof),
                    context);
        } catch (RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
    }
}
