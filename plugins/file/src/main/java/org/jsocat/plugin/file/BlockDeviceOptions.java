package org.jsocat.plugin.file;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.OptionType;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

import java.util.List;

/** The option group BLK: where in a file or device to begin. */
public final class BlockDeviceOptions implements OptionGroup {
    /** The rows; regular files take them too. */
    static final List<Option<?>> SEEK =
            List.of(
                    seek("lseek32-cur", OptionTypes.OFF_T, "lseek", Linux.SEEK_CUR),
                    seek("lseek32-end", OptionTypes.OFF_T, "lseek", Linux.SEEK_END),
                    seek("lseek32-set", OptionTypes.OFF_T, "lseek", Linux.SEEK_SET)
                            .alias("lseek32"),
                    seek("lseek64-cur", OptionTypes.OFF64_T, "lseek64", Linux.SEEK_CUR)
                            .usually("seek-cur"),
                    seek("lseek64-end", OptionTypes.OFF64_T, "lseek64", Linux.SEEK_END)
                            .usually("seek-end"),
                    seek("lseek64-set", OptionTypes.OFF64_T, "lseek64", Linux.SEEK_SET)
                            .usually("seek")
                            .alias("lseek", "lseek64", "seek-set"));

    /** For {@link java.util.ServiceLoader}. */
    public BlockDeviceOptions() {}

    @Override
    public String name() {
        return "BLK";
    }

    @Override
    public List<Option<?>> options() {
        return SEEK;
    }

    private static Option<Long> seek(String name, OptionType<Long> type, String call, int whence) {
        return Option.of(
                name,
                type,
                Phase.LATE,
                (context, target, offset) -> {
                    if (target instanceof OptionTarget.Descriptor(Fd fd)) {
                        PosixException.check(
                                Libc.lseek(fd.number(), offset, whence),
                                () ->
                                        call
                                                + "("
                                                + fd.number()
                                                + ", "
                                                + offset
                                                + ", "
                                                + whence
                                                + ")");
                    }
                });
    }
}
