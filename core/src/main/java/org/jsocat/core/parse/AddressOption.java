package org.jsocat.core.parse;

import java.util.Objects;
import java.util.Optional;

/**
 * An option as given behind an address: {@code name} or {@code name=value}. Which options there are
 * and what their values mean is not known here.
 *
 * @param name the name as typed; options are found regardless of case
 * @param value the value; empty where there is no {@code =}, an empty text where nothing follows it
 */
public record AddressOption(Text name, Optional<Text> value) {

    public AddressOption {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }

    /** Offset of the option's name in the argument, from 0. */
    public int column() {
        return name.column();
    }
}
