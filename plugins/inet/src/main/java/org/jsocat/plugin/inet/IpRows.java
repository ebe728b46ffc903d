package org.jsocat.plugin.inet;

import static org.jsocat.spi.posix.Linux.SOL_IP;
import static org.jsocat.spi.posix.Linux.SOL_IPV6;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.jsocat.spi.SocketOption;
import org.jsocat.spi.posix.Linux;

import java.util.ArrayList;
import java.util.List;

/** The rows of the groups IP4 and IP6; most of IPv4's act on sockets of IPv6 too. */
final class IpRows {
    private static final List<Option<?>> IP =
            List.of(
                    Option.of(
                                    "ip-add-membership",
                                    Membership.MREQN,
                                    Phase.PASTSOCKET,
                                    Membership::join)
                            .usually("membership")
                            .alias("add-membership", "ip-membership"),
                    Option.of(
                                    "ip-add-source-membership",
                                    Membership.MREQ_SOURCE,
                                    Phase.PASTSOCKET,
                                    Membership::joinSource)
                            .usually("source-membership")
                            .alias("add-source-membership"),
                    ip("freebind", Linux.IP_FREEBIND).alias("ipfreebind"),
                    ip("hdrincl", Linux.IP_HDRINCL).alias("iphdrincl"),
                    ip("mtu", Linux.IP_MTU).alias("ipmtu"),
                    ip("mtu-discover", Linux.IP_MTU_DISCOVER)
                            .usually("mtudiscover")
                            .alias("ipmtudiscover"),
                    SocketOption.row(
                                    "ip-multicast-if",
                                    InetTypes.IP4NAME,
                                    Phase.PASTSOCKET,
                                    SOL_IP,
                                    Linux.IP_MULTICAST_IF)
                            .usually("multicast-if"),
                    SocketOption.row(
                                    "ip-multicast-loop",
                                    OptionTypes.BYTE,
                                    Phase.PASTSOCKET,
                                    SOL_IP,
                                    Linux.IP_MULTICAST_LOOP)
                            .usually("mcloop")
                            .alias("ipmulticastloop", "multicast-loop", "multicastloop"),
                    SocketOption.row(
                                    "ip-multicast-ttl",
                                    OptionTypes.BYTE,
                                    Phase.PASTSOCKET,
                                    SOL_IP,
                                    Linux.IP_MULTICAST_TTL)
                            .usually("multicastttl")
                            .alias("ipmulticastttl", "multicast-ttl"),
                    Option.of(
                                    "ip-options",
                                    OptionTypes.BIN,
                                    Phase.PASTSOCKET,
                                    IpActions::appendIpOptions)
                            .usually("ipoptions"),
                    ip("pktinfo", Linux.IP_PKTINFO).alias("ippktinfo"),
                    ip("pktoptions", Linux.IP_PKTOPTIONS)
                            .usually("pktopts")
                            .alias("ippktoptions", "pktoptions"),
                    ip("recverr", Linux.IP_RECVERR).alias("iprecverr"),
                    ip("recvopts", Linux.IP_RECVOPTS).alias("iprecvopts"),
                    ip("recvtos", Linux.IP_RECVTOS).alias("iprecvtos"),
                    ip("recvttl", Linux.IP_RECVTTL).alias("iprecvttl"),
                    ip("retopts", Linux.IP_RETOPTS).alias("ipretopts"),
                    ip("router-alert", Linux.IP_ROUTER_ALERT)
                            .usually("routeralert")
                            .alias("iprouteralert"),
                    ip("tos", Linux.IP_TOS).alias("iptos"),
                    SocketOption.row(
                                    "ip-transparent",
                                    OptionTypes.BOOL,
                                    Phase.PREBIND,
                                    SOL_IP,
                                    Linux.IP_TRANSPARENT)
                            .usually("transparent"),
                    ip("ttl", Linux.IP_TTL).alias("ipttl"),
                    ip6("mtu-discover", Linux.IPV6_MTU_DISCOVER).usually("mtudiscover6"));

    private static final List<Option<?>> IP6_ONLY =
            List.of(
                    ip6("authhdr", Linux.IPV6_AUTHHDR).usually("authhdr"),
                    ip6("dstopts", Linux.IPV6_DSTOPTS).usually("dstopts"),
                    ip6("hoplimit", Linux.IPV6_HOPLIMIT).usually("hoplimit"),
                    ip6("hopopts", Linux.IPV6_HOPOPTS).usually("hopopts"),
                    Option.of(
                                    "ipv6-join-group",
                                    Membership.MREQN,
                                    Phase.PASTSOCKET,
                                    Membership::join6)
                            .usually("join-group")
                            .alias("ipv6-add-membership"),
                    Option.of(
                                    "ipv6-join-source-group",
                                    Membership.GROUP_SOURCE,
                                    Phase.PASTSOCKET,
                                    Membership::joinSource6)
                            .usually("join-source-group")
                            .alias("ipv6-add-source-membership"),
                    ip6("multicast-loop", Linux.IPV6_MULTICAST_LOOP)
                            .usually("mcloop6")
                            .alias("ipv6-mcloop"),
                    ip6("pktinfo", Linux.IPV6_PKTINFO),
                    ip6("recvdstopts", Linux.IPV6_RECVDSTOPTS).usually("recvdstopts"),
                    ip6("recverr", Linux.IPV6_RECVERR),
                    ip6("recvhoplimit", Linux.IPV6_RECVHOPLIMIT).usually("recvhoplimit"),
                    ip6("recvhopopts", Linux.IPV6_RECVHOPOPTS).usually("recvhopopts"),
                    ip6("recvpathmtu", Linux.IPV6_RECVPATHMTU),
                    ip6("recvpktinfo", Linux.IPV6_RECVPKTINFO).usually("recvpktinfo"),
                    ip6("recvrthdr", Linux.IPV6_RECVRTHDR).usually("recvrthdr"),
                    ip6("recvtclass", Linux.IPV6_RECVTCLASS),
                    ip6("rthdr", Linux.IPV6_RTHDR).usually("rthdr"),
                    ip6("tclass", Linux.IPV6_TCLASS),
                    ip6("unicast-hops", Linux.IPV6_UNICAST_HOPS).usually("unicast-hops"),
                    SocketOption.row(
                                    "ipv6-v6only",
                                    OptionTypes.INT,
                                    Phase.PREBIND,
                                    SOL_IPV6,
                                    Linux.IPV6_V6ONLY)
                            .usually("ipv6only")
                            .alias("v6only"));

    private IpRows() {}

    /** The rows of the group IP4. */
    static List<Option<?>> ip4() {
        List<Option<?>> rows = new ArrayList<>(ResolverOptions.ROWS);
        rows.addAll(IP);
        return rows;
    }

    /** The rows of the group IP6. */
    static List<Option<?>> ip6() {
        List<Option<?>> rows = ip4();
        rows.addAll(IP6_ONLY);
        return rows;
    }

    /** A number at the level of IP, named {@code ip-NAME} and usually just by its name. */
    private static Option<Integer> ip(String name, int option) {
        return SocketOption.row("ip-" + name, OptionTypes.INT, Phase.PASTSOCKET, SOL_IP, option)
                .usually(name);
    }

    private static Option<Integer> ip6(String name, int option) {
        return SocketOption.row(
                "ipv6-" + name, OptionTypes.INT, Phase.PASTSOCKET, SOL_IPV6, option);
    }
}
