package org.jsocat.spi;

import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Platform;

import java.util.List;

/**
 * The option group OPEN: the flags of open(2), and of calls that take the same: mq_open(3).
 *
 * @since 1.0
 */
public final class OpenOptions implements OptionGroup {
    /** An option that sets some bits of the flags, after clearing those that exclude them. */
    private record Flag(Option<Boolean> option, int bits, int excluded) {
        Flag(Option<Boolean> option, int bits) {
            this(option, bits, 0);
        }

        /** Bits that replace others cannot be switched off: what would stand there instead? */
        int in(int flags, boolean on) {
            return on ? (flags & ~excluded) | bits : excluded == 0 ? flags & ~bits : flags;
        }
    }

    /**
     * In the order of help; the access modes are first because they replace what the direction
     * says.
     */
    private static final List<Flag> FLAGS =
            List.of(
                    access("o-rdonly", "rdonly", "o_rdonly", Linux.O_RDONLY),
                    access("o-rdwr", "rdwr", "o_rdwr", Linux.O_RDWR),
                    access("o-wronly", "wronly", "o_wronly", Linux.O_WRONLY),
                    new Flag(
                            Option.of("o-creat", OptionTypes.BOOL, Phase.OPEN)
                                    .usually("creat")
                                    .alias("create", "o-create", "o_creat", "o_create"),
                            Linux.O_CREAT),
                    flag("o-direct", "direct", "o_direct", Platform.O_DIRECT),
                    flag("o-directory", "directory", "o_directory", Platform.O_DIRECTORY),
                    flag("o-dsync", "dsync", "o_dsync", Linux.O_DSYNC),
                    flag("o-excl", "excl", "o_excl", Linux.O_EXCL),
                    flag("o-largefile", "largefile", "o_largefile", Platform.O_LARGEFILE),
                    flag("o-noctty", "noctty", "o_noctty", Linux.O_NOCTTY),
                    flag("o-nofollow", "nofollow", "o_nofollow", Platform.O_NOFOLLOW),
                    flag("o-rsync", "rsync", "o_rsync", Linux.O_RSYNC),
                    flag("o-sync", "sync", "o_sync", Linux.O_SYNC),
                    new Flag(
                            Option.of("o-trunc", OptionTypes.BOOL, Phase.LATE).usually("trunc"),
                            Linux.O_TRUNC),
                    new Flag(FdOptions.APPEND, Linux.O_APPEND),
                    new Flag(FdOptions.ASYNC, Linux.O_ASYNC),
                    new Flag(FdOptions.NOATIME, Linux.O_NOATIME),
                    new Flag(FdOptions.NONBLOCK, Linux.O_NONBLOCK));

    private static final List<Option<?>> ROWS =
            FLAGS.stream().<Option<?>>map(Flag::option).toList();

    /** Flags of AIX, Tru64 and Cygwin. */
    private static final List<String> ELSEWHERE =
            List.of(
                    "bin",
                    "binary",
                    "o-binary",
                    "defer",
                    "o-defer",
                    "o_defer",
                    "delay",
                    "o-delay",
                    "o_delay",
                    "noinherit",
                    "o-noinherit",
                    "nshare",
                    "o-nshare",
                    "o_nshare",
                    "priv",
                    "o-priv",
                    "o_priv",
                    "rshare",
                    "o-rshare",
                    "o_rshare",
                    "text",
                    "o-text");

    /** For {@link java.util.ServiceLoader}. */
    public OpenOptions() {}

    private static Flag flag(String name, String usual, String alias, int bits) {
        return new Flag(option(name, usual, alias), bits);
    }

    private static Flag access(String name, String usual, String alias, int mode) {
        return new Flag(option(name, usual, alias), mode, Linux.O_ACCMODE);
    }

    private static Option<Boolean> option(String name, String usual, String alias) {
        return Option.of(name, OptionTypes.BOOL, Phase.OPEN).usually(usual).alias(alias);
    }

    @Override
    public String name() {
        return "OPEN";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    @Override
    public List<String> elsewhere() {
        return ELSEWHERE;
    }

    /**
     * The flags for open(2).
     *
     * @param flags those that the address and the direction give
     */
    public static int flags(OpenContext context, int flags) {
        int result = flags;
        for (Flag flag : FLAGS) {
            if (context.has(flag.option)) {
                result = flag.in(result, context.flag(flag.option));
            }
        }
        return result;
    }
}
