package org.jsocat.spi;

import java.util.List;
import java.util.Optional;

/**
 * An address that is a stage over an endpoint, as {@code OPENSSL:host:port} is TLS over {@code
 * TCP:host:port}: each protocol exists once, as a stage, and the address is only a row.
 *
 * <p>Options that the row accepts go to one of the parts each: to the stage where one of its
 * {@linkplain AddressType#stageGroups() groups} has them, otherwise to the endpoint where one of
 * its groups has them, otherwise (they belong to every address) to the stage.
 *
 * @param stage names an address with a stage form
 * @param endpoint names an address with an endpoint form, which may be a composition itself
 * @since 1.0
 */
public record Composition(Part stage, Part endpoint) {
    /**
     * One of the two parts.
     *
     * @param keyword its address; another plugin may provide it
     * @param parameters its parameters, as they are (nothing in them is quoted)
     */
    public record Part(String keyword, List<String> parameters) {
        /** A part. */
        public static Part of(String keyword, String... parameters) {
            return new Part(keyword, List.of(parameters));
        }
    }

    /** What the user wrote. */
    public interface Written {
        /** The parameters, quotes and escapes resolved; their count fits the row. */
        List<String> parameters();

        /** The parameter of this place, from 0. */
        default String parameter(int place) {
            return parameters().get(place);
        }

        /**
         * The value of an option, the last one where it was given more than once. It is taken by
         * that: neither part gets it.
         */
        <T> Optional<T> option(Option<T> option);
    }

    /** Finds the parts for what the user wrote. */
    @FunctionalInterface
    public interface Composer {
        /**
         * Finds the parts. Must be cheap and have no effect.
         *
         * @throws AddressException when something that was written does not fit
         */
        Composition compose(Written written);
    }
}
