package org.jsocat.plugin.serial;

import org.jsocat.spi.BlockingStreams;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Termios;

/** Opens SERIAL. */
final class SerialOpening {
    private static final int EIGHT_BITS = 8;
    private static final int ONE_STOP_BIT = 1;

    private SerialOpening() {}

    static Endpoint open(OpenContext context) {
        String device = context.parameters().getFirst();
        context.apply(Phase.EARLY, OptionTarget.NONE);
        SerialPortAccess access;
        Termios configured;
        // A descriptor of our own tells why a device cannot be opened, and takes the options of
        // group TERMIOS.
        try (Fd terminal = Fd.open(device, Linux.O_RDWR | Linux.O_NOCTTY | Linux.O_NONBLOCK, 0)) {
            Termios found = Termios.of(terminal.number());
            access = SerialPortAccess.open(device, line(context, found));
            context.afterClosing(() -> restore(device, found));
            try {
                OptionTarget target = OptionTarget.of(terminal);
                for (Phase phase :
                        new Phase[] {Phase.FD, Phase.LATE, Phase.LATE2, Phase.PASTEXEC}) {
                    context.apply(phase, target);
                }
                configured = Termios.of(terminal.number());
            } catch (RuntimeException failure) {
                access.close();
                throw failure;
            }
        }
        context.log().info("opened serial port \"{}\"", device);
        SerialLine line = new SerialLine(context, access, configured);
        return BlockingStreams.onPlatformThreads(context, line.input(), line.output());
    }

    private static SerialPortAccess.Line line(OpenContext context, Termios found) {
        return new SerialPortAccess.Line(
                context.option(SerialOptions.BAUD).map(Long::intValue).orElse(found.outputSpeed()),
                context.option(SerialOptions.DATA_BITS).orElse(EIGHT_BITS),
                context.option(SerialOptions.STOP_BITS).orElse(ONE_STOP_BIT),
                context.option(SerialOptions.PARITY).orElse(0),
                context.option(SerialOptions.FLOW).orElse(0),
                context.option(SerialOptions.DTR),
                context.option(SerialOptions.RTS));
    }

    /**
     * By its name: a descriptor kept open would keep a vanished device from coming back under the
     * same name.
     */
    private static void restore(String device, Termios found) {
        try (Fd terminal = Fd.open(device, Linux.O_RDWR | Linux.O_NOCTTY | Linux.O_NONBLOCK, 0)) {
            found.apply(terminal.number(), Linux.TCSANOW);
        } catch (PosixException gone) {
            // The device is not there any more, and its settings with it.
        }
    }
}
