package org.jsocat.plugin.serial;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;

import java.util.List;

/** The family's table of addresses. */
public final class SerialProvider implements AddressProvider {
    private static final List<AddressType> ROWS =
            List.of(
                    AddressType.named("SERIAL")
                            .groups("SERIAL", "TERMIOS", "RETRY")
                            .summary(
                                    "opens a serial port; with retry it waits for a device that is"
                                            + " unplugged to come back")
                            .opens(
                                    Parameters.text(":<device>"),
                                    Direction.BOTH,
                                    context -> SerialOpening.open(context)));

    /** For {@link java.util.ServiceLoader}. */
    public SerialProvider() {}

    @Override
    public List<AddressType> addressTypes() {
        return ROWS;
    }
}
