package org.jsocat.plugin.serial;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Retry;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Termios;
import org.slf4j.Logger;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/**
 * A serial port as a pair of streams that survive the device's absence, where the user asked for
 * retries: the reader opens it again, the writer waits for that.
 */
final class SerialLine {
    private final Logger log;
    private final Retry retry;
    private final Termios configured;
    private final String device;
    private SerialPortAccess access;
    private boolean present = true;
    private boolean closed;

    /**
     * A line over an open port, which it owns.
     *
     * @param configured the settings that the device gets when it is back
     */
    SerialLine(OpenContext context, SerialPortAccess access, Termios configured) {
        log = context.log();
        retry = context.retry();
        device = access.device();
        this.access = access;
        this.configured = configured;
    }

    InputStream input() {
        return new Input();
    }

    OutputStream output() {
        return new Output();
    }

    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 1 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            while (true) {
                int result = current().read(bytes, offset, count);
                if (result > 0) {
                    return result;
                }
                if (isClosed()) {
                    return -1;
                }
                vanished();
                if (!reopen()) {
                    return -1;
                }
            }
        }

        @Override
        public void close() {
            synchronized (SerialLine.this) {
                closed = true;
                SerialLine.this.notifyAll();
            }
            current().close();
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            int done = 0;
            while (done < count) {
                SerialPortAccess port = awaitPresence();
                int result = port.write(bytes, offset + done, count - done);
                done += Math.max(0, result);
                if (result <= 0 && port == current()) {
                    vanished();
                }
            }
        }
    }

    private synchronized SerialPortAccess current() {
        return access;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** The device does not answer: with retries it may come back, without them that is the end. */
    private void vanished() throws IOException {
        if (!retry.allows(0)) {
            throw new IOException("serial port \"" + device + "\" has vanished");
        }
        synchronized (this) {
            present = false;
        }
    }

    private synchronized SerialPortAccess awaitPresence() throws IOException {
        while (!present && !closed) {
            try {
                wait();
            } catch (InterruptedException interrupted) {
                throw new InterruptedIOException("interrupted while waiting for " + device);
            }
        }
        if (closed) {
            throw new IOException("serial port \"" + device + "\" was closed");
        }
        return access;
    }

    /**
     * Opens the port again as often as the user allows; whether it is there, and not closed
     * meanwhile.
     */
    private boolean reopen() throws IOException {
        current().close();
        log.warn("serial port \"{}\" has vanished; waiting for it to come back", device);
        for (long attempt = 0; retry.allows(attempt); attempt++) {
            pause();
            if (isClosed()) {
                return false;
            }
            try (Fd terminal =
                    Fd.open(device, Linux.O_RDWR | Linux.O_NOCTTY | Linux.O_NONBLOCK, 0)) {
                SerialPortAccess again = current().again();
                PosixException.check(
                        configured.apply(terminal.number(), Linux.TCSANOW),
                        () -> "tcsetattr(" + terminal + ", TCSANOW, ...)");
                log.info("serial port \"{}\" is back", device);
                return install(again);
            } catch (PosixException | AddressException failure) {
                log.debug(failure.getMessage());
            }
        }
        throw new IOException("serial port \"" + device + "\" has vanished and did not come back");
    }

    private synchronized boolean install(SerialPortAccess again) {
        access = again;
        present = true;
        notifyAll();
        if (closed) {
            again.close();
        }
        return !closed;
    }

    private synchronized void pause() throws IOException {
        long deadline = System.nanoTime() + retry.interval().toNanos();
        long left = retry.interval().toMillis();
        try {
            while (left > 0 && !closed) {
                wait(left);
                left = (deadline - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException interrupted) {
            throw new InterruptedIOException("interrupted while waiting for " + device);
        }
    }
}
