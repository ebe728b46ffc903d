package org.jsocat.spi;

import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Termios;

/**
 * Keeps the settings of a terminal that an address opens or inherits, so that it is left as it was
 * found: termios(3).
 *
 * @since 1.0
 */
public final class TerminalState {
    private TerminalState() {}

    /**
     * Remembers a terminal's settings and has them restored when the address has been closed or the
     * program ends, by a signal too. An opener calls it before it applies options. Nothing happens
     * where the descriptor is no terminal.
     *
     * @param context the address
     * @param fd the descriptor, which stays the opener's; it may be closed before the settings are
     *     restored
     */
    public static void keep(OpenContext context, Fd fd) {
        int number = fd.number();
        if (Libc.isatty(number) != 1) {
            return;
        }
        Termios found;
        Fd terminal;
        try {
            found = Termios.of(number);
            terminal = fd.duplicate();
        } catch (PosixException failure) {
            context.log()
                    .warn(
                            "cannot query current terminal settings on fd {}. {}",
                            number,
                            failure.getMessage());
            return;
        }
        context.afterClosing(
                () -> {
                    int result = found.apply(terminal.number(), Linux.TCSANOW);
                    if (result < 0) {
                        String failure =
                                new PosixException(
                                                -result, "tcsetattr(" + number + ", TCSANOW, ...)")
                                        .getMessage();
                        context.log()
                                .warn(
                                        "cannot restore terminal settings on fd {}: {}",
                                        number,
                                        failure);
                    }
                    terminal.close();
                });
    }
}
