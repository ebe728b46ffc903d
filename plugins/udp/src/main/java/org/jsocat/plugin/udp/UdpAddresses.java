package org.jsocat.plugin.udp;

import org.jsocat.plugin.inet.InetDatagrams;
import org.jsocat.plugin.inet.InetStreams;
import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Linux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The addresses of UDP and UDP-Lite, for both versions of IP and for each. */
public final class UdpAddresses implements AddressProvider {
    private static final Parameters PEER = Parameters.of(":<host>:<port>", 2);
    private static final Parameters PORT = Parameters.of(":<port>", 1);

    /** For {@link java.util.ServiceLoader}. */
    public UdpAddresses() {}

    @Override
    public List<String> features() {
        return List.of("IP4", "IP6", "UDP", "UDPLITE", "LISTEN", "LIBWRAP");
    }

    @Override
    public List<AddressType> addressTypes() {
        List<AddressType> types = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            for (Version version : Version.values()) {
                new Family(protocol, version).addTo(types);
            }
        }
        return types;
    }

    /** A protocol of datagrams with ports. */
    private enum Protocol {
        UDP(Linux.IPPROTO_UDP, "UDP"),
        UDPLITE(Linux.IPPROTO_UDPLITE, "UDP", "UDPLITE");

        private final int number;
        private final List<String> groups;

        Protocol(int number, String... groups) {
            this.number = number;
            this.groups = List.of(groups);
        }
    }

    /** A version of IP, or either. */
    private enum Version {
        ANY("", Linux.AF_UNSPEC, "IP4", "IP6"),
        IP4("4", Linux.AF_INET, "IP4"),
        IP6("6", Linux.AF_INET6, "IP6");

        private final String text;
        private final int family;
        private final List<String> groups;

        Version(String text, int family, String... groups) {
            this.text = text;
            this.family = family;
            this.groups = List.of(groups);
        }
    }

    /** The addresses of one protocol over one version. */
    private record Family(Protocol protocol, Version version) {
        void addTo(List<AddressType> types) {
            SocketKind kind = new SocketKind(version.family, Linux.SOCK_DGRAM, protocol.number);
            String name = protocol.name() + version.text;
            types.add(
                    AddressType.named(name + "-CONNECT")
                            .summary("sends datagrams to a peer and receives its only")
                            .alias(name)
                            .groups(groups())
                            .opens(PEER, Direction.BOTH, at -> InetStreams.connect(at, kind)));
            types.add(
                    AddressType.named(name + "-LISTEN")
                            .summary(
                                    "waits for a first datagram and then talks with its sender"
                                            + " only")
                            .alias(name + "-L")
                            .groups(groups("LISTEN", "CHILD", "RANGE"))
                            .listens(PORT, Direction.BOTH, at -> listen(at, kind)));
            types.add(
                    AddressType.named(name + "-SENDTO")
                            .summary(
                                    "sends datagrams to a peer and receives what comes from its"
                                            + " address")
                            .alias(name + "-SEND")
                            .groups(groups())
                            .opens(
                                    PEER,
                                    Direction.BOTH,
                                    at -> InetDatagrams.sendTo(at, kind, host(at), port(at))));
            types.add(
                    AddressType.named(name + "-DATAGRAM")
                            .summary(
                                    "sends datagrams to an address, also of many hosts, and"
                                            + " receives from any")
                            .alias(name + "-DGRAM")
                            .groups(groups("RANGE"))
                            .opens(
                                    PEER,
                                    Direction.BOTH,
                                    at -> InetDatagrams.datagram(at, kind, host(at), port(at))));
            types.add(
                    AddressType.named(name + "-RECVFROM")
                            .summary("receives one datagram and answers its sender")
                            .groups(groups("CHILD", "RANGE"))
                            .listens(
                                    PORT,
                                    Direction.BOTH,
                                    at -> InetDatagrams.receiveFrom(at, kind, port(at))));
            types.add(
                    AddressType.named(name + "-RECV")
                            .summary("receives datagrams from any sender")
                            .groups(groups("RANGE"))
                            .opens(
                                    PORT,
                                    Direction.READ,
                                    at -> InetDatagrams.receive(at, kind, port(at))));
        }

        private String[] groups(String... special) {
            List<String> groups = new ArrayList<>(List.of("FD", "SOCKET"));
            groups.addAll(List.of(special));
            groups.addAll(version.groups);
            groups.addAll(protocol.groups);
            return groups.toArray(String[]::new);
        }

        private static Listener listen(OpenContext context, SocketKind kind) {
            Duration silence = context.option(UdpOptions.SESSION_TIMEOUT).orElse(Duration.ZERO);
            return InetDatagrams.listen(context, kind, context.parameters().getFirst(), silence);
        }

        private static String host(OpenContext context) {
            return context.parameters().getFirst();
        }

        private static Optional<String> port(OpenContext context) {
            return Optional.of(context.parameters().getLast());
        }
    }
}
