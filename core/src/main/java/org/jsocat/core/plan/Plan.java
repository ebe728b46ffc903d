package org.jsocat.core.plan;

import org.jsocat.core.option.ChildOptions;
import org.jsocat.core.option.RetryOptions;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Option;
import org.jsocat.spi.Phase;
import org.jsocat.spi.Retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A checked argument of the command line: everything about it is known to fit, and nothing is open
 * yet.
 */
public sealed interface Plan {
    /**
     * One address.
     *
     * @param type its description
     * @param keyword its name for messages: that of the row which the user wrote
     * @param provider its plugin's service
     * @param text the address as written, secrets left out
     * @param parameters unquoted, as many as the form takes
     * @param options in the order in which they were written
     * @param reversed whether {@code ^} stands before it
     */
    record Address(
            AddressType type,
            String keyword,
            AddressProvider provider,
            String text,
            List<String> parameters,
            List<OptionValue<?>> options,
            boolean reversed) {
        /** The same as part of another one: what it is, and with these. */
        Address as(
                Catalog.Entry part,
                List<String> otherParameters,
                List<OptionValue<?>> otherOptions) {
            return new Address(
                    part.type(),
                    keyword,
                    part.provider(),
                    text,
                    otherParameters,
                    otherOptions,
                    false);
        }

        /** The same with its sides swapped, or not. */
        public Address oriented(boolean swapped) {
            return swapped == reversed
                    ? this
                    : new Address(type, keyword, provider, text, parameters, options, swapped);
        }

        /**
         * Whether it may be opened on an event loop if its opener can do that: nothing is tried
         * again, and no option acts before there is a descriptor (locks, the working directory).
         */
        public boolean mayOpenAtOnce() {
            if (type.endpoint().isEmpty() || type.endpoint().get().opener().isEmpty()) {
                return false;
            }
            for (OptionValue<?> value : options) {
                Option<?> option = value.option();
                boolean early = option.phase() == Phase.INIT && !option.isRead();
                if (early || option.isPerThread()) {
                    return false;
                }
            }
            Retry retry = retry();
            return !retry.forever() && retry.times() == 0;
        }

        /** How often it may be opened again. */
        public Retry retry() {
            return options.isEmpty()
                    ? Retry.NONE
                    : new Retry(
                            Options.flag(options, RetryOptions.FOREVER),
                            Options.last(options, RetryOptions.RETRY).orElse(0L),
                            Options.last(options, RetryOptions.INTERVAL)
                                    .orElse(Retry.NONE.interval()));
        }

        /**
         * Whether an option changes who the process is, or which files it sees. What takes effect
         * on a program once it is there does not: the program changes itself.
         */
        public boolean changesIdentity() {
            for (OptionValue<?> value : options) {
                if (changesIdentity(value.option())) {
                    return true;
                }
            }
            return false;
        }

        /** The same for one of its options. */
        public boolean changesIdentity(Option<?> option) {
            return option.isIdentity() && !(type.isProgram() && option.phase() != Phase.EARLY);
        }

        /** Whether an option changes what belongs to a thread. */
        public boolean changesThread() {
            for (OptionValue<?> value : options) {
                if (value.option().isPerThread()) {
                    return true;
                }
            }
            return false;
        }
    }

    /** One element of a chain that is not its endpoint. */
    sealed interface Stage {
        /** The directions in which bytes pass it, seen from its left. */
        Direction direction();

        /** Whether an option of it changes what belongs to a thread. */
        boolean changesThread();

        /** Whether an option of it changes who the process is. */
        boolean changesIdentity();

        /** How often it may be opened again, with all that is to its right. */
        Retry retry();

        /** One address for all directions. */
        record Single(Address address, Direction direction) implements Stage {
            @Override
            public boolean changesThread() {
                return address.changesThread();
            }

            @Override
            public boolean changesIdentity() {
                return address.changesIdentity();
            }

            @Override
            public Retry retry() {
                return address.retry();
            }
        }

        /** One address from left to right, another from right to left. */
        record Dual(Address forth, Address back) implements Stage {
            @Override
            public Direction direction() {
                return Direction.BOTH;
            }

            @Override
            public boolean changesThread() {
                return forth.changesThread() || back.changesThread();
            }

            @Override
            public boolean changesIdentity() {
                return forth.changesIdentity() || back.changesIdentity();
            }

            @Override
            public Retry retry() {
                return Retry.NONE;
            }
        }
    }

    /**
     * Stages before an endpoint.
     *
     * @param stages from left to right, at least one
     * @param endpoint the last element
     * @param direction the directions in which the stages use the endpoint
     */
    record Chain(List<Stage> stages, Plan endpoint, Direction direction) implements Plan {
        /** A chain whose endpoint may be one too. */
        static Chain of(List<Stage> stages, Plan endpoint, Direction direction) {
            if (!(endpoint instanceof Chain rest)) {
                return new Chain(stages, endpoint, direction);
            }
            List<Stage> all = new ArrayList<>(stages);
            all.addAll(rest.stages());
            return new Chain(all, rest.endpoint(), rest.direction());
        }

        @Override
        public Optional<Address> end() {
            return endpoint.end();
        }

        @Override
        public boolean changesThread() {
            for (Stage stage : stages) {
                if (stage.changesThread()) {
                    return true;
                }
            }
            return endpoint.changesThread();
        }

        @Override
        public boolean changesIdentity() {
            return stagesChangeIdentity() || endpoint.changesIdentity();
        }

        /** Whether a stage does. */
        public boolean stagesChangeIdentity() {
            for (Stage stage : stages) {
                if (stage.changesIdentity()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Direction supported() {
            return Direction.BOTH;
        }
    }

    /** An address that is the whole argument or the end of a chain. */
    record Endpoint(Address address) implements Plan {
        @Override
        public Optional<Address> end() {
            return Optional.of(address);
        }

        @Override
        public boolean changesThread() {
            return address.changesThread();
        }

        @Override
        public boolean changesIdentity() {
            return address.changesIdentity();
        }

        @Override
        public Direction supported() {
            return address.type().endpoint().orElseThrow().direction();
        }
    }

    /**
     * Two addresses, one for each direction.
     *
     * @param read where bytes are read from
     * @param write where bytes are written to
     */
    record Dual(Plan read, Plan write) implements Plan {
        @Override
        public Optional<Address> end() {
            return Optional.empty();
        }

        @Override
        public boolean changesThread() {
            return read.changesThread() || write.changesThread();
        }

        @Override
        public boolean changesIdentity() {
            return read.changesIdentity() || write.changesIdentity();
        }

        @Override
        public Direction supported() {
            return Direction.BOTH;
        }
    }

    /**
     * The address on which {@code fork}, {@code retry} and the like stand, for plans that have one.
     */
    Optional<Address> end();

    /** Whether an option of it changes what belongs to a thread, see {@code Option.isPerThread}. */
    boolean changesThread();

    /** Whether an option of it changes who the process is, see {@code Option.isIdentity}. */
    boolean changesIdentity();

    /** Whether an option of it does so once its address listens, for each relay that is forked. */
    default boolean changesIdentityLater() {
        for (OptionValue<?> value : end().map(Address::options).orElse(List.of())) {
            if (value.option().isIdentity() && value.option().phase() != Phase.EARLY) {
                return true;
            }
        }
        return this instanceof Chain chain && chain.stagesChangeIdentity();
    }

    /** The time between two attempts, or two relays of an address that connects. */
    default Duration interval() {
        Optional<Address> end = end();
        if (end.isPresent()
                && Options.last(end.get().options(), RetryOptions.INTERVAL).isPresent()) {
            return end.get().retry().interval();
        }
        return this instanceof Chain chain
                ? chain.stages().getLast().retry().interval()
                : Retry.NONE.interval();
    }

    /** The directions that it can be used in. */
    Direction supported();

    /** Whether relays are forked on this argument. */
    default boolean forks() {
        Optional<Address> end = end();
        return end.isPresent() && Options.flag(end.get().options(), ChildOptions.FORK);
    }
}
