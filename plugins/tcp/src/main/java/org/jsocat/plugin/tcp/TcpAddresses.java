package org.jsocat.plugin.tcp;

import org.jsocat.plugin.inet.InetConnect;
import org.jsocat.plugin.inet.InetStreams;
import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;
import org.jsocat.spi.posix.Linux;

import java.util.List;

/** The addresses TCP-CONNECT and TCP-LISTEN, for both versions of IP and for each. */
public final class TcpAddresses implements AddressProvider {
    private static final SocketKind TCP =
            new SocketKind(Linux.AF_UNSPEC, Linux.SOCK_STREAM, Linux.IPPROTO_TCP);
    private static final Parameters PEER = Parameters.of(":<host>:<port>", 2);
    private static final Parameters PORT = Parameters.of(":<port>", 1);

    /** For {@link java.util.ServiceLoader}. */
    public TcpAddresses() {}

    @Override
    public List<String> features() {
        return List.of("IP4", "IP6", "TCP", "LISTEN", "LIBWRAP");
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
        SocketKind kind = TCP.in(family);
        return AddressType.named("TCP" + version + "-CONNECT")
                .summary("connects to a host and port by TCP")
                .alias("INET" + version, "TCP" + version)
                .groups(groups(List.of("FD", "SOCKET", "CHILD", "RETRY"), ipGroups))
                .opens(PEER, Direction.BOTH, new InetConnect(kind));
    }

    private static AddressType listen(String version, int family, String... ipGroups) {
        SocketKind kind = TCP.in(family);
        return AddressType.named("TCP" + version + "-LISTEN")
                .summary("waits for connections by TCP")
                .alias(
                        "INET" + version + "-L",
                        "INET" + version + "-LISTEN",
                        "TCP" + version + "-L")
                .groups(
                        groups(
                                List.of("FD", "SOCKET", "LISTEN", "CHILD", "RETRY", "RANGE"),
                                ipGroups))
                .listens(PORT, Direction.BOTH, context -> InetStreams.listen(context, kind));
    }

    private static String[] groups(List<String> general, String... ipGroups) {
        List<String> groups = new java.util.ArrayList<>(general);
        groups.addAll(List.of(ipGroups));
        groups.add("TCP");
        return groups.toArray(String[]::new);
    }
}
