package org.jsocat.plugin.pty;

import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Wakeup;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * An endpoint over the master of a pseudo terminal.
 *
 * <p>When the last program has closed the slave, reading fails with EIO (pty(7)): that is the end
 * of the stream, or, with the option {@code sitout-eio}, something that may pass: login(1) closes
 * its terminal and opens it again. While that is sat out nothing is read, and the endpoint has
 * itself woken to see whether the slave is open again.
 *
 * @since 0.1
 */
public class PtyEndpoint extends DescriptorEndpoint {
    private static final Duration STEP = Duration.ofMillis(10);

    private final Logger log;
    private final Duration sitout;
    private final Optional<Fd> slave;
    private final Wakeup wakeup;
    private Optional<PosixException> satOut = Optional.empty();
    private long sitoutEnds;
    private boolean ended;

    /**
     * An endpoint that owns a master.
     *
     * @param context the address; {@link PtyOptions#SITOUT_EIO} and the options of group FD are
     *     read from it
     * @param master the master, non-blocking
     * @param slave the slave, where this program keeps it open; it is closed with the master
     */
    public PtyEndpoint(OpenContext context, Fd master, Optional<Fd> slave) {
        // a master cannot be shut down; closing it would hang up on the program
        super(over(context, master).shutdown(Shutdown.NONE));
        log = context.log();
        sitout = context.option(PtyOptions.SITOUT_EIO).orElse(Duration.ZERO);
        wakeup = context.wakeup();
        this.slave = slave;
    }

    @Override
    public int read(ByteBuffer target) {
        if (ended) {
            return END;
        }
        return satOut.isPresent() && !isOpenAgain() ? 0 : super.read(target);
    }

    /** Something may still come; until then silence is none. */
    @Override
    public boolean holdsInput() {
        return satOut.isPresent();
    }

    @Override
    protected int readFailed(int errno, int room) {
        if (errno != Errno.EIO) {
            return super.readFailed(errno, room);
        }
        PosixException failure =
                new PosixException(errno, "read(" + input().number() + ", , " + room + ")");
        if (sitout.isZero()) {
            log.info("{} (probably PTY closed)", failure.getMessage());
            ended = true;
            return END;
        }
        log.info(
                "xioread(fd={}): EIO, sitting out {}.{}s for recovery",
                input().number(),
                sitout.toSeconds(),
                String.format("%02d", sitout.toMillisPart() / 10));
        satOut = Optional.of(failure);
        sitoutEnds = System.nanoTime() + sitout.toNanos();
        wakeup.after(STEP);
        return 0;
    }

    /** Whether the slave is open again, which poll(2) tells by the end of the hangup. */
    private boolean isOpenAgain() {
        if ((Libc.poll(input().number(), 0, 0) & Linux.POLLHUP) == 0) {
            satOut = Optional.empty();
            return true;
        }
        if (System.nanoTime() - sitoutEnds >= 0) {
            throw satOut.get();
        }
        wakeup.after(STEP);
        return false;
    }

    @Override
    public void close() {
        super.close();
        slave.ifPresent(Fd::close);
    }

    /** The kernel's splice(2) would report EIO as a failure of its own. */
    @Override
    public int rawInput() {
        return Endpoint.NONE;
    }

    @Override
    public int rawOutput() {
        return Endpoint.NONE;
    }
}
