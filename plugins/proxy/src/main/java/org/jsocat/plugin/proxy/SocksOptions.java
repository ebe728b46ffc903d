package org.jsocat.plugin.proxy;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;

/** The option group SOCKS: who asks a SOCKS server, and where it is. */
public final class SocksOptions implements OptionGroup {
    static final Option<String> PASSWORD =
            Option.of("sockspass", OptionTypes.STRING, Phase.LATE)
                    .asSecret()
                    .summary("the password, which everybody sees in the list of processes");
    static final Option<String> PORT =
            Option.of("socksport", OptionTypes.STRING, Phase.LATE)
                    .summary("the port of the server, 1080 by default");
    static final Option<String> USER =
            Option.of("socksuser", OptionTypes.STRING, Phase.LATE)
                    .summary("the user that the server is told");

    private static final List<Option<?>> ROWS = List.of(PASSWORD, PORT, USER);

    /** For {@link java.util.ServiceLoader}. */
    public SocksOptions() {}

    @Override
    public String name() {
        return "SOCKS";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
