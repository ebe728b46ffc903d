package org.jsocat.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionValueException;
import org.slf4j.Logger;

/**
 * Turns an argument of the command line into a {@link Plan}: parses it, looks every keyword and option up, reads the
 * values, and collects all that is wrong. Opens nothing.
 */
final class Planner {
    private final Catalog catalog;
    private final boolean anyGroup;
    private final Logger log;
    private final AddressParser parser;

    /**
     * A planner.
     *
     * @param anyGroup whether options are taken whatever the address ({@code -g})
     */
    Planner(Catalog catalog, boolean anyGroup, Logger log) {
        this.catalog = catalog;
        this.anyGroup = anyGroup;
        this.log = log;
        parser = new AddressParser(new CatalogVocabulary(catalog));
    }

    /** A plan, or all that is wrong with the argument. */
    record Outcome(Optional<Plan> plan, List<Problem> problems) {}

    /** Plans one argument. */
    Outcome plan(String argument) {
        List<Problem> problems = new ArrayList<>(0);
        switch (parser.parse(argument)) {
            case Parsed.Failure failure -> {
                return new Outcome(Optional.empty(), failure.problems());
            }
            case Parsed.Success success -> {
                success.warnings().forEach(warning -> log.warn(warning.line()));
                Optional<Plan> plan = specification(success.specification(), problems);
                if (!problems.isEmpty()) {
                    problems.addAll(success.chainProblems());
                    return new Outcome(Optional.empty(), problems);
                }
                return new Outcome(plan, problems);
            }
        }
    }

    private Optional<Plan> specification(Specification specification, List<Problem> problems) {
        Optional<Plan> endpoint = endpoint(specification.endpoint(), problems);
        List<Plan.Stage> stages = new ArrayList<>();
        for (Element element : specification.stages()) {
            stage(element, problems).ifPresent(stages::add);
        }
        return stages.isEmpty() ? endpoint : endpoint.map(end -> new Plan.Chain(stages, end));
    }

    private Optional<Plan> endpoint(Element element, List<Problem> problems) {
        return switch (element) {
            case Element.Single single -> single(single, problems);
            case Element.Dual dual -> {
                Optional<Plan> read = single(dual.leftward(), problems);
                Optional<Plan> write = single(dual.rightward(), problems);
                yield read.isPresent() && write.isPresent()
                        ? Optional.of(new Plan.Dual(read.get(), write.get()))
                        : Optional.empty();
            }
        };
    }

    private Optional<Plan> single(Element.Single single, List<Problem> problems) {
        return address(single, false, problems).map(Plan.Endpoint::new);
    }

    private Optional<Plan.Stage> stage(Element element, List<Problem> problems) {
        return switch (element) {
            case Element.Single single -> address(single, true, problems).map(Plan.Stage.Single::new);
            case Element.Dual dual -> {
                Optional<Plan.Address> forth = address(dual.rightward(), true, problems);
                Optional<Plan.Address> back = address(dual.leftward(), true, problems);
                yield forth.isPresent() && back.isPresent()
                        ? Optional.of(new Plan.Stage.Dual(forth.get(), back.get()))
                        : Optional.empty();
            }
        };
    }

    private Optional<Plan.Address> address(Element.Single single, boolean stage, List<Problem> problems) {
        Address address = single.address();
        if (address.shorthand() != Shorthand.NONE && !address.shorthand().reading().isEmpty()) {
            log.debug(
                    "interpreting address \"{}\" as {}",
                    address.parameters().getFirst().value(),
                    address.shorthand().reading());
        }
        Optional<Catalog.Entry> entry = catalog.address(address.keyword());
        if (entry.isEmpty()) {
            problems.add(new Problem(
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
        AddressProvider provider = entry.get().provider();
        Optional<Parameters> form = stage
                ? type.stage().map(AddressType.StageForm::parameters)
                : type.endpoint().map(AddressType.EndpointForm::parameters);
        if (form.isEmpty()) {
            problems.add(new Problem(
                    address.column(),
                    type.name() + (stage ? " cannot be a stage of a chain" : " can only be a stage of a chain"),
                    stage ? "only the last element of a chain can be one" : "put | and another address behind it"));
            return Optional.empty();
        }
        int count = address.parameters().size();
        if (!form.get().accepts(count)) {
            problems.add(new Problem(
                    address.column(),
                    address.keyword() + ": wrong number of parameters (" + count + " instead of "
                            + expected(form.get(), count) + ")",
                    "usage: " + address.keyword() + form.get().syntax()));
        }
        List<OptionValue<?>> options = new ArrayList<>(address.options().size());
        for (AddressOption option : address.options()) {
            option(type, option, problems).ifPresent(options::add);
        }
        List<String> parameters = address.parameters().stream().map(Text::value).toList();
        return Optional.of(
                new Plan.Address(type, provider, text(address), parameters, options, single.reversed()));
    }

    private static int expected(Parameters form, int count) {
        return count < form.least() ? form.least() : form.most();
    }

    private Optional<OptionValue<?>> option(AddressType type, AddressOption given, List<Problem> problems) {
        String name = given.name().value();
        Optional<Option<?>> option = catalog.option(type, name);
        if (option.isEmpty()) {
            Optional<Option<?>> elsewhere = catalog.option(name);
            if (elsewhere.isPresent() && anyGroup) {
                option = elsewhere;
            } else if (elsewhere.isPresent()) {
                problems.add(new Problem(
                        given.column(),
                        "option \"" + name + "\" not supported with this address type",
                        type.name() + " takes the options of the groups " + String.join(", ", type.groups())));
                return Optional.empty();
            } else {
                problems.add(new Problem(
                        given.column(),
                        "unknown option \"" + name + "\"",
                        Suggestions.question(name, names(catalog.options(type)))));
                return Optional.empty();
            }
        }
        return value(option.get(), given, problems);
    }

    private <T> Optional<OptionValue<?>> value(Option<T> option, AddressOption given, List<Problem> problems) {
        try {
            T value = option.type().parse(given.value().map(Text::value));
            if (log.isDebugEnabled()) {
                log.debug("setting option \"{}\" to {}", option.name(), option.secret() ? "***" : shown(value));
            }
            return Optional.of(new OptionValue<>(option, value));
        } catch (OptionValueException wrong) {
            problems.add(new Problem(
                    given.column(), "option \"" + given.name().value() + "\": " + wrong.getMessage(), ""));
            return Optional.empty();
        }
    }

    private static Object shown(Object value) {
        return value instanceof String text ? "\"" + text + "\"" : value instanceof Boolean truth ? (truth ? 1 : 0) : value;
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
            boolean secret = given.value().isPresent()
                    && catalog.option(given.name().value()).map(Option::secret).orElse(false);
            if (secret) {
                Text value = given.value().get();
                int start = value.column() - address.column();
                text = text.substring(0, start) + "***" + text.substring(start + value.raw().length());
            }
        }
        return text;
    }
}
