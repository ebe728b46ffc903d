package org.jsocat.core.plan;

import org.jsocat.spi.Option;

import java.util.List;
import java.util.Optional;

/** Looks into the options of a planned address by typed keys. */
public final class Options {
    private Options() {}

    /** The last value given. */
    public static <T> Optional<T> last(List<OptionValue<?>> values, Option<T> option) {
        Optional<T> last = Optional.empty();
        for (OptionValue<?> value : values) {
            if (value.option() == option) {
                @SuppressWarnings("unchecked")
                T typed = (T) value.value();
                last = Optional.of(typed);
            }
        }
        return last;
    }

    /** Whether a flag is given and on. */
    public static boolean flag(List<OptionValue<?>> values, Option<Boolean> option) {
        return last(values, option).orElse(false);
    }
}
