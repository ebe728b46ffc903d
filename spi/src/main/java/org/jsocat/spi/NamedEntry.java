package org.jsocat.spi;

import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.NativeStrings;
import org.jsocat.spi.posix.PosixException;

/**
 * An entry of the file system that an address is about to open or make: applies the options of the
 * group NAMED at their moments.
 *
 * <p>Used by one opening thread.
 *
 * @since 1.0
 */
public final class NamedEntry {
    /** PATH_MAX of Linux. */
    private static final int LONGEST_PATH = 4096;

    private final OpenContext context;
    private final String path;
    private final OptionTarget target;

    /**
     * Names an entry; has no effect.
     *
     * @param path as the user wrote it, relative to the current folder
     */
    public NamedEntry(OpenContext context, String path) {
        this.context = context;
        this.path = path;
        target = OptionTarget.of(path);
    }

    /** The path as the user wrote it. */
    public String path() {
        return path;
    }

    /**
     * Removes an existing entry, or sets its owner and permissions, where options ask for that: the
     * phases EARLY and PREOPEN.
     *
     * @return the mode of the entry (stat(2)) that was there before the phase PREOPEN, which may
     *     have removed it, or 0 where there was none
     * @throws PosixException when the entry cannot be looked at
     */
    public int prepare() {
        int mode = mode();
        boolean unlinkEarly = context.flag(NamedOptions.UNLINK_EARLY);
        if (mode != 0 && unlinkEarly) {
            context.log().debug("\"{}\" already exists; removing it", path);
            int result = Libc.unlink(path);
            if (result < 0) {
                context.error("unlink(\"" + path + "\"): " + Errno.text(-result));
            } else {
                mode = 0;
            }
        }
        context.apply(Phase.EARLY, target);
        if (mode == 0) {
            context.apply(Phase.PREOPEN, OptionTarget.NONE); // nothing there to act upon
            return 0;
        }
        context.apply(Phase.PREOPEN, target);
        return mode;
    }

    /**
     * The mode of the entry now.
     *
     * @return file type and permission bits (stat(2)), or 0 where there is no such entry
     * @throws PosixException when the entry cannot be looked at
     */
    public int mode() {
        int mode = FileStatus.modeOf(path);
        if (mode == -Errno.ENOENT) {
            return 0;
        }
        return PosixException.check(mode, () -> "stat(\"" + path + "\")");
    }

    /** Removes the name of what has just been opened, where an option asks for that: PASTOPEN. */
    public void opened() {
        context.apply(Phase.PASTOPEN, target);
    }

    /** Gives the entry its owner and group by its name ({@code user}, {@code group}). */
    public void own() {
        take(FdOptions.USER);
        take(FdOptions.GROUP);
    }

    /** Gives the entry its permission bits by its name ({@code perm}). */
    public void permit() {
        take(FdOptions.PERM);
    }

    private <T> void take(Option<T> option) {
        context.option(option)
                .ifPresent(
                        value -> {
                            try {
                                option.action().apply(context, target, value);
                            } catch (PosixException refused) {
                                context.error(refused.getMessage());
                            }
                        });
    }

    /**
     * Has the entry removed when the address has been closed or the program ends, if {@code
     * unlink-close} says so.
     *
     * @param byDefault what holds where the option is not given
     */
    public void unlinkAfterClosing(boolean byDefault) {
        if (context.option(NamedOptions.UNLINK_CLOSE).orElse(byDefault)) {
            String absolute = absolute();
            context.afterClosing(
                    () -> {
                        int result = Libc.unlink(absolute);
                        if (result < 0) {
                            context.log().warn("unlink(\"{}\"): {}", path, Errno.text(-result));
                        }
                    });
        }
    }

    /** The path from the root, since {@code chdir} holds only while the address is opened. */
    private String absolute() {
        if (path.startsWith("/")) {
            return path;
        }
        byte[] folder = new byte[LONGEST_PATH];
        int length = Libc.getcwd(folder);
        return length < 0 ? path : NativeStrings.decode(folder, 0, length) + "/" + path;
    }
}
