package org.jsocat.plugin.exec;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;

/** The option group EXEC: how a program is found and named. */
public final class ExecOptions implements OptionGroup {
    /** Makes a shell a login shell: a dash is put before the program's name for itself. */
    static final Option<Boolean> DASH =
            Option.of("dash", OptionTypes.BOOL, Phase.PREEXEC).usually("login");

    /** The variable PATH, by which the program is looked up and which it gets. */
    static final Option<String> PATH = Option.of("path", OptionTypes.STRING, Phase.PREEXEC);

    private static final List<Option<?>> ROWS = List.of(DASH, PATH);

    /** For {@link java.util.ServiceLoader}. */
    public ExecOptions() {}

    @Override
    public String name() {
        return "EXEC";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
