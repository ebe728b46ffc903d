package org.jsocat.plugin.readline;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;

/** The option group READLINE; the opener reads these options. */
public final class ReadlineOptions implements OptionGroup {
    /** The file that history is read from at the start and written to at the end. */
    static final Option<String> HISTORY =
            Option.of("history-file", OptionTypes.FILE, Phase.LATE).usually("history");

    /**
     * The prompts behind which input is neither shown nor remembered: an extended regular
     * expression.
     */
    static final Option<String> NOECHO = Option.of("noecho", OptionTypes.STRING, Phase.LATE);

    /** Whether lines are edited without a prompt. */
    static final Option<Boolean> NOPROMPT = Option.of("noprompt", OptionTypes.BOOL, Phase.LATE);

    /** The prompt to show instead of the last unfinished line of output. */
    static final Option<String> PROMPT = Option.of("prompt", OptionTypes.STRING, Phase.LATE);

    private static final List<Option<?>> ROWS = List.of(HISTORY, NOECHO, NOPROMPT, PROMPT);

    /** For {@link java.util.ServiceLoader}. */
    public ReadlineOptions() {}

    @Override
    public String name() {
        return "READLINE";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
