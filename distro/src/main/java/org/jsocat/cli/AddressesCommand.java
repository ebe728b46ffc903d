package org.jsocat.cli;

import org.jsocat.core.plan.Catalog;
import org.jsocat.spi.AddressType;

import picocli.CommandLine.Command;

import java.util.ArrayList;
import java.util.List;

/** {@code jsocat addresses}: a line for each address that the plugins provide. */
@Command(
        name = "addresses",
        description = "Lists all addresses with their forms and the plugins that provide them.")
final class AddressesCommand extends CatalogCommand implements Runnable {
    @Override
    public void run() {
        Catalog catalog = catalog();
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
