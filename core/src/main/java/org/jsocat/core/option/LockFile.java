package org.jsocat.core.option;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A lock file as UUCP programs use them: it exists while the lock is held and contains the process
 * id of its holder.
 */
public final class LockFile {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private LockFile() {}

    /** Takes the lock for an address; it is given back when the address has been closed. */
    static void onOpening(OpenContext context, String path, boolean wait) {
        if (!obtain(path, wait, context.log())) {
            context.error("could not obtain lock \"" + path + "\"");
            return;
        }
        context.afterClosing(() -> release(path, context.log()));
    }

    /**
     * Takes a lock, once or as soon as it is free; looks again every second.
     *
     * @return whether it was obtained; always when {@code wait}
     * @throws AddressException when the file can be neither created nor read
     */
    public static boolean obtain(String path, boolean wait, Logger log) {
        for (boolean first = true; !create(path); first = false) {
            if (!wait) {
                return false;
            }
            if (first) {
                log.info("waiting for lock \"{}\"", path);
            } else {
                log.debug("waiting for lock \"{}\"", path);
            }
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        log.debug("obtained lock \"{}\"", path);
        return true;
    }

    private static boolean create(String path) {
        int fd =
                Libc.open(
                        path,
                        Linux.O_CREAT | Linux.O_EXCL | Linux.O_WRONLY | Linux.O_CLOEXEC,
                        0644);
        if (fd == -Errno.EEXIST) {
            return false;
        }
        PosixException.check(fd, () -> "open(\"" + path + "\", O_CREAT|O_EXCL|O_WRONLY, 0644)");
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        Libc.write(fd, pid, 0, pid.length);
        Libc.close(fd);
        return true;
    }

    /** Gives a lock back. */
    public static void release(String path, Logger log) {
        int result = Libc.unlink(path);
        if (result < 0) {
            log.warn("unlink(\"{}\"): {}", path, Errno.text(-result));
        } else {
            log.debug("released lock \"{}\"", path);
        }
    }
}
