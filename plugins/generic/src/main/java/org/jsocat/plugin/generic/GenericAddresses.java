package org.jsocat.plugin.generic;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;

import java.util.List;

/** The addresses SOCKET-CONNECT, SOCKET-LISTEN and ACCEPT-FD. */
public final class GenericAddresses implements AddressProvider {
    private static final Parameters REMOTE =
            Parameters.of(":<domain>:<type>:<protocol>:<remote-address>", 4);
    private static final Parameters LOCAL =
            Parameters.of(":<domain>:<type>:<protocol>:<local-address>", 4);

    /** For {@link java.util.ServiceLoader}. */
    public GenericAddresses() {}

    @Override
    public List<String> features() {
        return List.of("GENERICSOCKET", "IP4", "IP6", "LISTEN", "LIBWRAP");
    }

    @Override
    public List<AddressType> addressTypes() {
        return List.of(
                AddressType.named("SOCKET-CONNECT")
                        .summary("connects a socket of any family; the address is given as bytes")
                        .groups("FD", "SOCKET", "CHILD", "RETRY")
                        .opens(
                                Parameters.of(":<domain>:<protocol>:<remote-address>", 3),
                                Direction.BOTH,
                                GenericSocket::connect),
                AddressType.named("SOCKET-LISTEN")
                        .summary("waits for connections on a socket of any family")
                        .groups("FD", "SOCKET", "LISTEN", "CHILD", "RETRY", "RANGE")
                        .listens(
                                Parameters.of(":<domain>:<protocol>:<local-address>", 3),
                                Direction.BOTH,
                                GenericSocket::listen),
                AddressType.named("SOCKET-SENDTO")
                        .summary(
                                "sends datagrams to a peer and receives what comes from its"
                                        + " address")
                        .alias("SENDTO")
                        .groups("FD", "SOCKET")
                        .opens(REMOTE, Direction.BOTH, GenericDatagrams::sendTo),
                AddressType.named("SOCKET-DATAGRAM")
                        .summary(
                                "sends datagrams to an address, also of many hosts, and receives"
                                        + " from any")
                        .alias("DATAGRAM", "DGRAM")
                        .groups("FD", "SOCKET", "RANGE")
                        .opens(REMOTE, Direction.BOTH, GenericDatagrams::datagram),
                AddressType.named("SOCKET-RECVFROM")
                        .summary("receives one datagram and answers its sender")
                        .groups("FD", "SOCKET", "CHILD", "RANGE")
                        .listens(LOCAL, Direction.BOTH, GenericDatagrams::receiveFrom),
                AddressType.named("SOCKET-RECV")
                        .summary("receives datagrams from any sender")
                        .groups("FD", "SOCKET", "RANGE")
                        .opens(LOCAL, Direction.READ, GenericDatagrams::receive),
                AddressType.named("ACCEPT-FD")
                        .summary(
                                "waits for connections on a listening socket that the program"
                                        + " inherited")
                        .alias("ACCEPT")
                        .groups(
                                "FD", "SOCKET", "CHILD", "RETRY", "RANGE", "UNIX", "IP4", "IP6",
                                "UDP", "TCP", "SCTP", "DCCP", "UDPLITE")
                        .listens(
                                Parameters.of(":<fdnum>", 1),
                                Direction.BOTH,
                                InheritedListener::open));
    }
}
