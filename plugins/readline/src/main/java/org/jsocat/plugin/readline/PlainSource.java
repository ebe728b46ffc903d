package org.jsocat.plugin.readline;

import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Readiness;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * Reads a descriptor as it is, waiting in a way that suits virtual threads. Interrupting the thread
 * ends the wait. Closing leaves the descriptor open: it was inherited.
 */
final class PlainSource extends InputStream {
    private final int fd;

    PlainSource(int fd) {
        this.fd = fd;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 1 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        while (true) {
            await(-1);
            long result = Libc.read(fd, bytes, offset, count);
            if (result > 0) {
                return (int) result;
            }
            if (result == 0 || result == -Errno.EIO) {
                return -1;
            }
            if (result != -Errno.EAGAIN && result != -Errno.EINTR) {
                PosixException failure =
                        new PosixException((int) -result, "read(" + fd + ", , " + count + ")");
                throw new IOException(failure.getMessage(), failure);
            }
        }
    }

    /**
     * Waits for input.
     *
     * @param nanos nanoseconds; negative waits for ever
     * @return whether there is some, or the end
     */
    boolean await(long nanos) throws IOException {
        int ready = Readiness.await(fd, Linux.POLLIN, nanos);
        if (ready == -Errno.EINTR) {
            throw new InterruptedIOException("interrupted while reading");
        }
        return ready != 0;
    }
}
