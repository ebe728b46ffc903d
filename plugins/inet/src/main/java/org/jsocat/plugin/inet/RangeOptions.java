package org.jsocat.plugin.inet;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;
import java.util.Optional;

/**
 * The option group RANGE: which peers may connect; see {@link PeerRules}.
 *
 * @since 1.0
 */
public final class RangeOptions implements OptionGroup {
    static final Option<String> RANGE = Option.of("range", OptionTypes.STRING, Phase.ACCEPT);
    static final Option<Optional<String>> WRAPPERS =
            Option.of("tcpwrappers", OptionTypes.STRING_NULL, Phase.ACCEPT)
                    .usually("tcpwrap")
                    .alias("libwrap", "tcpwrapper", "wrap");
    static final Option<String> FOLDER =
            Option.of("tcpwrap-etc", OptionTypes.FILE, Phase.ACCEPT).usually("tcpwrap-dir");
    static final Option<String> ALLOW_TABLE =
            Option.of("tcpwrap-hosts-allow-table", OptionTypes.FILE, Phase.ACCEPT)
                    .usually("allow-table")
                    .alias("hosts-allow");
    static final Option<String> DENY_TABLE =
            Option.of("tcpwrap-hosts-deny-table", OptionTypes.FILE, Phase.ACCEPT)
                    .usually("deny-table")
                    .alias("hosts-deny");

    private static final List<Option<?>> ROWS =
            List.of(RANGE, FOLDER, ALLOW_TABLE, DENY_TABLE, WRAPPERS);

    /** For {@link java.util.ServiceLoader}. */
    public RangeOptions() {}

    @Override
    public String name() {
        return "RANGE";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
