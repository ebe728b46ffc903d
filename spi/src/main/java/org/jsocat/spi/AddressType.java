package org.jsocat.spi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The description of one address: a row of a family's table. Immutable.
 *
 * <p>An address may have an endpoint form (the last element of a chain, or the whole address) and a
 * stage form (any other element); they may differ in the count of their parameters.
 *
 * @since 1.0
 */
public final class AddressType {
    /**
     * The parameters of a form.
     *
     * @param syntax as help prints it: {@code :<host>:<port>}
     * @param least the least count
     * @param most the greatest count
     * @param freeText whether they are names of files, commands or other text in which {@code |}
     *     and {@code %} are data, unlike hosts, ports and numbers
     */
    public record Parameters(String syntax, int least, int most, boolean freeText) {
        /** No parameters. */
        public static final Parameters NONE = new Parameters("", 0, 0, false);

        /** Exactly this many hosts, ports or numbers. */
        public static Parameters of(String syntax, int count) {
            return new Parameters(syntax, count, count, false);
        }

        /** One file name, command or other text. */
        public static Parameters text(String syntax) {
            return new Parameters(syntax, 1, 1, true);
        }

        /** At most one file name, command or other text. */
        public static Parameters optionalText(String syntax) {
            return new Parameters(syntax, 0, 1, true);
        }

        /** Whether a count of parameters fits. */
        public boolean accepts(int count) {
            return count >= least && count <= most;
        }
    }

    /**
     * The form as an endpoint: exactly one of the openers is present.
     *
     * @param parameters what stands behind the keyword
     * @param direction the directions it supports
     * @param opener opens one endpoint
     * @param listener opens a listener
     */
    public record EndpointForm(
            Parameters parameters,
            Direction direction,
            Optional<Opener> opener,
            Optional<ListenerOpener> listener) {}

    /**
     * The form as a stage: what stands to its left gives and takes data, what stands to its right
     * carries them further.
     *
     * @param parameters what stands behind the keyword
     * @param left the directions in which data can pass its left side, when it is not reversed:
     *     {@link Direction#WRITE} means from left to right
     * @param right the directions that it needs of the chain to its right, such as both for a
     *     protocol that answers; empty where it needs those that are wanted on its left
     * @param opener makes it
     */
    public record StageForm(
            Parameters parameters, Direction left, Optional<Direction> right, StageOpener opener) {
        /**
         * The directions in which bytes can pass to and from what stands to its left.
         *
         * @param reversed whether {@code ^} swapped its sides
         */
        public Direction passes(boolean reversed) {
            return reversed ? right.orElse(left).reversed() : left;
        }

        /**
         * Whether it can stand where these directions are wanted on its left; a protocol side needs
         * all of its own.
         *
         * @param reversed whether {@code ^} swapped its sides
         */
        public boolean fits(Direction wanted, boolean reversed) {
            boolean protocol = reversed && right.isPresent();
            return protocol ? passes(true) == wanted : passes(reversed).covers(wanted);
        }

        /**
         * The directions that it needs of the chain to its right.
         *
         * @param wanted those that are wanted on its left
         * @param reversed whether {@code ^} swapped its sides
         */
        public Direction needs(Direction wanted, boolean reversed) {
            if (right.isEmpty()) {
                return wanted;
            }
            return reversed ? left.reversed() : right.get();
        }
    }

    private final String name;
    private final List<String> aliases;
    private final List<String> groups;
    private final Optional<EndpointForm> endpoint;
    private final Optional<StageForm> stage;
    private final String summary;

    private AddressType(
            String name,
            List<String> aliases,
            List<String> groups,
            Optional<EndpointForm> endpoint,
            Optional<StageForm> stage,
            String summary) {
        this.name = Objects.requireNonNull(name);
        this.aliases = aliases;
        this.groups = groups;
        this.endpoint = endpoint;
        this.stage = stage;
        this.summary = summary;
    }

    /** A row without a form yet; the name is upper case, as help prints it. */
    public static AddressType named(String name) {
        return new AddressType(name, List.of(), List.of(), Optional.empty(), Optional.empty(), "");
    }

    /** The same row with further names. */
    public AddressType alias(String... names) {
        return new AddressType(name, List.of(names), groups, endpoint, stage, summary);
    }

    /**
     * The same row with the option groups that it accepts, in the order in which help lists them.
     */
    public AddressType groups(String... names) {
        return new AddressType(name, aliases, List.of(names), endpoint, stage, summary);
    }

    /** The same row with a line for help and manual. */
    public AddressType summary(String text) {
        return new AddressType(name, aliases, groups, endpoint, stage, text);
    }

    /** The same row, opening one endpoint. */
    public AddressType opens(Parameters parameters, Direction direction, Opener opener) {
        EndpointForm form =
                new EndpointForm(parameters, direction, Optional.of(opener), Optional.empty());
        return new AddressType(name, aliases, groups, Optional.of(form), stage, summary);
    }

    /** The same row, listening for peers. */
    public AddressType listens(Parameters parameters, Direction direction, ListenerOpener opener) {
        EndpointForm form =
                new EndpointForm(parameters, direction, Optional.empty(), Optional.of(opener));
        return new AddressType(name, aliases, groups, Optional.of(form), stage, summary);
    }

    /**
     * The same row, usable as a stage that needs these directions of the chain to its right in any
     * case.
     */
    public AddressType stage(
            Parameters parameters, Direction left, Direction right, StageOpener opener) {
        StageForm form = new StageForm(parameters, left, Optional.of(right), opener);
        return new AddressType(name, aliases, groups, endpoint, Optional.of(form), summary);
    }

    /**
     * The same row, usable as a stage through which bytes pass in these directions, or in some of
     * them.
     */
    public AddressType stage(Parameters parameters, Direction directions, StageOpener opener) {
        StageForm form = new StageForm(parameters, directions, Optional.empty(), opener);
        return new AddressType(name, aliases, groups, endpoint, Optional.of(form), summary);
    }

    /** The canonical keyword, upper case. */
    public String name() {
        return name;
    }

    /** Its further keywords. */
    public List<String> aliases() {
        return aliases;
    }

    /** The names of the option groups that it accepts. */
    public List<String> groups() {
        return groups;
    }

    /** Its form as an endpoint. */
    public Optional<EndpointForm> endpoint() {
        return endpoint;
    }

    /** Its form as a stage. */
    public Optional<StageForm> stage() {
        return stage;
    }

    /** One line for help and manual; may be empty. */
    public String summary() {
        return summary;
    }

    @Override
    public String toString() {
        return name;
    }
}
