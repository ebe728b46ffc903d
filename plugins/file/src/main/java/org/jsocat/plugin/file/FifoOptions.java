package org.jsocat.plugin.file;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

import java.util.List;

/** The option group FIFO: pipes. */
public final class FifoOptions implements OptionGroup {
    private static final List<Option<?>> ROWS =
            List.of(
                    Option.of("f-setpipe-sz", OptionTypes.INT, Phase.FD, FifoOptions::size)
                            .usually("pipesz"));

    /** For {@link java.util.ServiceLoader}. */
    public FifoOptions() {}

    @Override
    public String name() {
        return "FIFO";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    private static void size(OpenContext context, OptionTarget target, int bytes) {
        if (target instanceof OptionTarget.Descriptor(Fd fd)) {
            PosixException.check(
                    Libc.fcntl(fd.number(), Linux.F_SETPIPE_SZ, bytes),
                    () ->
                            "fcntl("
                                    + fd.number()
                                    + ", "
                                    + Linux.F_SETPIPE_SZ
                                    + ", 0x"
                                    + Integer.toHexString(bytes)
                                    + ")");
        }
    }

    /**
     * Warns where a pipe holds less than one block of the transfer, which then takes several turns.
     */
    static void checkSize(OpenContext context, Fd fd) {
        int size = Libc.fcntl(fd.number(), Linux.F_GETPIPE_SZ, 0);
        int block = context.settings().bufferSize();
        if (size >= 0 && size < block) {
            context.log()
                    .warn(
                            "xio_chk_pipesz({}, ...): Socat block size {} is larger than pipe size"
                                    + " {}, might block; use option f-setpipe-sz!",
                            fd.number(),
                            block,
                            size);
        }
    }
}
