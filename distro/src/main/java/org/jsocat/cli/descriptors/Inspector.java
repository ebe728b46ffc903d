package org.jsocat.cli.descriptors;

import org.jsocat.cli.descriptors.DescriptorFacts.Flags;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NativeStrings;
import org.jsocat.spi.posix.Platform;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Termios;
import org.jsocat.spi.posix.WindowSize;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Finds out what descriptors and files are, without changing them. Not thread-safe.
 *
 * <p>Like errno in C, the last error that any call gave is remembered, because with POLLERR it is
 * what the reference prints where reading or writing nothing succeeds.
 */
public final class Inspector {
    private static final int F_GETOWN = 9;
    private static final int F_GETSIG = 11;
    private static final int F_GETPIPE_SZ = 1032;
    private static final int POLL_EVENTS =
            Linux.POLLIN
                    | Linux.POLLPRI
                    | Linux.POLLOUT
                    | Linux.POLLRDNORM
                    | Linux.POLLRDBAND
                    | Linux.POLLWRNORM
                    | Linux.POLLWRBAND
                    | 0x400;
    private static final FileStatus NOTHING = new FileStatus(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final Consumer<String> warnings;
    private final SocketInspector sockets;
    private int errno;

    /**
     * An inspector.
     *
     * @param warnings told what could not be found out, a line each
     */
    public Inspector(Consumer<String> warnings) {
        this.warnings = warnings;
        sockets = new SocketInspector(this);
    }

    /**
     * Inspects an open descriptor.
     *
     * @param fd the descriptor
     * @return what it is; empty if it is not open
     */
    public Optional<DescriptorFacts> descriptor(int fd) {
        Optional<FileStatus> status = status(fd);
        if (status.isEmpty()) {
            return Optional.empty();
        }
        Flags flags =
                new Flags(
                        fcntl(fd, Linux.F_GETFD),
                        fcntl(fd, Linux.F_GETFL),
                        fcntl(fd, F_GETOWN),
                        fcntl(fd, F_GETSIG));
        DescriptorFacts facts = facts(fd, fd, status.get(), path(fd), Optional.of(flags));
        return Optional.of(
                new DescriptorFacts(
                        fd,
                        facts.status(),
                        facts.path(),
                        facts.flags(),
                        facts.pipeSize(),
                        facts.terminal(),
                        facts.socket(),
                        facts.target(),
                        poll(fd, facts.socket().isPresent(), flags.status())));
    }

    /** Takes note that a descriptor is not open. */
    public void closed() {
        failed(-Errno.EBADF);
    }

    /**
     * Inspects a file, which is opened for it where it is no socket.
     *
     * @param path the file
     * @param follow whether a symbolic link stands for what it refers to
     * @param shownNumber the descriptor's number in the result if it can be opened
     * @return what it is
     */
    public DescriptorFacts file(String path, boolean follow, int shownNumber) {
        FileStatus status = NOTHING;
        try {
            status = follow ? FileStatus.of(path) : FileStatus.ofLink(path);
        } catch (PosixException failure) {
            String call = follow ? "stat" : "lstat";
            warn(-failure.errno(), call + "(\"" + path + "\", ...)");
        }
        int fd = -1;
        if (status.type() != Linux.S_IFSOCK) {
            int flags = Linux.O_RDONLY | Linux.O_NOCTTY | Linux.O_NONBLOCK;
            fd = Libc.open(path, follow ? flags : flags | Platform.O_NOFOLLOW, 0700);
            if (fd < 0) {
                // the reference's text, which names O_NOFOLLOW in any case
                String names = "O_RDONLY|O_NOCTTY|O_NONBLOCK|O_NOFOLLOW|O_LARGEFILE, 0700";
                warn(fd, "open(\"" + path + "\", " + names + ")");
            }
        }
        try {
            Optional<String> name = fd < 0 ? Optional.of(path) : path(fd);
            return facts(
                    Math.max(fd, -1), fd < 0 ? -1 : shownNumber, status, name, Optional.empty());
        } finally {
            if (fd >= 0) {
                Libc.close(fd);
            }
        }
    }

    private DescriptorFacts facts(
            int fd, int number, FileStatus status, Optional<String> path, Optional<Flags> flags) {
        int type = status.type();
        boolean open = fd >= 0;
        OptionalInt pipeSize =
                open && type == Linux.S_IFIFO
                        ? OptionalInt.of(fcntl(fd, F_GETPIPE_SZ))
                        : OptionalInt.empty();
        Optional<Terminal> terminal =
                open && type == Linux.S_IFCHR ? terminal(fd) : Optional.empty();
        Optional<SocketFacts> socket =
                open && type == Linux.S_IFSOCK
                        ? Optional.of(sockets.inspect(fd))
                        : Optional.empty();
        Optional<String> target =
                !open && type == Linux.S_IFLNK
                        ? path.flatMap(link -> Optional.ofNullable(readLink(link)))
                        : Optional.empty();
        return new DescriptorFacts(
                number, status, path, flags, pipeSize, terminal, socket, target, Optional.empty());
    }

    private Optional<FileStatus> status(int fd) {
        try {
            return Optional.of(FileStatus.of(fd));
        } catch (PosixException failure) {
            failed(-failure.errno());
            if (failure.errno() != Errno.EBADF) {
                warnings.accept("fstat(" + fd + "): " + Errno.text(failure.errno()));
            }
            return Optional.empty();
        }
    }

    /** What the kernel calls an open file; empty where it cannot tell. */
    static Optional<String> path(int fd) {
        byte[] target = new byte[4096];
        int length = Libc.readlink("/proc/self/fd/" + fd, target);
        return length <= 0
                ? Optional.empty()
                : Optional.of(NativeStrings.decode(target, 0, length));
    }

    private String readLink(String path) {
        byte[] target = new byte[4096];
        int length = Libc.readlink(path, target);
        if (length < 0) {
            warn(length, "readlink(\"" + path + "\", linktarget, 4096)");
            return null;
        }
        return NativeStrings.decode(target, 0, length);
    }

    /** The terminal that a descriptor is; empty if it is none. */
    Optional<Terminal> terminal(int fd) {
        if (Libc.isatty(fd) != 1) {
            failed(-Errno.ENOTTY);
            return Optional.empty();
        }
        Optional<Termios> settings = Optional.empty();
        Optional<WindowSize> window = Optional.empty();
        try {
            settings = Optional.of(Termios.of(fd));
            window = Optional.of(WindowSize.of(fd));
        } catch (PosixException failure) {
            failed(-failure.errno());
            if (settings.isEmpty()) {
                warnings.accept("tcgetattr(" + fd + ", ...): " + Errno.text(failure.errno()));
            }
        }
        return Optional.of(new Terminal(terminalName(fd), settings, window));
    }

    /** The name of the terminal that a descriptor is, as by ttyname(3). */
    public static Optional<String> terminalName(int fd) {
        return path(fd).filter(path -> path.startsWith("/"));
    }

    private Optional<Poll> poll(int fd, boolean socket, int flags) {
        int events = Libc.poll(fd, POLL_EVENTS, 0);
        if (events < 0) {
            warn(events, "poll({" + fd + ", ...}, 1, 0)");
            return Optional.empty();
        }
        OptionalLong readable = OptionalLong.empty();
        if ((events & Linux.POLLIN) != 0) {
            long count = Libc.ioctlGetInt(fd, Linux.FIONREAD);
            readable = failed((int) Math.min(count, 0)) ? readable : OptionalLong.of(count);
        }
        String error = (events & Linux.POLLERR) != 0 ? error(fd, flags) : "";
        boolean peek = socket && (events & Linux.POLLIN) != 0;
        OptionalLong peeked = OptionalLong.empty();
        if (peek) {
            peeked = sockets.peek(fd);
        }
        return Optional.of(new Poll(events, readable, error, peek, peeked));
    }

    private String error(int fd, int flags) {
        if (flags < 0) {
            return Errno.text(errno);
        }
        if ((flags & Linux.O_ACCMODE) == Linux.O_WRONLY) {
            failed((int) Libc.write(fd, new byte[1], 0, 0));
            return "wr:" + Errno.text(errno);
        }
        failed((int) Libc.read(fd, new byte[1], 0, 0));
        return "rd:" + Errno.text(errno);
    }

    private int fcntl(int fd, int command) {
        int result = Libc.fcntl(fd, command, 0);
        return failed(result) ? -1 : result;
    }

    /** Remembers the error of a call that failed; whether it did. */
    boolean failed(int result) {
        if (result < 0) {
            errno = -result;
            return true;
        }
        return false;
    }

    /** Remembers the error of a call that failed, and tells of it. */
    void warn(int result, String call) {
        failed(result);
        warnings.accept(call + ": " + Errno.text(-result));
    }
}
