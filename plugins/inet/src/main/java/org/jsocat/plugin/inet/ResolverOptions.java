package org.jsocat.plugin.inet;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.NameService;
import org.jsocat.spi.posix.SocketAddress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of the groups IP4 and IP6 that say how names are resolved: {@code ai-*} and {@code
 * res-*}.
 */
final class ResolverOptions {
    /** A row that switches flags on or off. */
    private record Flag(Option<Boolean> option, int bits) {}

    /** Flags that options switch on and those that they switch off. */
    record Flags(int set, int cleared) {
        static final Flags NONE = new Flags(0, 0);
    }

    private static final List<Flag> ADDRESS_FLAGS =
            List.of(
                    new Flag(
                            flag("ai-addrconfig").usually("addrconfig"), NameService.AI_ADDRCONFIG),
                    new Flag(flag("ai-all"), NameService.AI_ALL),
                    new Flag(flag("ai-passive").usually("passive"), NameService.AI_PASSIVE),
                    new Flag(flag("ai-v4mapped").usually("v4mapped"), NameService.AI_V4MAPPED));

    private static final List<Flag> RESOLVER_FLAGS =
            List.of(
                    new Flag(flag("res-debug"), NameService.RES_DEBUG),
                    new Flag(flag("res-defnames").usually("defnames"), NameService.RES_DEFNAMES),
                    new Flag(flag("res-dnsrch").usually("dnsrch"), NameService.RES_DNSRCH),
                    new Flag(flag("res-igntc").usually("igntc"), NameService.RES_IGNTC),
                    new Flag(flag("res-recurse").usually("recurse"), NameService.RES_RECURSE),
                    new Flag(flag("res-stayopen").usually("stayopen"), NameService.RES_STAYOPEN),
                    new Flag(flag("res-usevc").usually("usevc"), NameService.RES_USEVC));

    private static final Option<SocketAddress.Inet4> SERVER =
            Option.of("res-nsaddr", InetTypes.IP4SOCK, Phase.OFFSET)
                    .usually("dns")
                    .alias("nameserver", "nsaddr");
    private static final Option<Integer> RETRANSMISSION =
            Option.of("res-retrans", OptionTypes.INT, Phase.OFFSET)
                    .usually("retrans")
                    .alias("res-maxretrans");
    private static final Option<Integer> ATTEMPTS =
            Option.of("res-retry", OptionTypes.INT, Phase.OFFSET).alias("res-maxretry");

    /** All rows. */
    static final List<Option<?>> ROWS = rows();

    private ResolverOptions() {}

    private static List<Option<?>> rows() {
        List<Option<?>> rows = new ArrayList<>();
        ADDRESS_FLAGS.forEach(flag -> rows.add(flag.option()));
        RESOLVER_FLAGS.forEach(flag -> rows.add(flag.option()));
        rows.addAll(List.of(SERVER, RETRANSMISSION, ATTEMPTS));
        return List.copyOf(rows);
    }

    /** The flags of getaddrinfo(3) that an address changes. */
    static Flags flags(OpenContext context) {
        return flags(context, ADDRESS_FLAGS);
    }

    /** The settings of the resolver that an address changes. */
    static NameService.Settings settings(OpenContext context) {
        Flags flags = flags(context, RESOLVER_FLAGS);
        Optional<Integer> retransmission =
                context.option(RETRANSMISSION).filter(seconds -> seconds >= 0);
        Optional<Integer> attempts = context.option(ATTEMPTS).filter(count -> count >= 0);
        Optional<SocketAddress.Inet4> server = context.option(SERVER);
        if (flags == Flags.NONE
                && retransmission.isEmpty()
                && attempts.isEmpty()
                && server.isEmpty()) {
            return NameService.Settings.NONE;
        }
        return new NameService.Settings(
                flags.set(), flags.cleared(), retransmission, attempts, server);
    }

    private static Flags flags(OpenContext context, List<Flag> table) {
        int set = 0;
        int cleared = 0;
        for (Flag flag : table) {
            Optional<Boolean> on = context.option(flag.option());
            if (on.isPresent()) {
                set |= on.get() ? flag.bits() : 0;
                cleared |= on.get() ? 0 : flag.bits();
            }
        }
        return set == 0 && cleared == 0 ? Flags.NONE : new Flags(set, cleared);
    }

    private static Option<Boolean> flag(String name) {
        return Option.of(name, OptionTypes.BOOL, Phase.OFFSET);
    }
}
