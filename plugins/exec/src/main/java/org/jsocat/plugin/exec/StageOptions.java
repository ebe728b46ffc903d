package org.jsocat.plugin.exec;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;

/** The option group STAGE: which descriptors of a program lead to the sides of a stage. */
public final class StageOptions implements OptionGroup {
    static final Option<Integer> LEFT = number("leftfd", "both ways to the left");
    static final Option<Integer> LEFT_IN = number("leftfdin", "what is read from the left");
    static final Option<Integer> LEFT_OUT = number("leftfdout", "what is written to the left");
    static final Option<Integer> RIGHT = number("rightfd", "both ways to the right");
    static final Option<Integer> RIGHT_IN = number("rightfdin", "what is read from the right");
    static final Option<Integer> RIGHT_OUT = number("rightfdout", "what is written to the right");

    private static final List<Option<?>> ROWS =
            List.of(LEFT, LEFT_IN, LEFT_OUT, RIGHT, RIGHT_IN, RIGHT_OUT);

    /** For {@link java.util.ServiceLoader}. */
    public StageOptions() {}

    @Override
    public String name() {
        return "STAGE";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    private static Option<Integer> number(String name, String use) {
        return Option.of(name, OptionTypes.UNSIGNED_SHORT, Phase.PASTBIGEN)
                .summary("the program's descriptor for " + use);
    }
}
