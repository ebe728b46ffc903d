package org.jsocat.cli;

import org.jsocat.core.plan.Catalog;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code jsocat options}: a line for each option, of all addresses or of one. */
@Command(name = "options", description = "Lists the options of an address, or all options.")
final class OptionsCommand extends CatalogCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "ADDRESS",
            description = "a keyword such as TCP-LISTEN")
    String keyword;

    @Override
    public Integer call() {
        Catalog catalog = catalog();
        Optional<Catalog.Entry> address = Optional.ofNullable(keyword).flatMap(catalog::address);
        if (keyword != null && address.isEmpty()) {
            spec.commandLine().getErr().println("jsocat: there is no address " + keyword);
            return ExitCode.SOFTWARE;
        }
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"OPTION", "TYPE", "PHASE", "GROUPS", "OTHER NAMES"});
        for (Tables.Row row : Tables.options(catalog)) {
            boolean wanted =
                    address.map(entry -> catalog.options(entry.type()).contains(row.option()))
                            .orElse(true);
            if (wanted) {
                rows.add(
                        new String[] {
                            row.usual(),
                            row.option().type().name(),
                            row.option().phase().name(),
                            String.join(",", row.groups()),
                            String.join(" ", row.others())
                        });
            }
        }
        Columns.print(rows, spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
