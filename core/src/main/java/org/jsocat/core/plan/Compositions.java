package org.jsocat.core.plan;

import org.jsocat.core.parse.Problem;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Composition;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns an address that is a stage over an endpoint into the chain that it stands for. */
final class Compositions {
    private final Catalog catalog;
    private final List<Problem> problems;

    /**
     * Compositions of a catalog.
     *
     * @param problems takes what is wrong
     */
    Compositions(Catalog catalog, List<Problem> problems) {
        this.catalog = catalog;
        this.problems = problems;
    }

    /** What the user wrote, and which options the row has taken. */
    private record Written(List<String> parameters, List<OptionValue<?>> left)
            implements Composition.Written {
        @Override
        public <T> Optional<T> option(Option<T> option) {
            Optional<T> value = Options.last(left, option);
            left.removeIf(given -> given.option() == option);
            return value;
        }
    }

    /**
     * The chain, or the endpoint itself where it is no composition.
     *
     * @param wanted the directions that are wanted of it
     * @param column where it stands
     * @return empty where there is a problem
     */
    Optional<Plan> expand(Plan.Address address, Direction wanted, int column) {
        AddressType.EndpointForm form = address.type().endpoint().orElseThrow();
        if (form.composer().isEmpty()) {
            return Optional.of(new Plan.Endpoint(address));
        }
        Written written = new Written(address.parameters(), new ArrayList<>(address.options()));
        Composition composition;
        try {
            composition = form.composer().get().compose(written);
        } catch (AddressException wrong) {
            return problem(column, wrong.getMessage());
        }
        Optional<Catalog.Entry> stage = part(address, composition.stage(), true, column);
        Optional<Catalog.Entry> endpoint = part(address, composition.endpoint(), false, column);
        if (stage.isEmpty() || endpoint.isEmpty()) {
            return Optional.empty();
        }
        List<OptionValue<?>> stages = new ArrayList<>(0);
        List<OptionValue<?>> endpoints = new ArrayList<>(0);
        for (OptionValue<?> value : written.left()) {
            (isForStage(value.option(), stage.get().type(), endpoint.get().type())
                            ? stages
                            : endpoints)
                    .add(value);
        }
        Plan.Address above = address.as(stage.get(), composition.stage().parameters(), stages);
        Plan.Address below =
                address.as(endpoint.get(), composition.endpoint().parameters(), endpoints);
        Direction needed = stage.get().type().stage().orElseThrow().needs(wanted, false);
        return expand(below, needed, column)
                .map(
                        rest ->
                                Plan.Chain.of(
                                        List.of(new Plan.Stage.Single(above, wanted)),
                                        rest,
                                        needed));
    }

    private boolean isForStage(Option<?> option, AddressType stage, AddressType endpoint) {
        return catalog.isIn(stage.stageGroups(), option)
                || (!catalog.isIn(endpoint.groups(), option) && catalog.isForAll(option));
    }

    private Optional<Catalog.Entry> part(
            Plan.Address address, Composition.Part part, boolean stage, int column) {
        Optional<Catalog.Entry> entry = catalog.address(part.keyword());
        boolean suits =
                entry.isPresent()
                        && (stage
                                ? entry.get().type().stage().isPresent()
                                : entry.get().type().endpoint().isPresent());
        if (!suits) {
            problem(
                    column,
                    address.keyword()
                            + " needs the address "
                            + part.keyword()
                            + ", which no plugin here provides"
                            + (stage ? " as a stage" : ""));
            return Optional.empty();
        }
        Optional<String> cause = entry.get().unavailabilityCause();
        if (cause.isPresent()) {
            problem(column, address.keyword() + " is not available here: " + cause.get());
            return Optional.empty();
        }
        return entry;
    }

    private Optional<Plan> problem(int column, String message) {
        problems.add(new Problem(column, message, ""));
        return Optional.empty();
    }
}
