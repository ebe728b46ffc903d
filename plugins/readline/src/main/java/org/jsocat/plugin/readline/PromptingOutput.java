package org.jsocat.plugin.readline;

import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Readiness;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Writes to the terminal and lets the prompt look on. Closing leaves the descriptor open: it was
 * inherited.
 */
final class PromptingOutput extends OutputStream {
    private final int fd;
    private final Optional<Prompt> prompt;
    private final TerminalLock lock;

    PromptingOutput(int fd, Optional<Prompt> prompt, TerminalLock lock) {
        this.fd = fd;
        this.prompt = prompt;
        this.lock = lock;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        lock.acquire();
        try {
            prompt.ifPresent(line -> line.see(bytes, offset, count));
            writeAll(fd, bytes, offset, count);
        } finally {
            lock.release();
        }
    }

    /** Writes all bytes, waiting where the descriptor takes none now. */
    static void writeAll(int fd, byte[] bytes, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int ready = Readiness.await(fd, Linux.POLLOUT, -1);
            long written = ready < 0 ? ready : Libc.write(fd, bytes, offset + done, count - done);
            if (written >= 0) {
                done += (int) written;
            } else if (written != -Errno.EAGAIN && (written != -Errno.EINTR || ready < 0)) {
                PosixException failure =
                        new PosixException(
                                (int) -written, "write(" + fd + ", , " + (count - done) + ")");
                throw new IOException(failure.getMessage(), failure);
            }
        }
    }
}
