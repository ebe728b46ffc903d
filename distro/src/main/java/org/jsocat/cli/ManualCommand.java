package org.jsocat.cli;

import org.jsocat.core.plan.Catalog;
import org.jsocat.spi.AddressType;

import picocli.CommandLine.Command;

import java.io.PrintWriter;

/** {@code jsocat manual}: the tables of the manual, in Markdown. */
@Command(
        name = "manual",
        description = "Prints the manual's tables of addresses and options as Markdown.")
final class ManualCommand extends CatalogCommand implements Runnable {
    @Override
    public void run() {
        Catalog catalog = catalog();
        PrintWriter out = spec.commandLine().getOut();
        out.println("## Addresses");
        out.println();
        out.println("| address | form | other keywords | option groups | |");
        out.println("|---|---|---|---|---|");
        for (AddressType type : Tables.addresses(catalog)) {
            row(
                    out,
                    code(Tables.syntax(type)),
                    Tables.formNames(type),
                    code(String.join(" ", type.aliases())),
                    String.join(", ", type.groups()),
                    type.summary());
        }
        out.println();
        out.println("## Options");
        out.println();
        out.println("| option | value | phase | groups | other names | |");
        out.println("|---|---|---|---|---|---|");
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
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static void row(PrintWriter out, String... cells) {
        StringBuilder line = new StringBuilder("|");
        for (String cell : cells) {
            line.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        out.println(line);
    }
}
