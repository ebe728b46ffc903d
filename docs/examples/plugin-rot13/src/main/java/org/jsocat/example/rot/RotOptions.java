package org.jsocat.example.rot;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;

/** The option group ROT: a table with one row. */
public final class RotOptions implements OptionGroup {
    /** How far letters are turned when they go from left to right. */
    static final Option<Integer> ROT =
            Option.of("rot", OptionTypes.INT, Phase.OFFSET)
                    .alias("rotation")
                    .summary("turns letters by so many places, 13 unless said");

    /** For {@link java.util.ServiceLoader}. */
    public RotOptions() {}

    @Override
    public String name() {
        return "ROT";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(ROT);
    }
}
