package org.jsocat.cli;

import org.jsocat.core.Catalog;
import org.jsocat.spi.AddressType;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.util.ArrayList;
import java.util.List;

/** {@code jsocat addresses}: a line for each address that the plugins provide. */
@Command(
        name = "addresses",
        description = "Lists all addresses with their forms and the plugins that provide them.")
final class AddressesCommand implements Runnable {
    @ParentCommand Jsocat jsocat;

    @Spec CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this help and exit")
    boolean help;

    @Override
    public void run() {
        Catalog catalog = jsocat.plugins().catalog();
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"ADDRESS", "FORM", "ALIASES", "PLUGIN"});
        for (AddressType type : Tables.addresses(catalog)) {
            rows.add(
                    new String[] {
                        Tables.syntax(type),
                        Tables.formNames(type),
                        String.join(" ", type.aliases()),
                        catalog.address(type.name()).orElseThrow().plugin()
                    });
        }
        Columns.print(rows, spec.commandLine().getOut());
    }
}
