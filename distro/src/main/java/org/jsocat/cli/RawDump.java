package org.jsocat.cli;

import org.jsocat.cli.log.LogOutput;
import org.jsocat.core.relay.Tap;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Appends what passes to files, {@code -r} and {@code -R}, whose names {@link FileNames} expands.
 */
final class RawDump implements Tap {
    private final int rightward;
    private final int leftward;
    private final Logger log;

    private RawDump(int rightward, int leftward, Logger log) {
        this.rightward = rightward;
        this.leftward = leftward;
        this.log = log;
    }

    /**
     * Opens the files.
     *
     * @throws PosixException where one cannot be opened; none is open then
     */
    static RawDump open(
            Optional<String> rightward, Optional<String> leftward, String programName, Logger log) {
        StringBuilder now = new StringBuilder();
        LogOutput.time(now, true);
        FileNames names = FileNames.of(programName, now.toString());
        int first = rightward.map(name -> open("-r", names.expand(name))).orElse(-1);
        try {
            int second = leftward.map(name -> open("-R", names.expand(name))).orElse(-1);
            return new RawDump(first, second, log);
        } catch (RuntimeException | Error failure) {
            if (first >= 0) {
                Libc.close(first);
            }
            throw failure;
        }
    }

    private static int open(String option, String path) {
        int flags =
                Linux.O_CREAT
                        | Linux.O_WRONLY
                        | Linux.O_APPEND
                        | Linux.O_CLOEXEC
                        | Linux.O_NONBLOCK;
        int fd = Libc.open(path, flags, 0664);
        if (fd == -Errno.ENXIO) {
            fd = Libc.open(path, (flags & ~Linux.O_WRONLY) | Linux.O_RDWR, 0664);
        }
        return PosixException.check(fd, () -> "option " + option + " \"" + path + "\"");
    }

    @Override
    public void block(boolean leftToRight, ByteBuffer block) {
        int fd = leftToRight ? rightward : leftward;
        if (fd < 0) {
            return;
        }
        byte[] bytes = new byte[block.remaining()];
        block.get(block.position(), bytes);
        long count = Libc.write(fd, bytes, 0, bytes.length);
        if (count < bytes.length) {
            String option = leftToRight ? "-r" : "-R";
            log.warn(
                    "{}: write({}, buff, {}): {}",
                    option,
                    fd,
                    bytes.length,
                    count < 0 ? Errno.text((int) -count) : "only " + count + " bytes");
        }
    }

    @Override
    public void close() {
        if (rightward >= 0) {
            Libc.close(rightward);
        }
        if (leftward >= 0) {
            Libc.close(leftward);
        }
    }
}
