package org.jsocat.spi;

import java.util.Optional;

/**
 * How an option's value is written on the command line.
 *
 * <p>The types of the reference are constants of {@link OptionTypes}; a plugin may define its own.
 *
 * @param <T> the Java type of the value
 * @since 1.0
 */
public interface OptionType<T> {
    /** The name as help prints it: {@code BOOL}, {@code STRUCT-TIMEVAL}. */
    String name();

    /**
     * Reads a value. Must have no effect; a name of a user or host may be looked up.
     *
     * @param text the text behind {@code =}, quotes and escapes resolved, or empty where there is
     *     no {@code =}
     * @throws OptionValueException when the text is not of this type
     */
    T parse(Optional<String> text);

    /**
     * The bytes that setsockopt(2) takes for the value, in the byte order of the machine.
     *
     * @throws UnsupportedOperationException where the type has no such form
     */
    default byte[] encode(T value) {
        throw new UnsupportedOperationException(name() + " has no native form");
    }
}
