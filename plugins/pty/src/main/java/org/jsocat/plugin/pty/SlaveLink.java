package org.jsocat.plugin.pty;

import org.jsocat.spi.NamedOptions;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.PosixException;

/**
 * The option symbolic-link: a name of the user's choice for the slave of a pseudo terminal.
 *
 * @since 0.1
 */
public final class SlaveLink {
    private SlaveLink() {}

    /**
     * Makes the link if the option is given, in place of one that is there. It is removed when the
     * address is closed, unless {@code unlink-close} says otherwise.
     *
     * @param context the address
     * @param slave the path of the slave
     * @throws org.jsocat.spi.AddressException when it cannot be made; that has been logged
     */
    public static void make(OpenContext context, String slave) {
        boolean removed = context.option(NamedOptions.UNLINK_CLOSE).orElse(true);
        context.option(PtyOptions.SYMBOLIC_LINK)
                .ifPresent(link -> make(context, slave, link, removed));
    }

    private static void make(OpenContext context, String slave, String link, boolean removed) {
        int result = Libc.unlink(link);
        if (result == -Errno.ENOENT) {
            context.log().debug(unlinkFailed(link, result));
        } else if (result < 0) {
            context.error(unlinkFailed(link, result));
        }
        int made = Libc.symlink(slave, link);
        if (made < 0) {
            String call = "symlink(\"" + slave + "\", \"" + link + "\")";
            context.error(new PosixException(-made, call).getMessage());
        } else if (removed) {
            context.afterClosing(
                    () -> {
                        int gone = Libc.unlink(link);
                        if (gone < 0) {
                            context.log().warn(unlinkFailed(link, gone));
                        }
                    });
        }
    }

    private static String unlinkFailed(String link, int result) {
        return new PosixException(-result, "unlink(\"" + link + "\")").getMessage();
    }
}
