package org.jsocat.cli.plugins;

import org.jsocat.core.plan.Catalog;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What is wrong with the tables of a plugin, seen beside those of all others. */
final class TableCheck {
    private final Plugin.Services services;
    private final Catalog catalog;
    private final List<String> objections = new ArrayList<>();

    private TableCheck(Plugin.Services services, Catalog catalog) {
        this.services = services;
        this.catalog = catalog;
    }

    /**
     * What its author has to mend, a line each.
     *
     * @param services of the plugin
     * @param catalog that it is part of
     */
    static List<String> objections(Plugin.Services services, Catalog catalog) {
        TableCheck check = new TableCheck(services, catalog);
        services.addresses().stream()
                .map(AddressProvider::addressTypes)
                .flatMap(List::stream)
                .forEach(check::groups);
        services.options().forEach(check::options);
        return check.objections;
    }

    /** What is wrong with a keyword, or empty text. */
    static String keyword(AddressType type) {
        return Stream.concat(Stream.of(type.name()), type.aliases().stream())
                .filter(name -> !name.equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .map(name -> "its keyword \"" + name + "\" is not in upper case")
                .orElse("");
    }

    private void groups(AddressType type) {
        TreeSet<String> wanted = new TreeSet<>(type.groups());
        wanted.addAll(type.stageGroups());
        wanted.removeAll(catalog.groups().keySet());
        for (String group : wanted) {
            objections.add(
                    "its address "
                            + type.name()
                            + " takes the options of a group "
                            + group
                            + ", which has no table in any plugin");
        }
    }

    private void options(OptionGroup group) {
        Map<String, OptionGroup> taken = new HashMap<>();
        catalog.groups().values().stream()
                .flatMap(List::stream)
                .filter(other -> !services.options().contains(other))
                .forEach(other -> names(other).forEach(name -> taken.put(name, other)));
        names(group)
                .filter(taken::containsKey)
                .distinct()
                .forEach(
                        name ->
                                objections.add(
                                        "its option \""
                                                + name
                                                + "\" of group "
                                                + group.name()
                                                + " is one of group "
                                                + taken.get(name).name()
                                                + " of plugin "
                                                + Catalog.pluginOf(taken.get(name))));
    }

    private static Stream<String> names(OptionGroup group) {
        return group.options().stream().flatMap(TableCheck::names);
    }

    private static Stream<String> names(Option<?> option) {
        return Stream.concat(
                Stream.concat(Stream.of(option.name()), option.usualName().stream()),
                option.aliases().stream());
    }
}
