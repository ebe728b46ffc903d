package org.jsocat.spi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

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
     * The form as an endpoint: exactly one of opener, listener and composer is present.
     *
     * @param parameters what stands behind the keyword
     * @param direction the directions it supports
     * @param opener opens one endpoint
     * @param listener opens a listener
     * @param composer says which stage over which endpoint it is
     */
    public record EndpointForm(
            Parameters parameters,
            Direction direction,
            Optional<Opener> opener,
            Optional<ListenerOpener> listener,
            Optional<Composition.Composer> composer) {}

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

    private static final Supplier<Optional<String>> AVAILABLE = new Available();

    private final String name;
    private final List<String> aliases;
    private final List<String> groups;
    private final Optional<List<String>> stageGroups;
    private final Optional<EndpointForm> endpoint;
    private final Optional<StageForm> stage;
    private final Supplier<Optional<String>> availability;
    private final boolean program;
    private final String summary;

    private AddressType(
            String name,
            List<String> aliases,
            List<String> groups,
            Optional<List<String>> stageGroups,
            Optional<EndpointForm> endpoint,
            Optional<StageForm> stage,
            Supplier<Optional<String>> availability,
            boolean program,
            String summary) {
        this.name = Objects.requireNonNull(name);
        this.aliases = aliases;
        this.groups = groups;
        this.stageGroups = stageGroups;
        this.endpoint = endpoint;
        this.stage = stage;
        this.availability = Objects.requireNonNull(availability);
        this.program = program;
        this.summary = summary;
    }

    /** A row without a form yet; the name is upper case, as help prints it. */
    public static AddressType named(String name) {
        return new AddressType(
                name,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                AVAILABLE,
                false,
                "");
    }

    /** The same row with further names. */
    public AddressType alias(String... names) {
        return new AddressType(
                name,
                List.of(names),
                groups,
                stageGroups,
                endpoint,
                stage,
                availability,
                program,
                summary);
    }

    /**
     * The same row with the option groups that it accepts, in the order in which help lists them;
     * as a stage it accepts them too unless it has {@link #stageGroups(String...)}.
     */
    public AddressType groups(String... names) {
        return new AddressType(
                name,
                aliases,
                List.of(names),
                stageGroups,
                endpoint,
                stage,
                availability,
                program,
                summary);
    }

    /** The same row with the option groups that it accepts as a stage of a chain. */
    public AddressType stageGroups(String... names) {
        return new AddressType(
                name,
                aliases,
                groups,
                Optional.of(List.of(names)),
                endpoint,
                stage,
                availability,
                program,
                summary);
    }

    /** The same row with a line for help and manual. */
    public AddressType summary(String text) {
        return new AddressType(
                name, aliases, groups, stageGroups, endpoint, stage, availability, program, text);
    }

    /**
     * The same row, starting a program to which options that change an identity apply once it is
     * there: it takes the identity itself, and this process keeps its own.
     */
    public AddressType startsProgram() {
        return new AddressType(
                name, aliases, groups, stageGroups, endpoint, stage, availability, true, summary);
    }

    /**
     * The same row, asking whether it can work on this machine.
     *
     * @param cause why it cannot, in a few words, or empty where it can; asked only when the
     *     address is used or listed
     */
    public AddressType unavailable(Supplier<Optional<String>> cause) {
        return new AddressType(
                name, aliases, groups, stageGroups, endpoint, stage, cause, program, summary);
    }

    private AddressType endpoint(EndpointForm form) {
        return new AddressType(
                name,
                aliases,
                groups,
                stageGroups,
                Optional.of(form),
                stage,
                availability,
                program,
                summary);
    }

    private AddressType stage(StageForm form) {
        return new AddressType(
                name,
                aliases,
                groups,
                stageGroups,
                endpoint,
                Optional.of(form),
                availability,
                program,
                summary);
    }

    /** The same row, opening one endpoint. */
    public AddressType opens(Parameters parameters, Direction direction, Opener opener) {
        return endpoint(
                new EndpointForm(
                        parameters,
                        direction,
                        Optional.of(opener),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** The same row, listening for peers. */
    public AddressType listens(Parameters parameters, Direction direction, ListenerOpener opener) {
        return endpoint(
                new EndpointForm(
                        parameters,
                        direction,
                        Optional.empty(),
                        Optional.of(opener),
                        Optional.empty()));
    }

    /** The same row, being a stage over another endpoint. */
    public AddressType over(
            Parameters parameters, Direction direction, Composition.Composer composer) {
        return endpoint(
                new EndpointForm(
                        parameters,
                        direction,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(composer)));
    }

    /**
     * The same row, usable as a stage that needs these directions of the chain to its right in any
     * case.
     */
    public AddressType stage(
            Parameters parameters, Direction left, Direction right, StageOpener opener) {
        return stage(new StageForm(parameters, left, Optional.of(right), opener));
    }

    /**
     * The same row, usable as a stage through which bytes pass in these directions, or in some of
     * them.
     */
    public AddressType stage(Parameters parameters, Direction directions, StageOpener opener) {
        return stage(new StageForm(parameters, directions, Optional.empty(), opener));
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

    /** The names of the option groups that it accepts as a stage. */
    public List<String> stageGroups() {
        return stageGroups.orElse(groups);
    }

    /** Its form as an endpoint. */
    public Optional<EndpointForm> endpoint() {
        return endpoint;
    }

    /** Its form as a stage. */
    public Optional<StageForm> stage() {
        return stage;
    }

    /** Why it cannot work on this machine, or empty where it can. */
    public Optional<String> unavailabilityCause() {
        return availability.get();
    }

    /** Whether it {@linkplain #startsProgram() starts a program}. */
    public boolean isProgram() {
        return program;
    }

    /** One line for help and manual; may be empty. */
    public String summary() {
        return summary;
    }

    @Override
    public String toString() {
        return name;
    }

    /** A class rather than a lambda, which would cost every start. */
    private static final class Available implements Supplier<Optional<String>> {
        @Override
        public Optional<String> get() {
            return Optional.empty();
        }
    }
}
