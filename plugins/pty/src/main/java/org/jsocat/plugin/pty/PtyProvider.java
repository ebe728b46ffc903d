package org.jsocat.plugin.pty;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;

import java.util.List;

/** The family's table of addresses. */
public final class PtyProvider implements AddressProvider {
    private static final List<AddressType> ROWS =
            List.of(
                    AddressType.named("PTY")
                            .groups("FD", "NAMED", "TERMIOS", "PTY")
                            .summary("makes a pseudo terminal and plays the terminal")
                            .opens(
                                    Parameters.NONE,
                                    Direction.BOTH,
                                    context -> new PtyOpening(context).open()));

    /** For {@link java.util.ServiceLoader}. */
    public PtyProvider() {}

    @Override
    public List<AddressType> addressTypes() {
        return ROWS;
    }

    @Override
    public List<String> features() {
        return List.of("PTY", "TERMIOS");
    }
}
