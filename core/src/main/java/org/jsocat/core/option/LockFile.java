package org.jsocat.core.option;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A lock file as UUCP programs use them: it exists while the lock is held and contains the process
 * id of its holder. It appears with its content, under a name of its own first, so that nobody ever
 * reads half of it. Safe for use by several threads.
 */
public final class LockFile {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int LONGEST_PID = 32;

    private final String path;
    private final Logger log;
    private final AtomicBoolean held = new AtomicBoolean(true);

    private LockFile(String path, Logger log) {
        this.path = path;
        this.log = log;
    }

    /** Takes the lock for an address; it is given back when the address has been closed. */
    static void onOpening(OpenContext context, String path, boolean wait) {
        int uses =
                context.options(ApplicationOptions.LOCK_FILE).size()
                        + context.options(ApplicationOptions.WAIT_LOCK).size();
        if (uses > 1) {
            context.error("only one use of options lockfile and waitlock allowed");
            return;
        }
        Optional<LockFile> lock = obtain(path, wait, context.log());
        if (lock.isEmpty()) {
            context.error("could not obtain lock \"" + path + "\"");
            return;
        }
        context.afterClosing(lock.get()::release);
    }

    /**
     * Takes a lock, once or as soon as it is free; looks again every second.
     *
     * @return the lock that is held now; empty where somebody else holds it, or, when {@code wait},
     *     where the thread was interrupted
     * @throws PosixException when the file cannot be made
     */
    public static Optional<LockFile> obtain(String path, boolean wait, Logger log) {
        for (boolean first = true; !create(path); first = false) {
            if (!wait) {
                return Optional.empty();
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
                return Optional.empty();
            }
        }
        log.debug("obtained lock \"{}\"", path);
        return Optional.of(new LockFile(path, log));
    }

    /** Whether the file was not there and is now. */
    private static boolean create(String path) {
        if (exists(path)) {
            return false;
        }
        String own = writeOwn(path);
        try {
            int result = Libc.link(own, path);
            if (result == -Errno.EEXIST) {
                return false; // somebody was faster
            }
            PosixException.check(result, () -> "link(\"" + own + "\", \"" + path + "\")");
            return true;
        } finally {
            Libc.unlink(own);
        }
    }

    private static boolean exists(String path) {
        int mode = FileStatus.modeOfLink(path);
        if (mode == -Errno.ENOENT) {
            return false;
        }
        PosixException.check(mode, () -> "lstat(\"" + path + "\")");
        return true;
    }

    private static String writeOwn(String path) {
        SplittableRandom random = new SplittableRandom();
        while (true) {
            String own = path + "." + Long.toString(random.nextLong(1L << 36, 1L << 40), 36);
            int flags = Linux.O_CREAT | Linux.O_EXCL | Linux.O_WRONLY | Linux.O_CLOEXEC;
            int result = Libc.open(own, flags, 0600);
            if (result == -Errno.EEXIST) {
                continue;
            }
            PosixException.check(result, () -> "mkstemp(\"" + path + ".XXXXXX\")");
            try (Fd file = new Fd(result)) {
                byte[] pid = content();
                PosixException.check(
                        Libc.write(file.number(), pid, 0, pid.length),
                        () -> "write(" + file + ", , " + pid.length + ")");
                Libc.fchmod(file.number(), 0644);
                return own;
            } catch (PosixException failure) {
                Libc.unlink(own);
                throw failure;
            }
        }
    }

    private static byte[] content() {
        return (Libc.getpid() + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Gives the lock back, once; a file that names another process by now is left alone. */
    public void release() {
        if (!held.compareAndSet(true, false)) {
            return;
        }
        if (isAnothers()) {
            log.warn("lock \"{}\" is held by another process now; it is left", path);
            return;
        }
        int result = Libc.unlink(path);
        if (result < 0) {
            log.warn("unlink(\"{}\"): {}", path, Errno.text(-result));
        } else {
            log.debug("released lock \"{}\"", path);
        }
    }

    private boolean isAnothers() {
        int result = Libc.open(path, Linux.O_RDONLY | Linux.O_NONBLOCK | Linux.O_CLOEXEC, 0);
        if (result < 0) {
            return false; // what unlink(2) says is told
        }
        try (Fd file = new Fd(result)) {
            byte[] found = new byte[LONGEST_PID];
            int count = (int) Libc.read(file.number(), found, 0, found.length);
            String own = new String(content(), StandardCharsets.US_ASCII);
            return count > 0 && !own.equals(new String(found, 0, count, StandardCharsets.US_ASCII));
        }
    }
}
