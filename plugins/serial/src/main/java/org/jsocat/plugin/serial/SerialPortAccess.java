package org.jsocat.plugin.serial;

import com.fazecast.jSerialComm.SerialPort;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.posix.PosixException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * jSerialComm's access to one open port. Reading and writing block, may run at the same time on a
 * thread each, and are ended by {@link #close}.
 */
final class SerialPortAccess implements AutoCloseable {
    private static final String LIBRARY_PATH = "jSerialComm.library.path";

    /**
     * How the line is set.
     *
     * @param speed bits per second
     * @param dataBits 5 to 8
     * @param stopBits jSerialComm's number
     * @param parity jSerialComm's number
     * @param flow jSerialComm's bits
     * @param dtr what the modem line is set to, if anything
     * @param rts likewise
     */
    record Line(
            int speed,
            int dataBits,
            int stopBits,
            int parity,
            int flow,
            Optional<Boolean> dtr,
            Optional<Boolean> rts) {}

    private final SerialPort port;
    private final String device;
    private final Line line;

    private SerialPortAccess(SerialPort port, String device, Line line) {
        this.port = port;
        this.device = device;
        this.line = line;
    }

    /**
     * Opens and sets a port.
     *
     * @throws PosixException where the system refuses
     * @throws AddressException where the device has no such modem line
     */
    static SerialPortAccess open(String device, Line line) {
        prepareLibrary();
        SerialPort port = SerialPort.getCommPort(device);
        port.setComPortParameters(line.speed(), line.dataBits(), line.stopBits(), line.parity());
        port.setFlowControl(line.flow());
        port.setComPortTimeouts(
                SerialPort.TIMEOUT_READ_SEMI_BLOCKING | SerialPort.TIMEOUT_WRITE_BLOCKING, 0, 0);
        if (!port.openPort(0)) {
            throw new PosixException(port.getLastErrorCode(), "open(\"" + device + "\", ...)");
        }
        SerialPortAccess access = new SerialPortAccess(port, device, line);
        try {
            line.dtr().ifPresent(on -> access.modem("DTR", on ? port.setDTR() : port.clearDTR()));
            line.rts().ifPresent(on -> access.modem("RTS", on ? port.setRTS() : port.clearRTS()));
        } catch (AddressException refused) {
            access.close();
            throw refused;
        }
        return access;
    }

    /** Opens the same port in the same way. */
    SerialPortAccess again() {
        return open(device, line);
    }

    private void modem(String name, boolean done) {
        if (!done) {
            throw AddressException.fatal(
                    new PosixException(
                                    port.getLastErrorCode(),
                                    "ioctl(\"" + device + "\", TIOCMSET " + name + ")")
                            .getMessage());
        }
    }

    String device() {
        return device;
    }

    /** Reads at least one byte; none or less means that the device has gone or was closed. */
    int read(byte[] bytes, int offset, int count) {
        return port.readBytes(bytes, count, offset);
    }

    /** Writes; less than all means that the device has gone or was closed. */
    int write(byte[] bytes, int offset, int count) {
        return port.writeBytes(bytes, count, offset);
    }

    @Override
    public void close() {
        port.closePort();
    }

    /**
     * Sees to it that the native library is not unpacked to a folder that others may write to. The
     * image has it among its own; without that, it goes to a folder of its own in the temporary
     * one, which is removed at once after loading.
     */
    static synchronized void prepareLibrary() {
        if (System.getProperty(LIBRARY_PATH) != null
                || Files.exists(
                        Path.of(System.getProperty("java.home"), "lib", "libjSerialComm.so"))) {
            return;
        }
        try {
            Path folder = Files.createTempDirectory("jsocat-serial");
            System.setProperty(LIBRARY_PATH, folder.toString());
            try {
                SerialPort.getVersion();
            } finally {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
