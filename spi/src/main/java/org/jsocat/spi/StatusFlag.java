package org.jsocat.spi;

import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

/**
 * Sets or clears a status flag of an open file (fcntl(2), F_SETFL).
 *
 * @param flag for example {@code O_APPEND}
 * @since 1.0
 */
public record StatusFlag(int flag) implements OptionAction<Boolean> {
    @Override
    public void apply(OpenContext context, OptionTarget target, Boolean on) {
        if (target instanceof OptionTarget.Descriptor(Fd fd)) {
            int number = fd.number();
            int flags =
                    PosixException.check(
                            Libc.fcntl(number, Linux.F_GETFL, 0),
                            () -> "fcntl(" + number + ", " + Linux.F_SETFL + ")");
            int wanted = on ? flags | flag : flags & ~flag;
            PosixException.check(
                    Libc.fcntl(number, Linux.F_SETFL, wanted),
                    () ->
                            "fcntl("
                                    + number
                                    + ", "
                                    + Linux.F_SETFL
                                    + ", 0x"
                                    + Integer.toHexString(wanted)
                                    + ")");
        }
    }
}
