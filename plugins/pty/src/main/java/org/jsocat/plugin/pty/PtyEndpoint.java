package org.jsocat.plugin.pty;

import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
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
 * of the stream, or, with the option {@code sitout-eio}, something that may pass. While it is sat
 * out, the calling thread sleeps, as the reference's manual says: login(1) closes its terminal and
 * opens it again.
 *
 * @since 0.1
 */
public class PtyEndpoint extends DescriptorEndpoint {
    private static final Duration STEP = Duration.ofMillis(10);

    private final Logger log;
    private final Duration sitout;
    private final Optional<Fd> slave;
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
        this.slave = slave;
    }

    @Override
    public int read(ByteBuffer target) {
        return ended ? END : super.read(target);
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
        sitOut(failure);
        return 0;
    }

    /** Waits until the slave is open again, which poll(2) tells by the end of the hangup. */
    private void sitOut(PosixException failure) {
        long deadline = System.nanoTime() + sitout.toNanos();
        do {
            try {
                Thread.sleep(STEP);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw failure;
            }
            if ((Libc.poll(input().number(), 0, 0) & Linux.POLLHUP) == 0) {
                return;
            }
        } while (System.nanoTime() < deadline);
        throw failure;
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
