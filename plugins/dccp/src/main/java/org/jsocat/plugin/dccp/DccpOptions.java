package org.jsocat.plugin.dccp;

import org.jsocat.plugin.inet.PortOptions;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.jsocat.spi.SocketOption;
import org.jsocat.spi.posix.Linux;

import java.util.List;
import java.util.stream.Stream;

/** The option group DCCP; the option is of linux/dccp.h. */
public final class DccpOptions implements OptionGroup {
    private static final int CCID = 13;

    private static final List<Option<?>> ROWS =
            Stream.concat(
                            PortOptions.rows().stream(),
                            Stream.of(
                                    SocketOption.row(
                                                    "dccp-set-ccid",
                                                    OptionTypes.BYTE,
                                                    Phase.PASTSOCKET,
                                                    Linux.SOL_DCCP,
                                                    CCID)
                                            .usually("ccid")))
                    .toList();

    /** For {@link java.util.ServiceLoader}. */
    public DccpOptions() {}

    @Override
    public String name() {
        return "DCCP";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
