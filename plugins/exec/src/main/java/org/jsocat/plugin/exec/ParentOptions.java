package org.jsocat.plugin.exec;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Linux;

import java.util.List;

/**
 * The option group PARENT: signals that are passed on to the program instead of ending this one.
 */
public final class ParentOptions implements OptionGroup {
    /**
     * An option and the signal that it is about.
     *
     * @param option the row
     * @param signal its number
     */
    record Passed(Option<Boolean> option, int signal) {}

    static final List<Passed> SIGNALS =
            List.of(
                    new Passed(row("sighup"), Linux.SIGHUP),
                    new Passed(row("sigint"), Linux.SIGINT),
                    new Passed(row("sigquit"), Linux.SIGQUIT));

    /** For {@link java.util.ServiceLoader}. */
    public ParentOptions() {}

    @Override
    public String name() {
        return "PARENT";
    }

    @Override
    public List<Option<?>> options() {
        return SIGNALS.stream().<Option<?>>map(Passed::option).toList();
    }

    private static Option<Boolean> row(String name) {
        return Option.of(name, OptionTypes.CONST, Phase.LATE);
    }
}
