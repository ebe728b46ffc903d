package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.core.plan.Catalog;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.junit.jupiter.api.Test;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What help lists is what the tables of all plugins of the distribution have, and all of it works.
 */
final class HelpIT {
    private static final Catalog CATALOG = catalog();

    /** The plugins of the image, in a layer above the modules that this test is made of. */
    private static Catalog catalog() {
        ModuleFinder finder = ModuleFinder.of(Path.of(System.getProperty("jsocat.modules")));
        List<String> plugins =
                finder.findAll().stream()
                        .map(module -> module.descriptor().name())
                        .filter(name -> name.startsWith("org.jsocat.plugin."))
                        .toList();
        assertThat(plugins).isNotEmpty();
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration =
                boot.configuration().resolve(ModuleFinder.of(), finder, plugins);
        ModuleLayer layer =
                boot.defineModulesWithOneLoader(configuration, HelpIT.class.getClassLoader());
        return new Catalog(
                ServiceLoader.load(layer, AddressProvider.class),
                ServiceLoader.load(layer, OptionGroup.class),
                Map.of());
    }

    private static List<String> entries(int level, String after) {
        String text = Help.text(CATALOG, level);
        return text.substring(text.indexOf(after) + after.length())
                .lines()
                .takeWhile(line -> !line.startsWith("   opts:"))
                .filter(line -> line.startsWith("      ") && line.contains("\t"))
                .map(String::strip)
                .toList();
    }

    private static String name(String line) {
        return line.split("[\t:\\[<(]", 2)[0];
    }

    private static List<Option<?>> options() {
        return CATALOG.groups().values().stream()
                .flatMap(List::stream)
                .map(OptionGroup::options)
                .<Option<?>>flatMap(List::stream)
                .toList();
    }

    @Test
    void everyAddressAndNothingElseIsListed() {
        TreeSet<String> listed = new TreeSet<>();
        entries(2, "   address-head:\n").forEach(line -> listed.add(name(line)));
        assertThat(listed).isEqualTo(new TreeSet<>(CATALOG.keywords().keySet()));
    }

    @Test
    void everyAddressCanBeOpenedOrIsAStage() {
        CATALOG.addresses()
                .forEach(
                        entry -> {
                            AddressType type = entry.type();
                            assertThat(type.endpoint().isPresent() || type.stage().isPresent())
                                    .as(type.name())
                                    .isTrue();
                        });
    }

    @Test
    void everyOptionAndNothingElseIsListed() {
        TreeSet<String> expected = new TreeSet<>();
        for (Option<?> option : options()) {
            expected.add(option.name());
            option.usualName().ifPresent(expected::add);
            expected.addAll(option.aliases());
        }
        List<String> listed = entries(2, "   opt:\n").stream().map(HelpIT::name).toList();
        assertThat(listed).isSorted().doesNotHaveDuplicates();
        assertThat(new TreeSet<>(listed)).isEqualTo(expected);
    }

    @Test
    void everyOptionIsListedOnceUnderItsUsualName() {
        List<String> listed = entries(1, "   opt:\n").stream().map(HelpIT::name).toList();
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        options().stream()
                                .map(option -> option.usualName().orElse(option.name()))
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void columnsAreThoseOfTheReference() {
        Map<String, String> lines =
                entries(2, "   opt:\n").stream()
                        .collect(Collectors.toMap(HelpIT::name, line -> line));
        assertThat(lines)
                .containsEntry("bind", "bind\t\tgroups=SOCKET\t\tphase=BIND\t\ttype=STRING")
                .containsEntry("chdir", "chdir\t\tgroups=(all)\t\t\tphase=INIT\t\ttype=STRING")
                .containsEntry("cd", "cd\t\tis an alias for chdir")
                .containsEntry(
                        "connect-timeout",
                        "connect-timeout\tgroups=SOCKET\t\tphase=PASTSOCKET\ttype=STRUCT-TIMEVAL");
        assertThat(Help.text(CATALOG, 0))
                .contains("\n      STDIO\t\t\t\t\tgroups=")
                .contains(
                        "\n"
                                + "      TCP-CONNECT:<host>:<port>\t\t"
                                + "\tgroups=FD,SOCKET,CHILD,RETRY,IP4,IP6,TCP\n")
                .doesNotContain("is an alias");
    }
}
