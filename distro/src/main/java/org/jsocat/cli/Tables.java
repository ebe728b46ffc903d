package org.jsocat.cli;

import org.jsocat.core.plan.Catalog;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of the catalog in the words of the commands, the manual and completion. */
final class Tables {
    private Tables() {}

    /** All addresses by their canonical names. */
    static List<AddressType> addresses(Catalog catalog) {
        Map<String, AddressType> types = new TreeMap<>();
        catalog.addresses().forEach(entry -> types.put(entry.type().name(), entry.type()));
        return List.copyOf(types.values());
    }

    /** Keyword and parameters. */
    static String syntax(AddressType type) {
        String parameters =
                type.endpoint()
                        .map(AddressType.EndpointForm::parameters)
                        .or(() -> type.stage().map(AddressType.StageForm::parameters))
                        .map(AddressType.Parameters::syntax)
                        .orElse("");
        return type.name() + parameters;
    }

    /** How an address may be used: {@code read-write}, {@code read-only}, ..., {@code stage}. */
    static String formNames(AddressType type) {
        List<String> names = new ArrayList<>();
        type.endpoint()
                .ifPresent(
                        form ->
                                names.add(
                                        form.direction().text()
                                                + (form.listener().isPresent()
                                                        ? ", listens"
                                                        : "")));
        type.stage().ifPresent(form -> names.add("stage"));
        return String.join("; ", names);
    }

    /** An option and the names of the groups that it stands in. */
    record Row(Option<?> option, List<String> groups) {
        /** The name that people usually write. */
        String usual() {
            return option.usualName().orElse(option.name());
        }

        /** Its other names. */
        List<String> others() {
            List<String> others = new ArrayList<>(option.aliases());
            others.add(option.name());
            others.remove(usual());
            return others;
        }
    }

    /** All options by their usual names. */
    static List<Row> options(Catalog catalog) {
        IdentityHashMap<Option<?>, List<String>> groups = new IdentityHashMap<>();
        Map<String, Option<?>> names = new TreeMap<>();
        for (List<OptionGroup> tables : catalog.groups().values()) {
            for (OptionGroup table : tables) {
                for (Option<?> option : table.options()) {
                    List<String> of = groups.computeIfAbsent(option, key -> new ArrayList<>());
                    if (!of.contains(table.name())) {
                        of.add(table.name());
                    }
                    names.putIfAbsent(option.usualName().orElse(option.name()), option);
                }
            }
        }
        return names.values().stream()
                .map(option -> new Row(option, groups.get(option).stream().sorted().toList()))
                .toList();
    }
}
