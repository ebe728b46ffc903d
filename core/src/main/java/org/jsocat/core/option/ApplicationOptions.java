package org.jsocat.core.option;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;

/**
 * The option group APPL: what the transfer does with the bytes of an address, and lock files around
 * it.
 */
public final class ApplicationOptions implements OptionGroup {
    public static final Option<Boolean> IGNORE_EOF =
            Option.of("ignoreeof", OptionTypes.BOOL, Phase.LATE).alias("ignoreof");
    public static final Option<Boolean> CR = Option.of("cr", OptionTypes.CONST, Phase.LATE);
    public static final Option<Boolean> CRNL =
            Option.of("crnl", OptionTypes.CONST, Phase.LATE).alias("crlf");
    public static final Option<Long> READ_BYTES =
            Option.of("readbytes", OptionTypes.SIZE_T, Phase.LATE).usually("bytes");
    public static final Option<Integer> ESCAPE = Option.of("escape", OptionTypes.INT, Phase.INIT);
    public static final Option<Boolean> TAP =
            Option.of("tap", OptionTypes.BOOL, Phase.LATE)
                    .summary("-v, -x, -r and -R look at what passes to the left of this element");
    public static final Option<String> LOCK_FILE =
            Option.of(
                    "lockfile",
                    OptionTypes.FILE,
                    Phase.INIT,
                    (context, target, path) -> LockFile.onOpening(context, path, false));
    public static final Option<String> WAIT_LOCK =
            Option.of(
                    "waitlock",
                    OptionTypes.FILE,
                    Phase.INIT,
                    (context, target, path) -> LockFile.onOpening(context, path, true));

    private static final List<Option<?>> ROWS =
            List.of(CR, CRNL, ESCAPE, IGNORE_EOF, LOCK_FILE, READ_BYTES, TAP, WAIT_LOCK);

    /** For {@link java.util.ServiceLoader}. */
    public ApplicationOptions() {}

    @Override
    public String name() {
        return "APPL";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    @Override
    public boolean appliesToAll() {
        return true;
    }
}
