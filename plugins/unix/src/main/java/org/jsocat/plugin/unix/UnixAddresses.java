package org.jsocat.plugin.unix;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;

import java.util.ArrayList;
import java.util.List;

/** The addresses of the UNIX domain: each for entries of the file system and for abstract names. */
public final class UnixAddresses implements AddressProvider {
    private static final Parameters NAME = Parameters.text(":<filename>");

    /** For {@link java.util.ServiceLoader}. */
    public UnixAddresses() {}

    @Override
    public List<String> features() {
        return List.of("UNIX", "ABSTRACT_UNIXSOCKET");
    }

    @Override
    public List<AddressType> addressTypes() {
        List<AddressType> types = new ArrayList<>();
        add(types, "UNIX", UnixNames.PATHS);
        add(types, "ABSTRACT", UnixNames.ABSTRACT);
        return types;
    }

    private static void add(List<AddressType> types, String family, UnixNames names) {
        boolean path = names == UnixNames.PATHS;
        types.add(
                row(family + "-CLIENT", names, family)
                        .summary("connects or sends to a socket of any type")
                        .opens(NAME, Direction.BOTH, context -> UnixClient.open(context, names)));
        types.add(
                row(family + "-CONNECT", names, path ? "LOCAL" : "")
                        .summary("connects to a socket")
                        .opens(NAME, Direction.BOTH, new UnixConnect(names)));
        types.add(
                row(family + "-LISTEN", names, path ? "UNIX-L" : "", "LISTEN", "CHILD")
                        .summary("waits for connections")
                        .listens(
                                NAME,
                                Direction.BOTH,
                                context -> UnixListener.listen(context, names)));
        types.add(
                row(family + "-RECV", names, "")
                        .summary("receives datagrams of all peers")
                        .opens(
                                NAME,
                                Direction.READ,
                                context -> UnixDatagrams.receive(context, names)));
        types.add(
                row(family + "-RECVFROM", names, "", "CHILD")
                        .summary("receives a datagram and answers its sender")
                        .listens(
                                NAME,
                                Direction.BOTH,
                                context -> UnixDatagrams.receiveFrom(context, names)));
        types.add(
                row(family + "-SENDTO", names, path ? "UNIX-SEND" : "")
                        .summary("sends datagrams to a socket, and hears its answers")
                        .opens(
                                NAME,
                                Direction.BOTH,
                                context -> UnixDatagrams.sendTo(context, names)));
    }

    /** A row with its groups in the order in which help lists them. */
    private static AddressType row(String name, UnixNames names, String alias, String... further) {
        List<String> groups = new ArrayList<>(List.of("FD", "SOCKET"));
        if (names == UnixNames.PATHS) {
            groups.add("NAMED");
        }
        groups.addAll(List.of(further));
        groups.addAll(List.of("RETRY", "UNIX"));
        AddressType type = AddressType.named(name).groups(groups.toArray(String[]::new));
        return alias.isEmpty() ? type : type.alias(alias);
    }
}
