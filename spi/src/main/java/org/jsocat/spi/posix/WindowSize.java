package org.jsocat.spi.posix;

import java.nio.ByteBuffer;

/**
 * The size of a terminal's window: struct winsize of ioctl_tty(2).
 *
 * @param rows lines of characters
 * @param columns characters per line
 * @param width pixels, 0 if not known
 * @param height pixels, 0 if not known
 * @since 0.1
 */
public record WindowSize(int rows, int columns, int width, int height) {

    /**
     * Reads a terminal's size.
     *
     * @param fd the terminal
     * @return the size
     * @throws PosixException if ioctl(2) fails: ENOTTY if it is no terminal
     */
    public static WindowSize of(int fd) {
        CallState state = CallState.current();
        ByteBuffer struct = state.struct;
        int result = Libc.ioctl(fd, Linux.TIOCGWINSZ, state.structAddress);
        if (result < 0) {
            throw new PosixException(-result, "ioctl(" + fd + ", TIOCGWINSZ, ...)");
        }
        return new WindowSize(
                struct.getShort(0) & 0xffff,
                struct.getShort(2) & 0xffff,
                struct.getShort(4) & 0xffff,
                struct.getShort(6) & 0xffff);
    }

    /**
     * Sets a terminal's size. Its foreground process group gets SIGWINCH if it has changed.
     *
     * @param fd the terminal
     * @return 0, or the negated errno
     */
    public int apply(int fd) {
        CallState state = CallState.current();
        ByteBuffer struct = state.struct;
        struct.putShort(0, (short) rows);
        struct.putShort(2, (short) columns);
        struct.putShort(4, (short) width);
        struct.putShort(6, (short) height);
        return Libc.ioctl(fd, Linux.TIOCSWINSZ, state.structAddress);
    }
}
