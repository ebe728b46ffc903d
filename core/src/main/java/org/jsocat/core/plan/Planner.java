package org.jsocat.core.plan;

import org.jsocat.core.parse.Address;
import org.jsocat.core.parse.AddressOption;
import org.jsocat.core.parse.AddressParser;
import org.jsocat.core.parse.Element;
import org.jsocat.core.parse.Parsed;
import org.jsocat.core.parse.Problem;
import org.jsocat.core.parse.Shorthand;
import org.jsocat.core.parse.Specification;
import org.jsocat.core.parse.Suggestions;
import org.jsocat.core.parse.Text;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionValueException;
import org.slf4j.Logger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Turns an argument of the command line into a {@link Plan}: parses it, looks every keyword and
 * option up, reads the values, and collects all that is wrong. Opens nothing.
 */
public final class Planner {
    private final Catalog catalog;
    private final boolean anyGroup;
    private final Logger log;
    private final AddressParser parser;

    /**
     * A planner.
     *
     * @param anyGroup whether options are taken whatever the address ({@code -g})
     */
    public Planner(Catalog catalog, boolean anyGroup, Logger log) {
        this.catalog = catalog;
        this.anyGroup = anyGroup;
        this.log = log;
        parser = new AddressParser(new CatalogVocabulary(catalog));
    }

    /** A plan, or all that is wrong with the argument. */
    public record Outcome(Optional<Plan> plan, List<Problem> problems) {}

    /**
     * Plans one argument.
     *
     * @param wanted the directions in which the relay uses it
     */
    public Outcome plan(String argument, Direction wanted) {
        Parsed parsed = parser.parse(argument);
        // No switch over the patterns: on a cold start it costs more than all the rest of this
        // class.
        if (parsed instanceof Parsed.Failure failure) {
            return new Outcome(Optional.empty(), failure.problems());
        }
        Parsed.Success success = (Parsed.Success) parsed;
        for (Problem warning : success.warnings()) {
            log.warn(warning.line());
        }
        List<Problem> problems = new ArrayList<>(0);
        Optional<Plan> plan = specification(success.specification(), wanted, problems);
        if (problems.isEmpty()) {
            return new Outcome(plan, problems);
        }
        problems.addAll(success.chainProblems());
        problems.sort(Comparator.comparingInt(Problem::column));
        return new Outcome(Optional.empty(), problems);
    }

    private Optional<Plan> specification(
            Specification specification, Direction wanted, List<Problem> problems) {
        ChainDirections directions = new ChainDirections(wanted, problems);
        List<Plan.Stage> stages = new ArrayList<>(0);
        for (Element element : specification.stages()) {
            Optional<Plan.Stage> stage = stage(element, directions, problems);
            if (stage.isPresent()) {
                stages.add(stage.get());
            } else {
                directions.lost();
            }
        }
        Optional<Plan> endpoint = endpoint(specification.endpoint(), directions.wanted(), problems);
        if (specification.elements().size() == 1 || endpoint.isEmpty()) {
            return endpoint;
        }
        directions.endpoint(endpoint.get(), specification.endpoint().column());
        return Optional.of(Plan.Chain.of(stages, endpoint.get(), directions.wanted()));
    }

    private Optional<Plan> endpoint(Element element, Direction wanted, List<Problem> problems) {
        if (element instanceof Element.Single single) {
            return single(single, wanted, problems);
        }
        Element.Dual dual = (Element.Dual) element;
        Optional<Plan> read = half(dual.leftward(), Direction.READ, problems);
        Optional<Plan> write = half(dual.rightward(), Direction.WRITE, problems);
        return read.isPresent() && write.isPresent()
                ? Optional.of(new Plan.Dual(read.get(), write.get()))
                : Optional.empty();
    }

    private Optional<Plan> half(Element.Single single, Direction wanted, List<Problem> problems) {
        Optional<Plan> plan = single(single, wanted, problems);
        if (plan.isPresent() && plan.get().forks()) {
            problems.add(
                    new Problem(
                            single.column(),
                            "option \"fork\" has no effect on one half of a dual address",
                            "it may stand on an address that is used both ways"));
        }
        return plan;
    }

    private Optional<Plan> single(Element.Single single, Direction wanted, List<Problem> problems) {
        if (single.reversed()) {
            problems.add(
                    new Problem(
                            single.column(),
                            "\"^\" before the endpoint "
                                    + single.address().keyword()
                                    + ", which has no sides to swap",
                            "it may stand before a stage"));
        }
        Optional<Plan.Address> address = address(single, false, problems);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        AddressType.EndpointForm form = address.get().type().endpoint().orElseThrow();
        if (form.composer().isEmpty()) {
            return Optional.of(new Plan.Endpoint(address.get()));
        }
        return problems.isEmpty()
                ? new Compositions(catalog, problems).expand(address.get(), wanted, single.column())
                : Optional.empty();
    }

    private Optional<Plan.Stage> stage(
            Element element, ChainDirections directions, List<Problem> problems) {
        if (element instanceof Element.Single single) {
            Optional<Plan.Address> address = address(single, true, problems);
            return address.map(
                    stage -> {
                        Direction direction = directions.wanted();
                        directions.stage(stage, single.column());
                        return new Plan.Stage.Single(stage, direction);
                    });
        }
        Element.Dual dual = (Element.Dual) element;
        Optional<Plan.Address> forth = address(dual.rightward(), true, problems);
        Optional<Plan.Address> back = address(dual.leftward(), true, problems);
        if (forth.isEmpty() || back.isEmpty()) {
            return Optional.empty();
        }
        directions.dual(
                forth.get(), dual.rightward().column(), back.get(), dual.leftward().column());
        return Optional.of(new Plan.Stage.Dual(forth.get(), back.get()));
    }

    private Optional<Plan.Address> address(
            Element.Single single, boolean stage, List<Problem> problems) {
        Address address = single.address();
        if (address.shorthand() != Shorthand.NONE && !address.shorthand().reading().isEmpty()) {
            log.debug(
                    "interpreting address \"{}\" as {}",
                    address.parameters().getFirst().value(),
                    address.shorthand().reading());
        }
        Optional<Catalog.Entry> entry = catalog.address(address.keyword());
        if (entry.isEmpty()) {
            problems.add(
                    new Problem(
                            address.column(),
                            "unknown device/address \"" + address.keyword() + "\"",
                            Suggestions.question(address.keyword(), catalog.keywords().keySet())));
            return Optional.empty();
        }
        Optional<String> conflict = catalog.conflict(address.keyword());
        if (conflict.isPresent()) {
            problems.add(
                    new Problem(
                            address.column(),
                            conflict.get(),
                            "disable one of them or prefer one: jsocat plugins prefer"));
            return Optional.empty();
        }
        AddressType type = entry.get().type();
        Optional<String> unavailable = entry.get().unavailabilityCause();
        if (unavailable.isPresent()) {
            problems.add(
                    new Problem(
                            address.column(),
                            type.name() + " is not available here: " + unavailable.get(),
                            ""));
            return Optional.empty();
        }
        Optional<Parameters> form =
                stage
                        ? type.stage().map(AddressType.StageForm::parameters)
                        : type.endpoint().map(AddressType.EndpointForm::parameters);
        if (form.isEmpty()) {
            problems.add(
                    new Problem(
                            address.column(),
                            type.name()
                                    + (stage
                                            ? " cannot be a stage of a chain"
                                            : " can only be a stage of a chain"),
                            stage
                                    ? "only the last element of a chain can be one"
                                    : "put | and another address behind it"));
            return Optional.empty();
        }
        int count = address.parameters().size();
        if (!form.get().accepts(count)) {
            problems.add(
                    new Problem(
                            address.column(),
                            address.keyword()
                                    + ": wrong number of parameters ("
                                    + count
                                    + " instead of "
                                    + expected(form.get(), count)
                                    + ")",
                            "usage: " + address.keyword() + form.get().syntax()));
        }
        List<OptionValue<?>> options = new ArrayList<>(address.options().size());
        for (AddressOption given : address.options()) {
            Optional<OptionValue<?>> option =
                    option(type, stage ? type.stageGroups() : type.groups(), given, problems);
            if (option.isPresent()) {
                options.add(option.get());
            }
        }
        List<String> parameters = new ArrayList<>(count);
        for (Text parameter : address.parameters()) {
            parameters.add(parameter.value());
        }
        return Optional.of(
                new Plan.Address(
                        type,
                        type.name(),
                        entry.get().provider(),
                        text(address),
                        parameters,
                        options,
                        single.reversed()));
    }

    private static int expected(Parameters form, int count) {
        return count < form.least() ? form.least() : form.most();
    }

    private Optional<OptionValue<?>> option(
            AddressType type, List<String> groups, AddressOption given, List<Problem> problems) {
        String name = given.name().value();
        Optional<Option<?>> option = catalog.option(groups, name);
        if (option.isEmpty()) {
            Optional<Option<?>> elsewhere = catalog.option(name);
            if (elsewhere.isPresent() && anyGroup) {
                option = elsewhere;
            } else if (elsewhere.isPresent()) {
                problems.add(
                        new Problem(
                                given.column(),
                                "option \"" + name + "\" not supported with this address type",
                                type.name()
                                        + " takes the options of the groups "
                                        + String.join(", ", groups)));
                return Optional.empty();
            } else if (catalog.isElsewhere(name)) {
                problems.add(
                        new Problem(
                                given.column(),
                                "option \"" + name + "\" is known, but not on this system",
                                ""));
                return Optional.empty();
            } else {
                problems.add(
                        new Problem(
                                given.column(),
                                "unknown option \"" + name + "\"",
                                Suggestions.question(name, names(catalog.options(groups)))));
                return Optional.empty();
            }
        }
        return value(option.get(), given, problems);
    }

    private <T> Optional<OptionValue<?>> value(
            Option<T> option, AddressOption given, List<Problem> problems) {
        try {
            T value = option.type().parse(given.value().map(Text::value));
            OptionValue<T> set = new OptionValue<>(option, value);
            if (log.isDebugEnabled()) {
                log.debug("setting option {}", set.text());
            }
            return Optional.of(set);
        } catch (OptionValueException wrong) {
            problems.add(
                    new Problem(
                            given.column(),
                            "option \"" + given.name().value() + "\": " + wrong.getMessage(),
                            ""));
            return Optional.empty();
        }
    }

    private static List<String> names(List<Option<?>> options) {
        List<String> names = new ArrayList<>();
        for (Option<?> option : options) {
            names.add(option.name());
            option.usualName().ifPresent(names::add);
            names.addAll(option.aliases());
        }
        return names;
    }

    /** The address as written, but with the values of secret options left out. */
    private String text(Address address) {
        String text = address.source();
        for (int i = address.options().size() - 1; i >= 0; i--) {
            AddressOption given = address.options().get(i);
            boolean secret =
                    given.value().isPresent()
                            && catalog.option(given.name().value())
                                    .map(Option::secret)
                                    .orElse(false);
            if (secret) {
                Text value = given.value().get();
                int start = value.column() - address.column();
                text =
                        text.substring(0, start)
                                + "***"
                                + text.substring(start + value.raw().length());
            }
        }
        return text;
    }
}
