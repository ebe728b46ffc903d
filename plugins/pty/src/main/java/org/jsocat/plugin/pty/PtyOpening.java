package org.jsocat.plugin.pty;

import java.time.Duration;
import java.util.Optional;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Pty;

/** Opens the address PTY, once. */
final class PtyOpening {
    private final OpenContext context;

    PtyOpening(OpenContext context) {
        this.context = context;
    }

    Endpoint open() {
        boolean waits = context.flag(PtyOptions.WAIT_SLAVE);
        Duration interval = context.option(PtyOptions.INTERVAL).orElse(Duration.ofSeconds(1));
        // With ptmx the slave stays shut, so that reading ends when the first program has closed it.
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
            link(pty.slave());
            OptionTarget target = OptionTarget.of(slave.orElse(pty.master()));
            context.apply(Phase.PASTOPEN, OptionTarget.of(pty.slave()));
            context.apply(Phase.FD, target);
            context.apply(Phase.LATE, target);
            context.apply(Phase.LATE2, target);
            if (waits) {
                slave.ifPresent(Fd::close);
                slave = Optional.empty();
                awaitSlave(pty.master(), interval);
            }
            return new PtyEndpoint(context, pty.master(), slave);
        } catch (RuntimeException failure) {
            slave.ifPresent(Fd::close);
            pty.close();
            throw failure;
        }
    }

    /** Makes the symbolic link, in place of one that is there. */
    private void link(String slave) {
        context.option(PtyOptions.SYMBOLIC_LINK).ifPresent(link -> {
            int removed = Libc.unlink(link);
            if (removed == -Errno.ENOENT) {
                context.log().debug(new PosixException(Errno.ENOENT, "unlink(\"" + link + "\")").getMessage());
            } else if (removed < 0) {
                context.error(new PosixException(-removed, "unlink(\"" + link + "\")").getMessage());
            }
            int made = Libc.symlink(slave, link);
            if (made < 0) {
                context.error(
                        new PosixException(-made, "symlink(\"" + slave + "\", \"" + link + "\")").getMessage());
                return;
            }
            context.afterClosing(() -> {
                int result = Libc.unlink(link);
                if (result < 0) {
                    context.log().warn(new PosixException(-result, "unlink(\"" + link + "\")").getMessage());
                }
            });
        });
    }

    /**
     * Waits until some program has the slave open: until then poll(2) tells of a hangup on the master, because the slave
     * was open before.
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
