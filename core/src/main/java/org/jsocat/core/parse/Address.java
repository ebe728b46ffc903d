package org.jsocat.core.parse;

import java.util.List;
import java.util.Objects;

/**
 * One address: keyword, parameters and options.
 *
 * <p>Two addresses are equal when keyword, parameters and options are; {@code -} equals {@code
 * STDIO}.
 *
 * @param keyword the keyword as typed (keywords are found regardless of case), or the one that the
 *     shorthand stands for
 * @param parameters the values behind colons; for the shorthands of FD and GOPEN the first one is
 *     the text itself
 * @param options the options in the order given
 * @param shorthand how the keyword was left out, if it was
 * @param source the whole address as it was written
 * @param column offset of the address in the argument, from 0
 */
public record Address(
        String keyword,
        List<Text> parameters,
        List<AddressOption> options,
        Shorthand shorthand,
        String source,
        int column) {

    public Address {
        Objects.requireNonNull(keyword, "keyword");
        Objects.requireNonNull(shorthand, "shorthand");
        Objects.requireNonNull(source, "source");
        parameters = List.copyOf(parameters);
        options = List.copyOf(options);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address address
                && keyword.equals(address.keyword)
                && parameters.equals(address.parameters)
                && options.equals(address.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(keyword, parameters, options);
    }
}
