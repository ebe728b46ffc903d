package org.jsocat.cli;

import org.jsocat.core.plan.Catalog;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the subcommands of {@code jsocat} that print something of the plugins' tables share. */
abstract class CatalogCommand {
    @ParentCommand Jsocat jsocat;

    @Spec CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this help and exit")
    boolean help;

    /** The addresses and options of all plugins. */
    final Catalog catalog() {
        return jsocat.plugins().catalog();
    }
}
