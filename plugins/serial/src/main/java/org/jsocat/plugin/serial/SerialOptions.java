package org.jsocat.plugin.serial;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;

import java.util.List;
import java.util.Map;

/**
 * The option group SERIAL: the line and the modem. The opener reads these options; the options of
 * group TERMIOS are applied after them.
 */
public final class SerialOptions implements OptionGroup {
    // The numbers are jSerialComm's (SerialPort.NO_PARITY and so on), whose classes a table must
    // not load.
    private static final int RTS_CTS = 0x11;
    private static final int DTR_DSR = 0x1100;
    private static final int XON_XOFF = 0x110000;

    /** Bits per second. */
    static final Option<Long> BAUD = Option.of("baud", OptionTypes.UNSIGNED_INT, Phase.FD);

    /** Bits per character. */
    static final Option<Integer> DATA_BITS =
            Option.of("databits", new Choice(Map.of("5", 5, "6", 6, "7", 7, "8", 8)), Phase.FD);

    /** Stop bits per character. */
    static final Option<Integer> STOP_BITS =
            Option.of("stopbits", new Choice(Map.of("1", 1, "1.5", 2, "2", 3)), Phase.FD);

    /** The parity bit. */
    static final Option<Integer> PARITY =
            Option.of(
                    "parity",
                    new Choice(Map.of("none", 0, "odd", 1, "even", 2, "mark", 3, "space", 4)),
                    Phase.FD);

    /** Flow control. */
    static final Option<Integer> FLOW =
            Option.of(
                    "flow",
                    new Choice(
                            Map.of(
                                    "none", 0, "rtscts", RTS_CTS, "dtrdsr", DTR_DSR, "xonxoff",
                                    XON_XOFF)),
                    Phase.FD);

    /** The line "data terminal ready". */
    static final Option<Boolean> DTR = Option.of("dtr", OptionTypes.BOOL, Phase.FD);

    /** The line "request to send". */
    static final Option<Boolean> RTS = Option.of("rts", OptionTypes.BOOL, Phase.FD);

    private static final List<Option<?>> ROWS =
            List.of(BAUD, DATA_BITS, DTR, FLOW, PARITY, RTS, STOP_BITS);

    /** For {@link java.util.ServiceLoader}. */
    public SerialOptions() {}

    @Override
    public String name() {
        return "SERIAL";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }
}
