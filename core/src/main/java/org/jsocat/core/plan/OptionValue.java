package org.jsocat.core.plan;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.opening.Given;

import java.util.HexFormat;
import java.util.Optional;

/**
 * An option of a command line with its parsed value.
 *
 * @param option the row of its table
 * @param value what was given
 */
@SuppressWarnings("exports") // Given is for openings, which see it
public record OptionValue<T>(Option<T> option, T value) implements Given<T> {
    /** The value as it may be shown: secrets are stars, what needs none is empty. */
    public String shown() {
        return option.type() == OptionTypes.CONST ? "" : option.secret() ? "***" : text(value);
    }

    /** Both as the reference logs them, for example {@code "so-sndbuf" to 1000}. */
    String text() {
        String name = '"' + option.name() + '"';
        if (option.type() == OptionTypes.CONST) {
            return name;
        }
        return name + " to " + (option.secret() ? "***" : text(value));
    }

    private static String text(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(OptionValue::text).orElse("NULL");
        }
        if (value instanceof Boolean truth) {
            return truth ? "1" : "0";
        }
        if (value instanceof byte[] bytes) {
            return "x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof OptionTypes.Two<?, ?>(Object first, Object second)) {
            return text(first) + ":" + text(second);
        }
        if (value
                instanceof OptionTypes.Three<?, ?, ?>(Object first, Object second, Object third)) {
            return text(first) + ":" + text(second) + ":" + text(third);
        }
        return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }
}
