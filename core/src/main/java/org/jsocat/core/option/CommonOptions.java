package org.jsocat.core.option;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Platform;
import org.jsocat.spi.posix.PosixException;

import java.util.List;

/**
 * The options of every address that belong to no group: surroundings that hold while the address is
 * opened.
 */
public final class CommonOptions implements OptionGroup {
    public static final Option<String> CHDIR =
            Option.of("chdir", OptionTypes.FILE, Phase.INIT, CommonOptions::chdir)
                    .usually("cd")
                    .perThread();
    public static final Option<Integer> UMASK =
            Option.of("umask", OptionTypes.MODE_T, Phase.INIT, CommonOptions::umask).perThread();

    private static final List<Option<?>> ROWS = List.of(CHDIR, UMASK);

    /** For {@link java.util.ServiceLoader}. */
    public CommonOptions() {}

    @Override
    public String name() {
        return "(all)";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    @Override
    public boolean appliesToAll() {
        return true;
    }

    private static void chdir(OpenContext context, OptionTarget target, String path) {
        Fd before =
                new Fd(
                        PosixException.check(
                                Libc.open(
                                        ".",
                                        Linux.O_PATH | Platform.O_DIRECTORY | Linux.O_CLOEXEC,
                                        0),
                                "open(\".\")"));
        context.afterOpening(
                () -> {
                    Libc.fchdir(before.number());
                    before.close();
                });
        PosixException.check(Libc.chdir(path), () -> "chdir(\"" + path + "\")");
    }

    private static void umask(OpenContext context, OptionTarget target, int mask) {
        context.log().debug("changing umask to 0{}", Integer.toOctalString(mask));
        int before = Libc.umask(mask);
        context.afterOpening(
                () -> {
                    context.log().debug("restoring umask to 0{}", Integer.toOctalString(before));
                    Libc.umask(before);
                });
    }
}
