package org.jsocat.plugin.unix;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;
import java.util.Optional;

/**
 * The option group UNIX.
 *
 * @since 1.0
 */
public final class UnixOptions implements OptionGroup {
    /** Binds a client to a name of its own, made from a pattern with {@code XXXXXX}. */
    public static final Option<Optional<String>> BIND_TEMPNAME =
            Option.of("unix-bind-tempname", OptionTypes.STRING_NULL, Phase.PREOPEN)
                    .usually("bind-tempname");

    /**
     * Whether the length of an address ends after its name, which is usual; else it is that of the
     * whole struct. It acts on nothing: where a descriptor was opened by others there is no address
     * left to write.
     */
    public static final Option<Boolean> TIGHT_LENGTH =
            Option.of(
                            "unix-tightsocklen",
                            OptionTypes.BOOL,
                            Phase.PREBIND,
                            (context, target, tight) -> {})
                    .usually("tightsocklen");

    private static final List<Option<?>> ROWS = List.of(BIND_TEMPNAME, TIGHT_LENGTH);

    /** For {@link java.util.ServiceLoader}. */
    public UnixOptions() {}

    @Override
    public String name() {
        return "UNIX";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
