package org.jsocat.plugin.socket;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.time.Duration;
import java.util.List;

/**
 * The option group LISTEN.
 *
 * @since 1.0
 */
public final class ListenOptions implements OptionGroup {
    /** How many connections may wait to be accepted. */
    public static final Option<Integer> BACKLOG =
            Option.of("backlog", OptionTypes.INT, Phase.LISTEN);

    /** How long to wait for a peer; 0 is for ever. */
    public static final Option<Duration> ACCEPT_TIMEOUT =
            Option.of("accept-timeout", OptionTypes.TIMEVAL, Phase.LISTEN)
                    .usually("listen-timeout");

    private static final List<Option<?>> ROWS = List.of(ACCEPT_TIMEOUT, BACKLOG);

    /** For {@link java.util.ServiceLoader}. */
    public ListenOptions() {}

    @Override
    public String name() {
        return "LISTEN";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
