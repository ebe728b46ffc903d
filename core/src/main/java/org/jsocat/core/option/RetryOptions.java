package org.jsocat.core.option;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.time.Duration;
import java.util.List;

/** The option group RETRY: what happens when an address cannot be opened. */
public final class RetryOptions implements OptionGroup {
    public static final Option<Boolean> FOREVER =
            Option.of("forever", OptionTypes.BOOL, Phase.INIT);
    public static final Option<Duration> INTERVAL =
            Option.of("interval", OptionTypes.TIMESPEC, Phase.INIT).alias("intervall");
    public static final Option<Long> RETRY =
            Option.of("retry", OptionTypes.UNSIGNED_INT, Phase.INIT);

    private static final List<Option<?>> ROWS = List.of(FOREVER, INTERVAL, RETRY);

    /** For {@link java.util.ServiceLoader}. */
    public RetryOptions() {}

    @Override
    public String name() {
        return "RETRY";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
