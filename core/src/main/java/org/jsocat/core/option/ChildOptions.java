package org.jsocat.core.option;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;

/** The option group CHILD: whether and how relays are forked. */
public final class ChildOptions implements OptionGroup {
    public static final Option<Boolean> FORK =
            Option.of("fork", OptionTypes.BOOL, Phase.PASTACCEPT);
    public static final Option<Integer> MAX_CHILDREN =
            Option.of("max-children", OptionTypes.INT, Phase.PASTACCEPT).alias("maxchildren");
    public static final Option<Integer> CHILDREN_SHUTUP =
            Option.of("children-shutup", OptionTypes.INT, Phase.PASTACCEPT).usually("child-shutup");

    private static final List<Option<?>> ROWS = List.of(CHILDREN_SHUTUP, FORK, MAX_CHILDREN);

    /** For {@link java.util.ServiceLoader}. */
    public ChildOptions() {}

    @Override
    public String name() {
        return "CHILD";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
