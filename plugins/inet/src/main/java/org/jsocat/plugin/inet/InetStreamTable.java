package org.jsocat.plugin.inet;

import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;
import org.jsocat.spi.posix.Linux;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a protocol of connections over IP, for both versions of IP and for each: {@code
 * NAME-CONNECT}, {@code NAME-LISTEN}, {@code NAME4-CONNECT} and so on. The option group of the
 * protocol has its name.
 *
 * @since 1.0
 */
public final class InetStreamTable {
    private static final Parameters PEER = Parameters.of(":<host>:<port>", 2);
    private static final Parameters PORT = Parameters.of(":<port>", 1);
    private static final List<String> BOTH = List.of("IP4", "IP6");

    private final String name;
    private final SocketKind kind;
    private String otherName = "";
    private boolean mayLack;

    private InetStreamTable(String name, SocketKind kind) {
        this.name = name;
        this.kind = kind;
    }

    /**
     * The table of a protocol.
     *
     * @param name of the protocol and of its group, in upper case
     * @param kind in any family
     */
    public static InetStreamTable of(String name, SocketKind kind) {
        return new InetStreamTable(name, kind);
    }

    /** Has the addresses another name, too. */
    public InetStreamTable alsoNamed(String another) {
        otherName = another;
        return this;
    }

    /** Says that there are kernels that do not have it. */
    public InetStreamTable mayLack() {
        mayLack = true;
        return this;
    }

    /** The rows. */
    public List<AddressType> rows() {
        return List.of(
                connect("", Linux.AF_UNSPEC, BOTH),
                listen("", Linux.AF_UNSPEC, BOTH),
                connect("4", Linux.AF_INET, List.of("IP4")),
                listen("4", Linux.AF_INET, List.of("IP4")),
                connect("6", Linux.AF_INET6, List.of("IP6")),
                listen("6", Linux.AF_INET6, List.of("IP6")));
    }

    private AddressType connect(String version, int family, List<String> ipGroups) {
        SocketKind settled = kind.in(family);
        AddressType row =
                row(version + "-CONNECT", settled)
                        .summary("connects to a host and port by " + name)
                        .alias(names(version))
                        .groups(groups(List.of("FD", "SOCKET", "CHILD", "RETRY"), ipGroups));
        return row.opens(PEER, Direction.BOTH, new InetConnect(settled));
    }

    private AddressType listen(String version, int family, List<String> ipGroups) {
        SocketKind settled = kind.in(family);
        List<String> general = List.of("FD", "SOCKET", "LISTEN", "CHILD", "RETRY", "RANGE");
        AddressType row =
                row(version + "-LISTEN", settled)
                        .summary("waits for connections by " + name)
                        .alias(listeningNames(version))
                        .groups(groups(general, ipGroups));
        return row.listens(PORT, Direction.BOTH, context -> InetStreams.listen(context, settled));
    }

    private AddressType row(String rest, SocketKind settled) {
        AddressType row = AddressType.named(name + rest);
        return mayLack ? row.unavailable(settled::lacking) : row;
    }

    private String[] names(String version) {
        return otherName.isEmpty()
                ? new String[] {name + version}
                : new String[] {otherName + version, name + version};
    }

    private String[] listeningNames(String version) {
        return otherName.isEmpty()
                ? new String[] {name + version + "-L"}
                : new String[] {
                    otherName + version + "-L",
                    otherName + version + "-LISTEN",
                    name + version + "-L"
                };
    }

    private String[] groups(List<String> general, List<String> ipGroups) {
        List<String> groups = new ArrayList<>(general);
        groups.addAll(ipGroups);
        groups.add(name);
        return groups.toArray(String[]::new);
    }
}
