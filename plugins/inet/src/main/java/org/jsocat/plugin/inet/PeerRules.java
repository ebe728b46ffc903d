package org.jsocat.plugin.inet;

import org.jsocat.plugin.socket.PeerFilter;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.SocketAddress;
import org.slf4j.Logger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which peers may connect or send: those of a network ({@code range}), with a port ({@code
 * sourceport}, {@code lowport}) and by the rules of TCP wrappers ({@code tcpwrap}).
 *
 * <p>Immutable; any thread. Wrappers read files and may look names up, and block meanwhile.
 *
 * @since 1.0
 */
public final class PeerRules implements PeerFilter {
    private static final int RESERVED_PORTS = 1024;

    /** One reason to refuse a peer. */
    private interface Check {
        Verdict judge(
                OpenContext connection,
                Optional<Fd> socket,
                SocketAddress local,
                SocketAddress peer);
    }

    private record Named(String refusal, String permission, Check check) {}

    private final List<Named> checks;
    private final boolean mayBlock;

    private PeerRules(List<Named> checks, boolean mayBlock) {
        this.checks = checks;
        this.mayBlock = mayBlock;
    }

    /**
     * The filter that the options of an address ask for.
     *
     * @param rangeFamily the family in whose form {@code range} is written; 0 for data
     * @throws org.jsocat.spi.AddressException when the range is wrong
     */
    public static PeerRules of(OpenContext context, int rangeFamily) {
        return of(context, rangeFamily, context.option(PortOptions.SOURCEPORT));
    }

    /**
     * The filter of an address that has a peer: with {@code sourceport}, whatever its value, only
     * the port of that peer is permitted.
     */
    static PeerRules ofPeer(OpenContext context, SocketAddress peer) {
        return of(
                context,
                peer.family(),
                context.option(PortOptions.SOURCEPORT).map(port -> InetSource.port(peer)));
    }

    private static PeerRules of(OpenContext context, int rangeFamily, Optional<Integer> port) {
        List<Named> checks = new ArrayList<>(0);
        Optional<String> range = context.option(RangeOptions.RANGE);
        if (range.isPresent()) {
            AddressRange network = AddressRange.parse(context, range.get(), rangeFamily);
            checks.add(same("range option", only(network::contains)));
        }
        boolean low = context.flag(PortOptions.LOWPORT);
        if (port.isPresent()) {
            int only = port.get();
            checks.add(
                    new Named(
                            "wrong sourceport",
                            "sourceport option",
                            only(peer -> port(peer, only) == only)));
        } else if (low) {
            checks.add(same("lowport option", only(peer -> port(peer, 0) < RESERVED_PORTS)));
        }
        Optional<HostsAccess> wrappers = HostsAccess.of(context);
        wrappers.ifPresent(access -> checks.add(same("tcpwrapper option", access::judge)));
        return new PeerRules(List.copyOf(checks), wrappers.isPresent());
    }

    private static Check only(Predicate<SocketAddress> permitted) {
        return (_, _, _, peer) -> permitted.test(peer) ? Verdict.PERMITTED : Verdict.REFUSED;
    }

    private static Named same(String reason, Check check) {
        return new Named(reason, reason, check);
    }

    /** Wrappers look names up and read files. */
    @Override
    public boolean mayBlock() {
        return mayBlock;
    }

    @Override
    public boolean permits(OpenContext connection, SocketAddress local, SocketAddress peer) {
        return judge(connection, Optional.empty(), local, peer) == Verdict.PERMITTED;
    }

    @Override
    public Verdict judge(
            OpenContext connection, Optional<Fd> socket, SocketAddress local, SocketAddress peer) {
        for (Named named : checks) {
            Logger log = connection.log();
            Verdict verdict = named.check().judge(connection, socket, local, peer);
            if (verdict == Verdict.REFUSED) {
                log.warn("refusing connection from {} due to {}", peer.text(), named.refusal());
            }
            if (verdict != Verdict.PERMITTED) {
                return verdict;
            }
            if (log.isDebugEnabled()) {
                log.debug(
                        "permitting connection from {} due to {}", peer.text(), named.permission());
            }
        }
        return Verdict.PERMITTED;
    }

    /** The port of a peer; one without ports is not refused for them. */
    private static int port(SocketAddress address, int without) {
        return switch (address) {
            case SocketAddress.Inet4 inet4 -> inet4.port();
            case SocketAddress.Inet6 inet6 -> inet6.port();
            default -> without;
        };
    }
}
