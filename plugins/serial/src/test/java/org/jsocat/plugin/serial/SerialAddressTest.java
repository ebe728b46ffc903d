package org.jsocat.plugin.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OptionValueException;
import org.jsocat.spi.Retry;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Pty;
import org.jsocat.spi.posix.Termios;
import org.jsocat.spi.posix.Termios.Word;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Serial lines without the hardware: the slaves of pseudo terminals, which have no modem lines and
 * no parity.
 */
class SerialAddressTest {
    @TempDir Path folder;

    private Pty pty;
    private Fd slave;

    @BeforeEach
    void open() {
        pty = Pty.open(Linux.O_NONBLOCK);
        slave = pty.openSlave(0);
    }

    @AfterEach
    void close() {
        slave.close();
        pty.close();
    }

    private Opening opening(String device) {
        return Opening.of(new SerialProvider(), "SERIAL", List.of(new SerialOptions()), device);
    }

    private static byte[] await(int fd) {
        byte[] bytes = new byte[100];
        Libc.poll(fd, Linux.POLLIN, 100_000);
        int count = (int) Libc.read(fd, bytes, 0, bytes.length);
        return Arrays.copyOf(bytes, Math.max(0, count));
    }

    private static String read(Endpoint endpoint) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(100);
        while (endpoint.read(buffer) == 0) {
            Libc.poll(endpoint.readDescriptor(), Linux.POLLIN, 100_000);
        }
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }

    private static void write(Endpoint endpoint, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(endpoint.write(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip()))
                .isEqualTo(bytes.length);
    }

    @Test
    void bytesPassUnchangedBothWays() {
        Opening opening = opening(pty.slave()).with("baud", "115200").with("flow", "rtscts");
        try (Endpoint endpoint = opening.open()) {
            write(endpoint, "at\r\n");
            assertThat(await(pty.master().number())).asString().isEqualTo("at\r\n");
            Libc.write(
                    pty.master().number(), "ok\r\u0003\n".getBytes(StandardCharsets.UTF_8), 0, 5);
            assertThat(read(endpoint)).isEqualTo("ok\r\u0003\n");
        }
        assertThat(opening.unused()).isEmpty();
    }

    @Test
    void theLineIsSetAndLeftAsItWas() {
        Termios before = Termios.of(slave.number());
        Opening opening =
                opening(pty.slave())
                        .with("baud", "57600")
                        .with("stopbits", "2")
                        .with("flow", "xonxoff")
                        .with("parity", "none")
                        .with("databits", "8");
        try (Endpoint endpoint = opening.open()) {
            Termios termios = Termios.of(slave.number());
            assertThat(termios.outputSpeed()).isEqualTo(57600);
            assertThat(termios.flags(Word.CONTROL) & Linux.CSTOPB).isNotZero();
            assertThat(termios.flags(Word.CONTROL) & Linux.CRTSCTS).isZero();
            assertThat(termios.flags(Word.INPUT) & (Linux.IXON | Linux.IXOFF))
                    .isEqualTo(Linux.IXON | Linux.IXOFF);
            assertThat(endpoint.readDescriptor()).isNotNegative();
        }
        opening.closed();
        Termios after = Termios.of(slave.number());
        assertThat(after.outputSpeed()).isEqualTo(before.outputSpeed());
        for (Word word : Word.values()) {
            assertThat(after.flags(word)).as(word.name()).isEqualTo(before.flags(word));
        }
    }

    @Test
    void aDeviceThatIsNotThereMayComeLater() {
        String device = folder.resolve("absent").toString();
        assertThatThrownBy(() -> opening(device).open())
                .isInstanceOfSatisfying(
                        PosixException.class,
                        failure -> assertThat(failure.errno()).isEqualTo(Errno.ENOENT))
                .hasMessageContaining(device);
    }

    @Test
    void whatIsNoTerminalIsRefused() {
        assertThatThrownBy(() -> opening("/dev/null").open())
                .hasMessageContaining("Inappropriate ioctl for device");
    }

    @Test
    void aModemLineThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> opening(pty.slave()).with("dtr", "1").open())
                .isInstanceOf(AddressException.class)
                .hasMessageContaining("DTR");
    }

    @Test
    void aWrongWordTellsTheRightOnes() {
        assertThatThrownBy(() -> opening(pty.slave()).with("parity", "strange"))
                .isInstanceOf(OptionValueException.class)
                .hasMessage("\"strange\" is not one of even, mark, none, odd, space");
    }

    @Test
    void aDeviceThatVanishesIsAnErrorWithoutRetry() {
        try (Endpoint endpoint = opening(pty.slave()).open()) {
            slave.close();
            pty.close();
            assertThatThrownBy(() -> read(endpoint)).hasMessageContaining("has vanished");
        }
    }

    @Test
    void aDeviceComesBackUnderItsName() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("tty"), Path.of(pty.slave()));
        Opening opening = opening(link.toString()).with("baud", "19200");
        opening.with(new Retry(true, 0, Duration.ofMillis(20)));
        try (Endpoint endpoint = opening.open()) {
            Files.delete(link);
            slave.close();
            pty.close();
            try (Pty second = Pty.open(Linux.O_NONBLOCK);
                    Fd other = second.openSlave(0)) {
                Files.createSymbolicLink(link, Path.of(second.slave()));
                write(endpoint, "hello again");
                assertThat(await(second.master().number())).asString().isEqualTo("hello again");
                assertThat(Termios.of(other.number()).outputSpeed()).isEqualTo(19200);
                Libc.write(second.master().number(), new byte[] {'!'}, 0, 1);
                assertThat(read(endpoint)).isEqualTo("!");
            }
        }
    }
}
