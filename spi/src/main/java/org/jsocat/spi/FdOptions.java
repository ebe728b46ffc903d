package org.jsocat.spi;

import java.util.List;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

/**
 * The option group FD: what can be said of any descriptor. It stands in the SPI because every endpoint over a
 * descriptor depends on it.
 *
 * @since 1.0
 */
public final class FdOptions implements OptionGroup {
    /** Write failures because the peer is gone are only noted. */
    public static final Option<Boolean> COOL_WRITE =
            Option.of("cool-write", OptionTypes.BOOL, Phase.INIT).usually("coolwrite");
    /** At the end only close(2), no shutdown(2). */
    public static final Option<Boolean> END_CLOSE =
            Option.of("end-close", OptionTypes.CONST, Phase.OFFSET).usually("close");
    /** Half-close does nothing. */
    public static final Option<Boolean> SHUT_NONE = Option.of("shut-none", OptionTypes.CONST, Phase.OFFSET);
    /** Half-close is shutdown(2). */
    public static final Option<Boolean> SHUT_DOWN = Option.of("shut-down", OptionTypes.CONST, Phase.OFFSET);
    /** Half-close is close(2). */
    public static final Option<Boolean> SHUT_CLOSE = Option.of("shut-close", OptionTypes.CONST, Phase.OFFSET);
    /** Half-close is an empty packet. */
    public static final Option<Boolean> SHUT_NULL = Option.of("shut-null", OptionTypes.CONST, Phase.OFFSET);
    /** Whether programs started later do without the descriptor. */
    public static final Option<Boolean> CLOEXEC = Option.of("cloexec", OptionTypes.BOOL, Phase.LATE, FdOptions::cloexec);

    private static final List<Option<?>> ROWS =
            List.of(COOL_WRITE, END_CLOSE, SHUT_NONE, SHUT_DOWN, SHUT_CLOSE, SHUT_NULL, CLOEXEC);

    /** For {@link java.util.ServiceLoader}. */
    public FdOptions() {}

    @Override
    public String name() {
        return "FD";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    private static void cloexec(OpenContext context, OptionTarget target, boolean on) {
        if (target instanceof OptionTarget.Descriptor(Fd fd)) {
            PosixException.check(
                    Libc.fcntl(fd.number(), Linux.F_SETFD, on ? Linux.FD_CLOEXEC : 0),
                    () -> "fcntl(" + fd.number() + ", F_SETFD, " + (on ? 1 : 0) + ")");
        }
    }
}
