package org.jsocat.core;

import java.util.List;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Option;

/** A checked argument of the command line: everything about it is known to fit, and nothing is open yet. */
sealed interface Plan {
    /**
     * One address.
     *
     * @param type its description
     * @param provider its plugin's service
     * @param text the address as written, secrets left out
     * @param parameters unquoted, as many as the form takes
     * @param options in the order in which they were written
     * @param reversed whether {@code ^} stands before it
     */
    record Address(
            AddressType type,
            AddressProvider provider,
            String text,
            List<String> parameters,
            List<OptionValue<?>> options,
            boolean reversed) {}

    /** One element of a chain that is not its endpoint. */
    sealed interface Stage {
        /** One address for both directions. */
        record Single(Address address) implements Stage {}

        /** One address from left to right, another from right to left. */
        record Dual(Address forth, Address back) implements Stage {}
    }

    /**
     * Stages before an endpoint.
     *
     * @param stages from left to right; none for a plain address
     * @param endpoint the last element
     */
    record Chain(List<Stage> stages, Plan endpoint) implements Plan {}

    /** An address that is the whole argument or the end of a chain. */
    record Endpoint(Address address) implements Plan {}

    /**
     * Two addresses, one for each direction.
     *
     * @param read where bytes are read from
     * @param write where bytes are written to
     */
    record Dual(Plan read, Plan write) implements Plan {}

    /** The address on which {@code fork}, {@code retry} and the like stand, for plans that have one. */
    default java.util.Optional<Address> end() {
        return switch (this) {
            case Endpoint(Address address) -> java.util.Optional.of(address);
            case Chain(List<Stage> stages, Plan endpoint) -> endpoint.end();
            case Dual(Plan read, Plan write) -> java.util.Optional.empty();
        };
    }

    /** Whether relays are forked on this argument. */
    default boolean forks() {
        return end().map(address -> Options.flag(address.options(), ChildOptions.FORK)).orElse(false);
    }

    /** Whether an option of it changes what belongs to a thread, see {@link Option#perThread()}. */
    default boolean changesThread() {
        return switch (this) {
            case Endpoint(Address address) -> changesThread(address);
            case Chain(List<Stage> stages, Plan endpoint) ->
                endpoint.changesThread() || stages.stream().anyMatch(Plan::changesThread);
            case Dual(Plan read, Plan write) -> read.changesThread() || write.changesThread();
        };
    }

    private static boolean changesThread(Stage stage) {
        return switch (stage) {
            case Stage.Single(Address address) -> changesThread(address);
            case Stage.Dual(Address forth, Address back) -> changesThread(forth) || changesThread(back);
        };
    }

    private static boolean changesThread(Address address) {
        return address.options().stream().anyMatch(value -> value.option().isPerThread());
    }

    /** The directions that its form supports. */
    static Direction supported(Address address) {
        return address.type().endpoint().orElseThrow().direction();
    }
}
