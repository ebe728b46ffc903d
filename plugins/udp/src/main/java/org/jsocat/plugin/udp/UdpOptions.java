package org.jsocat.plugin.udp;

import org.jsocat.plugin.inet.PortOptions;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The option group UDP. */
public final class UdpOptions implements OptionGroup {
    /** How long a session of a listener lasts in which nothing comes or goes; 0 is for ever. */
    static final Option<Duration> SESSION_TIMEOUT =
            Option.of("session-timeout", OptionTypes.TIMEVAL, Phase.LISTEN);

    private static final List<Option<?>> ROWS =
            Stream.concat(PortOptions.rows().stream(), Stream.of(SESSION_TIMEOUT))
                    .<Option<?>>map(option -> option)
                    .toList();

    /** For {@link java.util.ServiceLoader}. */
    public UdpOptions() {}

    @Override
    public String name() {
        return "UDP";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
