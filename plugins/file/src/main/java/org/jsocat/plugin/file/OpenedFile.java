package org.jsocat.plugin.file;

import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.NamedEntry;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OpenOptions;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.TerminalState;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

/** What OPEN, GOPEN and named pipes have in common: open(2) by the options of the group OPEN. */
final class OpenedFile {
    /** What umask(2) reduces, unless {@code perm} is given. */
    static final int PERMISSIONS = 0666;

    private OpenedFile() {}

    /** The access mode for a direction. */
    static int accessMode(Direction direction) {
        return switch (direction) {
            case READ -> Linux.O_RDONLY;
            case WRITE -> Linux.O_WRONLY;
            case BOTH -> Linux.O_RDWR;
        };
    }

    /**
     * Opens an entry, with the flags that the options add. May block, as opening a named pipe does.
     *
     * @throws PosixException when it cannot be opened
     */
    static Fd open(OpenContext context, NamedEntry entry, int flags, int permissions) {
        String path = entry.path();
        int all = OpenOptions.flags(context, flags);
        int result = open(path, all, permissions);
        PosixException.check(
                result, () -> String.format("open(\"%s\", 0%o, 0%03o)", path, all, permissions));
        if (context.log().isDebugEnabled()) {
            String call = String.format("open(\"%s\", 0%o, 0%03o)", path, all, permissions);
            context.log().debug("{} -> {}", call, result);
        }
        return new Fd(result);
    }

    /**
     * open(2), again where a signal broke it off, unless this thread was interrupted: then the
     * relay is given up.
     *
     * @return the descriptor, or the negated errno
     */
    static int open(String path, int flags, int permissions) {
        int result;
        do {
            result = Libc.open(path, flags, permissions);
        } while (result == -Errno.EINTR && !Thread.currentThread().isInterrupted());
        return result;
    }

    /** The permission bits that a new entry gets. */
    static int permissions(OpenContext context) {
        return context.option(FdOptions.PERM).orElse(PERMISSIONS);
    }

    /**
     * Applies the options from FD on and makes the endpoint; closes the descriptor where that
     * fails.
     */
    static Endpoint finish(OpenContext context, NamedEntry entry, Fd fd) {
        try {
            OptionTarget target = OptionTarget.of(fd);
            entry.opened();
            TerminalState.keep(context, fd);
            entry.own();
            context.apply(Phase.FD, target);
            if ((FileStatus.modeOf(fd.number()) & Linux.S_IFMT) == Linux.S_IFIFO) {
                FifoOptions.checkSize(context, fd);
            }
            Phases.apply(context, Phase.PASTSOCKET, Phase.CONNECTED, target);
            Phases.late(context, target);
            waitless(fd);
            return DescriptorEndpoint.over(context, fd).build();
        } catch (RuntimeException | Error failure) {
            fd.close();
            throw failure;
        }
    }

    /** Makes what has just been opened non-blocking, unless it is a file, which never blocks. */
    static void waitless(Fd fd) {
        if ((FileStatus.modeOf(fd.number()) & Linux.S_IFMT) != Linux.S_IFREG) {
            fd.setNonBlocking(true);
        }
    }
}
