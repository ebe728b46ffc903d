package org.jsocat.plugin.sctp;

import org.jsocat.plugin.inet.InetStreams;
import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;
import org.jsocat.spi.posix.Linux;

import java.util.ArrayList;
import java.util.List;

/** The addresses SCTP-CONNECT and SCTP-LISTEN, for both versions of IP and for each. */
public final class SctpAddresses implements AddressProvider {
    private static final Parameters PEER = Parameters.of(":<host>:<port>", 2);
    private static final Parameters PORT = Parameters.of(":<port>", 1);

    /** For {@link java.util.ServiceLoader}. */
    public SctpAddresses() {}

    @Override
    public List<String> features() {
        return List.of("SCTP");
    }

    @Override
    public List<AddressType> addressTypes() {
        return List.of(
                connect("", Linux.AF_UNSPEC, "IP4", "IP6"),
                listen("", Linux.AF_UNSPEC, "IP4", "IP6"),
                connect("4", Linux.AF_INET, "IP4"),
                listen("4", Linux.AF_INET, "IP4"),
                connect("6", Linux.AF_INET6, "IP6"),
                listen("6", Linux.AF_INET6, "IP6"));
    }

    private static AddressType connect(String version, int family, String... ipGroups) {
        SocketKind kind = kind(family);
        return AddressType.named("SCTP" + version + "-CONNECT")
                .summary("connects to a host and port by SCTP")
                .alias("SCTP" + version)
                .groups(groups(List.of("FD", "SOCKET", "CHILD", "RETRY"), ipGroups))
                .unavailable(kind::lacking)
                .opens(PEER, Direction.BOTH, context -> InetStreams.connect(context, kind));
    }

    private static AddressType listen(String version, int family, String... ipGroups) {
        SocketKind kind = kind(family);
        return AddressType.named("SCTP" + version + "-LISTEN")
                .summary("waits for connections by SCTP")
                .alias("SCTP" + version + "-L")
                .groups(
                        groups(
                                List.of("FD", "SOCKET", "LISTEN", "CHILD", "RETRY", "RANGE"),
                                ipGroups))
                .unavailable(kind::lacking)
                .listens(PORT, Direction.BOTH, context -> InetStreams.listen(context, kind));
    }

    private static SocketKind kind(int family) {
        return new SocketKind(family, Linux.SOCK_STREAM, Linux.IPPROTO_SCTP);
    }

    private static String[] groups(List<String> general, String... ipGroups) {
        List<String> groups = new ArrayList<>(general);
        groups.addAll(List.of(ipGroups));
        groups.add("SCTP");
        return groups.toArray(String[]::new);
    }
}
