package org.jsocat.spi;

import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.PosixException;

import java.util.List;

/**
 * The option group NAMED: what can be said of an entry of the file system that an address opens or
 * makes, whichever family it is of: files, pipes, UNIX sockets, links to terminals.
 *
 * @since 1.0
 */
public final class NamedOptions implements OptionGroup {
    /** Removes the entry first of all. */
    public static final Option<Boolean> UNLINK_EARLY =
            Option.of("unlink-early", OptionTypes.BOOL, Phase.EARLY, NamedOptions::unlink)
                    .usually("new");

    /** Removes the entry when the address is closed or the program ends. */
    public static final Option<Boolean> UNLINK_CLOSE =
            Option.of("unlink-close", OptionTypes.BOOL, Phase.LATE);

    private static final List<Option<?>> ROWS =
            List.of(
                    FdOptions.GROUP,
                    Option.of("group-early", OptionTypes.GID_T, Phase.PREOPEN, FdOptions::group)
                            .usually("gid-e"),
                    FdOptions.PERM,
                    Option.of(
                            "perm-early",
                            OptionTypes.MODE_T,
                            Phase.PREOPEN,
                            FdOptions::permissions),
                    Option.of("unlink", OptionTypes.BOOL, Phase.PREOPEN, NamedOptions::unlink)
                            .alias("delete", "remove"),
                    UNLINK_CLOSE,
                    UNLINK_EARLY,
                    Option.of(
                            "unlink-late",
                            OptionTypes.BOOL,
                            Phase.PASTOPEN,
                            NamedOptions::unlinkLate),
                    FdOptions.USER,
                    Option.of("user-early", OptionTypes.UID_T, Phase.PREOPEN, FdOptions::user)
                            .usually("uid-e"));

    /** For {@link java.util.ServiceLoader}. */
    public NamedOptions() {}

    @Override
    public String name() {
        return "NAMED";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    private static void unlink(OpenContext context, OptionTarget target, boolean on) {
        if (on && target instanceof OptionTarget.Path(String path)) {
            int result = Libc.unlink(path);
            if (result == -Errno.ENOENT) {
                context.log().debug(failure(path, result).getMessage());
            } else if (result < 0) {
                throw failure(path, result);
            }
        }
    }

    private static void unlinkLate(OpenContext context, OptionTarget target, boolean on) {
        if (on && target instanceof OptionTarget.Path(String path)) {
            int result = Libc.unlink(path);
            if (result == -Errno.ENOENT) {
                context.log().warn(failure(path, result).getMessage());
            } else if (result < 0) {
                throw failure(path, result);
            }
        }
    }

    private static PosixException failure(String path, int result) {
        return new PosixException(-result, "unlink(\"" + path + "\")");
    }
}
