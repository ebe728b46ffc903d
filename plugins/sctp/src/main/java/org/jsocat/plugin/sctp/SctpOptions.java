package org.jsocat.plugin.sctp;

import org.jsocat.plugin.inet.PortOptions;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.jsocat.spi.SocketOption;
import org.jsocat.spi.posix.Linux;

import java.util.List;
import java.util.stream.Stream;

/** The option group SCTP; the options are of linux/sctp.h. */
public final class SctpOptions implements OptionGroup {
    private static final int NODELAY = 3;
    private static final int MAXSEG = 13;

    private static final List<Option<?>> ROWS =
            Stream.concat(
                            PortOptions.rows().stream(),
                            Stream.of(
                                    row("maxseg", Phase.PASTSOCKET, MAXSEG).usually("mss"),
                                    row("maxseg-late", Phase.CONNECTED, MAXSEG).usually("mss-late"),
                                    row("nodelay", Phase.PASTSOCKET, NODELAY).usually("nodelay")))
                    .toList();

    /** For {@link java.util.ServiceLoader}. */
    public SctpOptions() {}

    @Override
    public String name() {
        return "SCTP";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    private static Option<Integer> row(String name, Phase phase, int option) {
        return SocketOption.row("sctp-" + name, OptionTypes.INT, phase, Linux.SOL_SCTP, option);
    }
}
