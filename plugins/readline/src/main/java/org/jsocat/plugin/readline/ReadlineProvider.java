package org.jsocat.plugin.readline;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;

import java.util.List;

/** The family's table of addresses. */
public final class ReadlineProvider implements AddressProvider {
    private static final List<AddressType> ROWS =
            List.of(
                    AddressType.named("READLINE")
                            .groups("FD", "READLINE", "TERMIOS")
                            .summary("edits lines on the terminal of standard input, with history")
                            .opens(
                                    Parameters.NONE,
                                    Direction.BOTH,
                                    context -> ReadlineOpening.open(context)));

    /** For {@link java.util.ServiceLoader}. */
    public ReadlineProvider() {}

    @Override
    public List<AddressType> addressTypes() {
        return ROWS;
    }

    @Override
    public List<String> features() {
        return List.of("READLINE");
    }
}
