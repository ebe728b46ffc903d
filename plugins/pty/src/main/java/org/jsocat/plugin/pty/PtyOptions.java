package org.jsocat.plugin.pty;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.time.Duration;
import java.util.List;

/**
 * The option group PTY: how a pseudo terminal is made. The openers read these options.
 *
 * @since 0.1
 */
public final class PtyOptions implements OptionGroup {
    /** Make it as openpty(3) does, which keeps the slave open. */
    public static final Option<Boolean> OPENPTY =
            Option.of("openpty", OptionTypes.BOOL, Phase.BIGEN);

    /** Make it by opening /dev/ptmx. */
    public static final Option<Boolean> PTMX = Option.of("ptmx", OptionTypes.BOOL, Phase.BIGEN);

    /** A symbolic link to the slave, removed at the end. */
    public static final Option<String> SYMBOLIC_LINK =
            Option.of("symbolic-link", OptionTypes.FILE, Phase.LATE).usually("link");

    /** Whether opening waits until some program has opened the slave. */
    public static final Option<Boolean> WAIT_SLAVE =
            Option.of("pty-wait-slave", OptionTypes.BOOL, Phase.EARLY)
                    .usually("wait-slave")
                    .alias("waitslave");

    /** How often {@link #WAIT_SLAVE} looks. */
    public static final Option<Duration> INTERVAL =
            Option.of("pty-interval", OptionTypes.TIMESPEC, Phase.EARLY).alias("pty-intervall");

    /** For how long a terminal that no program has open any more may come back. */
    public static final Option<Duration> SITOUT_EIO =
            Option.of("sitout-eio", OptionTypes.TIMEVAL, Phase.OFFSET);

    private static final List<Option<?>> ROWS =
            List.of(OPENPTY, PTMX, SYMBOLIC_LINK, WAIT_SLAVE, INTERVAL, SITOUT_EIO);

    /** For {@link java.util.ServiceLoader}. */
    public PtyOptions() {}

    @Override
    public String name() {
        return "PTY";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
