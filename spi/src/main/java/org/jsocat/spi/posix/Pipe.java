package org.jsocat.spi.posix;

/**
 * The two ends of a pipe: pipe2(2), close-on-exec.
 *
 * @param reader the end to read from
 * @param writer the end to write to
 * @since 0.1
 */
public record Pipe(Fd reader, Fd writer) implements AutoCloseable {

    /**
     * Makes a pipe.
     *
     * @param flags 0 or a mask of O_NONBLOCK, O_DIRECT
     * @return the pipe; the caller closes both ends
     * @throws PosixException if pipe2(2) fails
     */
    public static Pipe open(int flags) {
        int[] fds = new int[2];
        int result = Libc.pipe2(fds, flags);
        if (result < 0) {
            throw new PosixException(-result, "pipe({-1,-1})");
        }
        return new Pipe(new Fd(fds[0]), new Fd(fds[1]));
    }

    /**
     * Asks for room.
     *
     * @param bytes how much it is to hold; the kernel rounds up to a power of two pages and refuses
     *     more than {@code /proc/sys/fs/pipe-max-size} to all but root
     * @return what it holds now, bytes, or the negated errno, in which case nothing has changed
     */
    public int resize(int bytes) {
        return Libc.fcntl(writer.number(), Linux.F_SETPIPE_SZ, bytes);
    }

    /**
     * How much it holds.
     *
     * @return bytes, or the negated errno
     */
    public int size() {
        return Libc.fcntl(writer.number(), Linux.F_GETPIPE_SZ, 0);
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
