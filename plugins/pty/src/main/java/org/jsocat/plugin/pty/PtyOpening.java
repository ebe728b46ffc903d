package org.jsocat.plugin.pty;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Pty;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens the address PTY, once. */
final class PtyOpening {
    private final OpenContext context;

    PtyOpening(OpenContext context) {
        this.context = context;
    }

    Endpoint open() {
        boolean waits = context.flag(PtyOptions.WAIT_SLAVE);
        Duration interval = context.option(PtyOptions.INTERVAL).orElse(Duration.ofSeconds(1));
        // With ptmx the slave stays shut, so that reading ends when the first program has closed
        // it.
        boolean openpty = context.flag(PtyOptions.OPENPTY) | !context.flag(PtyOptions.PTMX);
        context.apply(Phase.EARLY, OptionTarget.NONE);
        context.apply(Phase.PREBIGEN, OptionTarget.NONE);

        Pty pty = Pty.open(Linux.O_NONBLOCK);
        Optional<Fd> slave = Optional.empty();
        try {
            context.log().info("PTY is {}", pty.slave());
            if (openpty || waits) {
                slave = Optional.of(pty.openSlave(0));
            }
            SlaveLink.make(context, pty.slave());
            applyOptions(pty, slave);
            if (waits) {
                slave.ifPresent(Fd::close);
                slave = Optional.empty();
                awaitSlave(pty.master(), interval);
            }
            return new PtyEndpoint(context, pty.master(), slave);
        } catch (RuntimeException | Error failure) {
            slave.ifPresent(Fd::close);
            pty.close();
            throw failure;
        }
    }

    /**
     * Owner and mode are those of the slave's entry, never of /dev/ptmx, which the master was
     * opened by.
     */
    private void applyOptions(Pty pty, Optional<Fd> slave) {
        OptionTarget path = OptionTarget.of(pty.slave());
        context.apply(Phase.PREOPEN, path);
        context.apply(Phase.PASTOPEN, path);
        if (slave.isPresent()) {
            OptionTarget target = OptionTarget.of(slave.get());
            context.apply(Phase.FD, target);
            context.apply(Phase.LATE, target);
            context.apply(Phase.LATE2, target);
            return;
        }
        int user = context.option(FdOptions.USER).orElse(-1);
        int group = context.option(FdOptions.GROUP).orElse(-1);
        if (user != -1 || group != -1) {
            check(
                    Libc.chown(pty.slave(), user, group),
                    () -> "chown(\"" + pty.slave() + "\", " + user + ", " + group + ")");
        }
        context.option(FdOptions.PERM)
                .ifPresent(
                        mode ->
                                check(
                                        Libc.chmod(pty.slave(), mode),
                                        () ->
                                                String.format(
                                                        "chmod(\"%s\", 0%03o)",
                                                        pty.slave(), mode)));
        context.apply(Phase.FD, OptionTarget.of(pty.master()));
        context.apply(Phase.LATE, path);
        context.apply(Phase.LATE2, OptionTarget.of(pty.master()));
    }

    private void check(int result, Supplier<String> call) {
        if (result < 0) {
            context.error(new PosixException(-result, call.get()).getMessage());
        }
    }

    /**
     * Waits until some program has the slave open: until then poll(2) tells of a hangup on the
     * master, because the slave was open before.
     */
    private void awaitSlave(Fd master, Duration interval) {
        while (true) {
            int events = Libc.poll(master.number(), 0, 0);
            if (events < 0 && events != -Errno.EINTR) {
                throw new PosixException(-events, "poll({" + master + ", 0x0010,}, 1, 0)");
            }
            if (events >= 0 && (events & Linux.POLLHUP) == 0) {
                return;
            }
            try {
                Thread.sleep(interval);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw AddressException.fatal("interrupted while waiting for the slave of the PTY");
            }
        }
    }
}
