package org.jsocat.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code socat}. */
public final class Socat {
    private Socat() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        return new CommandLine(CommandSpec.create().name("socat")).execute(args);
    }
}
