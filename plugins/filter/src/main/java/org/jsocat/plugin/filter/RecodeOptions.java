package org.jsocat.plugin.filter;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.Phase;

import java.util.List;

/** The option group RECODE. */
public final class RecodeOptions implements OptionGroup {
    static final Option<Unconvertible> UNCONVERTIBLE =
            Option.of("unconvertible", Unconvertible.TYPE, Phase.SPECIFIC)
                    .summary("fail, replace or skip: what is done with what does not convert");

    private static final List<Option<?>> ROWS = List.of(UNCONVERTIBLE);

    /** For {@link java.util.ServiceLoader}. */
    public RecodeOptions() {}

    @Override
    public String name() {
        return "RECODE";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
