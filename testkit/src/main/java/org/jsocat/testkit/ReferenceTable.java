package org.jsocat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rows that the reference program lists in its help ({@code socat -hhh}), as lines of values
 * separated by tabs, and their comparison with the tables of a plugin.
 *
 * @since 0.1
 */
public final class ReferenceTable {
    private final List<String[]> rows;

    private ReferenceTable(List<String[]> rows) {
        this.rows = rows;
    }

    /**
     * Reads a table.
     *
     * @param text the stream, which is closed
     */
    public static ReferenceTable read(InputStream text) {
        try (text) {
            String all = new String(text.readAllBytes(), StandardCharsets.UTF_8);
            return new ReferenceTable(
                    all.lines()
                            .filter(line -> !line.isBlank())
                            .map(line -> line.split("\t", -1))
                            .toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Fails unless the groups have exactly the options of this table: names, aliases, phase and
     * type. The columns are option, groups, phase, type, aliases.
     */
    public void requireOptions(List<? extends OptionGroup> groups) {
        for (OptionGroup group : groups) {
            TreeMap<String, String> wanted = new TreeMap<>();
            for (String[] row : rows) {
                if (Arrays.asList(row[1].split(",")).contains(group.name())) {
                    wanted.put(
                            row[0],
                            row[2] + " " + row[3] + " " + names(List.of(row[4].split(" "))));
                }
            }
            TreeMap<String, String> found = new TreeMap<>();
            for (Option<?> option : group.options()) {
                List<String> aliases = new ArrayList<>(option.aliases());
                option.usualName().ifPresent(aliases::add);
                found.put(
                        option.name(),
                        option.phase() + " " + option.type().name() + " " + names(aliases));
            }
            assertThat(found).as("options of group %s", group.name()).isEqualTo(wanted);
        }
    }

    /**
     * Fails unless the provider has exactly the addresses of this table: keywords, parameters,
     * groups. The columns are address, parameters, groups, aliases.
     */
    public void requireAddresses(AddressProvider provider) {
        TreeMap<String, String> wanted = new TreeMap<>();
        for (String[] row : rows) {
            wanted.put(
                    row[0],
                    row[1]
                            + " "
                            + names(List.of(row[2].split(",")))
                            + " "
                            + names(List.of(row[3].split(" "))));
        }
        TreeMap<String, String> found = new TreeMap<>();
        for (AddressType type : provider.addressTypes()) {
            // The reference has no stages, so what can only be one is no row of it.
            if (type.endpoint().isPresent()) {
                String syntax = type.endpoint().get().parameters().syntax();
                found.put(
                        type.name(),
                        syntax + " " + names(type.groups()) + " " + names(type.aliases()));
            }
        }
        assertThat(found).isEqualTo(wanted);
    }

    private static String names(List<String> names) {
        TreeSet<String> sorted = new TreeSet<>(names);
        sorted.remove("");
        return sorted.toString();
    }
}
