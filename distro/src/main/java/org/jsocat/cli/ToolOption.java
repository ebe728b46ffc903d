package org.jsocat.cli;

import java.util.List;

/**
 * An option of a command other than socat: a row from which its help, its manual page and its
 * completion are made.
 *
 * @param name with its dashes
 * @param argument what its value is; empty if it takes none
 * @param description what it does
 */
record ToolOption(String name, String argument, String description) {
    private static final int COLUMN = 20;

    /** The option with its argument as it is written. */
    String usage() {
        if (argument.isEmpty()) {
            return name;
        }
        return name.startsWith("--") ? name + "=" + argument : name + " " + argument;
    }

    /** The help text of a command. */
    static String help(String command, String purpose, List<ToolOption> options) {
        StringBuilder out = new StringBuilder();
        out.append("usage: ").append(command).append(" [options]\n").append(purpose).append('\n');
        for (ToolOption option : options) {
            String usage = option.usage();
            out.append("  ").append(usage).repeat(' ', Math.max(1, COLUMN - usage.length()));
            out.append(option.description()).append('\n');
        }
        return out.toString();
    }
}
