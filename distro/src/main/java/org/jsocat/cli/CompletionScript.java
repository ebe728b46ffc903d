package org.jsocat.cli;

import org.jsocat.core.plan.Catalog;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;

import picocli.CommandLine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The scripts that complete command lines: one for each shell, the same tables in all of them. An
 * address is followed by the names of its groups, a group by every name of its options.
 */
final class CompletionScript {
    /** The shells that there are scripts for. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    private final Catalog catalog;
    private final CommandLine jsocat;

    CompletionScript(Catalog catalog, CommandLine jsocat) {
        this.catalog = catalog;
        this.jsocat = jsocat;
    }

    String text(Shell shell) {
        return read("completion." + shell).replace("{{tables}}\n", tables(shell == Shell.fish));
    }

    private String tables(boolean fish) {
        StringBuilder out = new StringBuilder();
        variable(out, fish, "addresses", String.join(" ", keywords()));
        switches().forEach((name, words) -> variable(out, fish, "switches_" + name, words));
        Map<String, Set<String>> groups = groups();
        groups.forEach(
                (name, options) -> variable(out, fish, "group_" + name, String.join(" ", options)));
        Map<String, String> cases = new LinkedHashMap<>();
        for (AddressType type : Tables.addresses(catalog)) {
            List<String> names = new ArrayList<>(List.of(type.name()));
            names.addAll(type.aliases());
            cases.put(String.join("|", names), String.join(" ", groupsOf(type, groups)));
        }
        function(out, fish, "groups", cases);
        function(out, fish, "subcommands", subcommands());
        return out.toString();
    }

    private static void variable(StringBuilder out, boolean fish, String name, String words) {
        out.append(fish ? "set -g __jsocat_" : "_jsocat_").append(name);
        out.append(fish ? " '" : "='").append(words).append("'\n");
    }

    /** A function that prints the words of the case that its argument is. */
    private static void function(
            StringBuilder out, boolean fish, String name, Map<String, String> cases) {
        out.append(fish ? "function __jsocat_" + name : "_jsocat_" + name + "() {").append('\n');
        out.append(fish ? "    switch \"$argv[1]\"\n" : "    case ${1-} in\n");
        cases.forEach(
                (names, words) -> {
                    if (fish) {
                        String patterns = names.replace("|", " ");
                        out.append("        case ").append(patterns.isEmpty() ? "''" : patterns);
                        out.append("\n            echo '").append(words).append("'\n");
                    } else {
                        out.append("        ").append(names.isEmpty() ? "''" : names);
                        out.append(") echo '").append(words).append("' ;;\n");
                    }
                });
        out.append(fish ? "    end\nend\n" : "    esac\n}\n");
    }

    private Set<String> keywords() {
        Set<String> keywords = new TreeSet<>();
        catalog.keywords()
                .keySet()
                .forEach(keyword -> keywords.add(keyword.toUpperCase(Locale.ROOT)));
        return keywords;
    }

    private Map<String, String> switches() {
        Map<String, String> switches = new TreeMap<>();
        switches.put("socat", String.join(" ", SocatOptions.names()));
        switches.put("filan", names(FilanOptions.ROWS));
        switches.put("procan", names(Procan.ROWS));
        switches.put(
                "jsocat",
                String.join(" ", new TreeSet<>(jsocat.getCommandSpec().optionsMap().keySet())));
        return switches;
    }

    private static String names(List<ToolOption> rows) {
        return String.join(" ", rows.stream().map(ToolOption::name).toList());
    }

    /** Every name of every option, by group. */
    private Map<String, Set<String>> groups() {
        Map<String, Set<String>> groups = new TreeMap<>();
        for (List<OptionGroup> tables : catalog.groups().values()) {
            for (OptionGroup table : tables) {
                Set<String> names =
                        groups.computeIfAbsent(word(table.name()), name -> new TreeSet<>());
                table.options().forEach(option -> addNames(names, option));
            }
        }
        return groups;
    }

    private static void addNames(Set<String> names, Option<?> option) {
        names.add(option.name());
        option.usualName().ifPresent(names::add);
        names.addAll(option.aliases());
    }

    /** The groups all of whose options an address has. */
    private List<String> groupsOf(AddressType type, Map<String, Set<String>> groups) {
        Set<String> names = new HashSet<>();
        catalog.options(type).forEach(option -> addNames(names, option));
        return groups.keySet().stream()
                .filter(group -> names.containsAll(groups.get(group)))
                .toList();
    }

    /** A group's name as part of a variable's. */
    private static String word(String group) {
        return group.replaceAll("[^A-Za-z0-9]", "");
    }

    /** Subcommands under no name, and what may follow each of them under its name. */
    private Map<String, String> subcommands() {
        Map<String, String> cases = new LinkedHashMap<>();
        cases.put("", String.join(" ", new TreeSet<>(jsocat.getSubcommands().keySet())));
        jsocat.getSubcommands()
                .forEach(
                        (name, command) -> {
                            Set<String> words = new TreeSet<>(command.getSubcommands().keySet());
                            words.addAll(command.getCommandSpec().optionsMap().keySet());
                            if (name.equals("completion")) {
                                words.addAll(List.of("bash", "zsh", "fish"));
                            }
                            cases.put(name, String.join(" ", words));
                        });
        return cases;
    }

    private static String read(String name) {
        try (InputStream file = CompletionScript.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
