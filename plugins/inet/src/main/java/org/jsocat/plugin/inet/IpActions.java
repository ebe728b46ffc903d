package org.jsocat.plugin.inet;

import org.jsocat.plugin.socket.SocketActions;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

import java.util.Arrays;

/** What rows of the IP groups do where a level and a name do not say it all. */
final class IpActions {
    private static final int IP_OPTIONS_ROOM = 256;

    private IpActions() {}

    /** IP_OPTIONS: appends to what is set already. */
    static void appendIpOptions(OpenContext context, OptionTarget target, byte[] value) {
        if (target instanceof OptionTarget.Descriptor(Fd socket)) {
            byte[] all = new byte[IP_OPTIONS_ROOM];
            int length =
                    PosixException.check(
                            Libc.getsockopt(socket.number(), Linux.SOL_IP, Linux.IP_OPTIONS, all),
                            () ->
                                    "getsockopt("
                                            + socket.number()
                                            + ", 0, 4, , {"
                                            + all.length
                                            + "})");
            int added = Math.min(value.length, all.length - length);
            System.arraycopy(value, 0, all, length, added);
            SocketActions.set(
                    target,
                    Linux.SOL_IP,
                    Linux.IP_OPTIONS,
                    Arrays.copyOf(all, length + added),
                    "{...}");
        }
    }
}
