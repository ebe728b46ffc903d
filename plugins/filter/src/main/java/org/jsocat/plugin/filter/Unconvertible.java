package org.jsocat.plugin.filter;

import org.jsocat.spi.OptionType;
import org.jsocat.spi.OptionValueException;

import java.nio.charset.CodingErrorAction;
import java.util.Optional;

/** What RECODE does with what does not convert. */
enum Unconvertible {
    /** The transfer ends with an error. */
    FAIL(CodingErrorAction.REPORT),
    /** The replacement of the character set stands there instead: a question mark, U+FFFD. */
    REPLACE(CodingErrorAction.REPLACE),
    /** It is left out. */
    SKIP(CodingErrorAction.IGNORE);

    /** How it is written. */
    static final OptionType<Unconvertible> TYPE = new Type();

    private final CodingErrorAction action;

    Unconvertible(CodingErrorAction action) {
        this.action = action;
    }

    CodingErrorAction action() {
        return action;
    }

    private static final class Type implements OptionType<Unconvertible> {
        @Override
        public String name() {
            return "UNCONVERTIBLE";
        }

        @Override
        public Unconvertible parse(Optional<String> text) {
            for (Unconvertible value : values()) {
                if (value.name().equalsIgnoreCase(text.orElse(""))) {
                    return value;
                }
            }
            throw new OptionValueException("fail, replace or skip is accepted");
        }
    }
}
