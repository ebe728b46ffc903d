package org.jsocat.plugin.socket;

import org.jsocat.spi.Arrival;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.DescriptorEndpoint.End;
import org.jsocat.spi.DescriptorEndpoint.Shutdown;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Fact;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.SocketEnds;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.SocketAddress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Yields an endpoint for each packet that arrives: it reads that packet and no other, and answers
 * its sender.
 *
 * <p>Where relays are forked, they share the socket: each holds its packet in memory and needs no
 * descriptor. The only relay of a program owns the socket.
 *
 * @since 1.0
 */
public final class PacketListener extends DatagramListener {
    private final SharedSocket shared;
    private final SocketKind kind;
    private final PeerFilter filter;
    private final Style style;
    private final String text;

    /**
     * What differs between families.
     *
     * @param ancillary what understands ancillary data
     * @param headers whether the header of IPv4 comes with each packet and is not wanted
     * @param once whether the endpoint of an unforked relay ends behind its first packet too
     */
    public record Style(AncillaryReader ancillary, boolean headers, boolean once) {}

    private PacketListener(
            Fd socket, SocketKind kind, PeerFilter filter, Style style, String text) {
        super(socket);
        this.kind = kind;
        this.filter = filter;
        this.style = style;
        this.text = text;
        shared = new SharedSocket(socket);
    }

    /**
     * Waits for packets on a socket that is bound, which the listener owns from then on.
     *
     * @param kind the kind of socket it is
     * @param filter whose packets are taken
     * @param text what the log says before each wait
     */
    public static PacketListener on(
            Fd socket, SocketKind kind, PeerFilter filter, Style style, String text) {
        return new PacketListener(socket, kind, filter, style, text);
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public List<Fact> facts() {
        return List.of(SocketEnds.local(SocketAddress.local(socket().number()), kind.hasPorts()));
    }

    @Override
    public Optional<Arrival> next() {
        return receive(socket().number(), 0).map(Answering::new);
    }

    private final class Answering implements Arrival {
        private final Packet packet;

        Answering(Packet packet) {
            this.packet = packet;
        }

        @Override
        public Optional<Endpoint> open(OpenContext connection) {
            SocketAddress from = packet.from();
            connection.log().info("receiving packet from {}", from.text());
            List<Fact> facts = new ArrayList<>();
            SocketAncillary.tell(
                    packet.controls(), style.ancillary(), connection.log(), facts::add);
            if (!filter.permits(connection, SocketAddress.local(socket().number()), from)) {
                return Optional.empty();
            }
            connection.log().debug("permitting packet from {}", from.text());
            facts.add(SocketEnds.peer(from, kind.hasPorts()));
            OptionTarget target = OptionTarget.of(socket());
            connection.apply(Phase.FD, target);
            connection.apply(Phase.CONNECTED, target);
            SocketOpening.late(connection, socket());
            boolean nullEof = connection.flag(SocketOptions.NULL_EOF);
            return Optional.of(
                    connection.forked()
                            ? new AnsweringEndpoint(connection, shared.use(), packet(), facts)
                            : alone(connection, nullEof, facts));
        }

        private Packet packet() {
            return style.headers() ? IpHeader.strip(packet) : packet;
        }

        private Endpoint alone(OpenContext connection, boolean nullEof, List<Fact> facts) {
            Datagrams datagrams =
                    new Datagrams()
                            .to(packet.from())
                            .understanding(style.ancillary())
                            .beginningWith(packet())
                            .nullEof(nullEof);
            if (style.once()) {
                datagrams.once().from(packet.from()::equals);
            }
            handOver();
            DescriptorEndpoint.Builder builder =
                    DescriptorEndpoint.over(connection, socket())
                            .socket()
                            .packets(nullEof)
                            .end(End.CLOSE)
                            .shutdown(Shutdown.NONE);
            facts.forEach(builder::knowing);
            return style.headers()
                    ? new IpHeader.Stripping(builder, datagrams, connection)
                    : DatagramEndpoint.of(builder, datagrams, connection);
        }

        @Override
        public boolean opensAtOnce() {
            return !filter.mayBlock();
        }

        @Override
        public int descriptor() {
            return Endpoint.NONE;
        }

        @Override
        public void close() {}
    }

    @Override
    public void close() {
        if (!isHandedOver()) {
            shared.close();
        }
    }
}
