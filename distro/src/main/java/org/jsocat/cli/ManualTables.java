package org.jsocat.cli;

import org.jsocat.core.plan.Catalog;
import org.jsocat.spi.AddressType;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The manual's parts that are made from the tables, in Markdown. */
final class ManualTables {
    private ManualTables() {}

    /** Options of a command. */
    static String switches(List<ToolOption> rows) {
        StringBuilder out = new StringBuilder();
        for (ToolOption row : rows) {
            out.append("- `").append(row.usage()).append("`: ");
            out.append(row.description()).append('\n');
        }
        return out.toString();
    }

    /** All addresses with what they are and their groups. */
    static String addresses(Catalog catalog) {
        StringBuilder out = new StringBuilder();
        for (AddressType type : Tables.addresses(catalog)) {
            out.append("- `").append(Tables.syntax(type)).append("`: ");
            out.append(type.summary()).append(" (").append(Tables.formNames(type)).append(").");
            if (!type.aliases().isEmpty()) {
                out.append(" Also `").append(String.join("`, `", type.aliases())).append("`.");
            }
            out.append(" Option groups: ").append(String.join(", ", type.groups())).append(".\n");
        }
        return out.toString();
    }

    /** All options by group. */
    static String options(Catalog catalog) {
        Map<String, StringBuilder> groups = new TreeMap<>();
        for (Tables.Row row : Tables.options(catalog)) {
            for (String group : row.groups()) {
                option(groups.computeIfAbsent(group, name -> new StringBuilder()), row);
            }
        }
        StringBuilder out = new StringBuilder();
        groups.forEach(
                (group, rows) ->
                        out.append("## Group ")
                                .append(group)
                                .append("\n\n")
                                .append(rows)
                                .append('\n'));
        return out.toString();
    }

    private static void option(StringBuilder out, Tables.Row row) {
        out.append("- `").append(row.usual()).append("`: ");
        if (!row.option().summary().isEmpty()) {
            out.append(row.option().summary()).append("; ");
        }
        out.append("type ").append(row.option().type().name());
        out.append(", phase ").append(row.option().phase().name());
        if (!row.others().isEmpty()) {
            out.append("; also `").append(String.join("`, `", row.others())).append('`');
        }
        out.append('\n');
    }

    /** Both tables as one text. */
    static String all(Catalog catalog) {
        StringBuilder out = new StringBuilder();
        out.append("## Addresses\n\n");
        out.append(
                "| address | form | other keywords | option groups | |\n|---|---|---|---|---|\n");
        for (AddressType type : Tables.addresses(catalog)) {
            row(
                    out,
                    code(Tables.syntax(type)),
                    Tables.formNames(type),
                    code(String.join(" ", type.aliases())),
                    String.join(", ", type.groups()),
                    type.summary());
        }
        out.append("\n## Options\n\n");
        out.append("| option | value | phase | groups | other names | |\n");
        out.append("|---|---|---|---|---|---|\n");
        for (Tables.Row row : Tables.options(catalog)) {
            row(
                    out,
                    code(row.usual()),
                    row.option().type().name(),
                    row.option().phase().name(),
                    String.join(", ", row.groups()),
                    code(String.join(" ", row.others())),
                    row.option().summary());
        }
        return out.toString();
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static void row(StringBuilder out, String... cells) {
        out.append('|');
        for (String cell : cells) {
            out.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        out.append('\n');
    }
}
