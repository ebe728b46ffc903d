package org.jsocat.plugin.exec;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;

/** The option group SHELL. */
public final class ShellOptions implements OptionGroup {
    /** The path of the shell, in place of the variable SHELL. */
    static final Option<String> SHELL = Option.of("shell", OptionTypes.STRING, Phase.PREEXEC);

    private static final List<Option<?>> ROWS = List.of(SHELL);

    /** For {@link java.util.ServiceLoader}. */
    public ShellOptions() {}

    @Override
    public String name() {
        return "SHELL";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
