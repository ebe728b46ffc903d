package org.jsocat.plugin.generic;

import org.jsocat.plugin.inet.PeerRules;
import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.plugin.socket.StreamListener;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.OptionValueException;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.util.Optional;

/**
 * A listening socket that the program was started with, as systemd.socket(5) and inetd pass them.
 */
final class InheritedListener {
    private InheritedListener() {}

    /** Opens {@code ACCEPT-FD:fdnum}. */
    static Listener open(OpenContext context) {
        int number = number(context.parameters().getFirst());
        int result = Libc.fcntl(number, Linux.F_SETFD, Linux.FD_CLOEXEC);
        if (result < 0) {
            context.log()
                    .warn(
                            new PosixException(
                                            -result, "fcntl(" + number + ", F_SETFD, FD_CLOEXEC)")
                                    .getMessage());
        }
        context.log()
                .info(
                        "using file descriptor {} accepting a connection for {}",
                        number,
                        context.direction().purpose());
        SocketAddress local = SocketAddress.local(number);
        int type =
                (int)
                        PosixException.check(
                                Libc.getsockopt(number, Linux.SOL_SOCKET, Linux.SO_TYPE),
                                () -> "getsockopt(" + number + ", SOL_SOCKET, SO_TYPE)");
        int protocol =
                (int)
                        PosixException.check(
                                Libc.getsockopt(number, Linux.SOL_SOCKET, Linux.SO_PROTOCOL),
                                () -> "getsockopt(" + number + ", SOL_SOCKET, SO_PROTOCOL)");
        SocketKind kind = new SocketKind(local.family(), type, protocol);
        return StreamListener.on(
                context, new Fd(number), kind, PeerRules.of(context, local.family()));
    }

    private static int number(String text) {
        try {
            int number = OptionTypes.INT.parse(Optional.of(text));
            if (number >= 0) {
                return number;
            }
        } catch (OptionValueException notANumber) {
            // told below
        }
        throw AddressException.usage("error in FD number \"" + text + "\"");
    }
}
