package org.jsocat.plugin.inet;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;

/**
 * The rows that all groups of protocols with ports list: UDP, TCP, SCTP, DCCP, UDPLITE.
 *
 * @since 1.0
 */
public final class PortOptions {
    /** A client takes this port itself; a server takes only peers that have it. */
    public static final Option<Integer> SOURCEPORT =
            Option.of("sourceport", OptionTypes.UNSIGNED_SHORT, Phase.LATE).usually("sp");

    /** A client takes some port below 1024 itself; a server takes only peers that have one. */
    public static final Option<Boolean> LOWPORT =
            Option.of("lowport", OptionTypes.BOOL, Phase.LATE);

    private static final List<Option<?>> ROWS = List.of(LOWPORT, SOURCEPORT);

    private PortOptions() {}

    /** The rows, for the table of a group. */
    public static List<Option<?>> rows() {
        return ROWS;
    }
}
