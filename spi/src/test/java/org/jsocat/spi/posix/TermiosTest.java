package org.jsocat.spi.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jsocat.spi.posix.Termios.Word;
import org.junit.jupiter.api.Test;

class TermiosTest {

    @Test
    void settingsAreKeptByTheTerminal() {
        try (Pty pty = Pty.open(0);
                Fd slave = pty.openSlave(0)) {
            int fd = slave.number();
            Termios termios = Termios.of(fd);
            assertThat(termios.flags(Word.LOCAL) & Linux.ICANON).isNotZero();
            assertThat(termios.controlCharacter(Linux.VINTR)).isEqualTo(3);
            assertThat(termios.outputSpeed()).isEqualTo(38400);
            assertThat(termios.lineDiscipline()).isZero();

            Termios raw = termios.copy();
            raw.makeRaw();
            raw.controlCharacter(Linux.VMIN, 5);
            raw.set(Word.CONTROL, Linux.CSTOPB, Linux.CSTOPB);
            raw.outputSpeed(115200);
            raw.inputSpeed(0);
            assertThat(raw.apply(fd, Linux.TCSANOW)).isZero();

            Termios read = Termios.of(fd);
            assertThat(read.flags(Word.LOCAL) & (Linux.ICANON | Linux.ECHO)).isZero();
            assertThat(read.flags(Word.OUTPUT) & Linux.OPOST).isZero();
            assertThat(read.flags(Word.CONTROL) & Linux.CSTOPB).isNotZero();
            assertThat(read.flags(Word.CONTROL) & Linux.CBAUD).isEqualTo(Linux.B115200);
            assertThat(read.controlCharacter(Linux.VMIN)).isEqualTo(5);
            assertThat(read.outputSpeed()).isEqualTo(115200);
            assertThat(read.inputSpeed()).isEqualTo(115200);

            assertThat(termios.apply(fd, Linux.TCSAFLUSH)).isZero();
            assertThat(Termios.of(fd).flags(Word.LOCAL)).isEqualTo(termios.flags(Word.LOCAL));
        }
    }

    @Test
    void everySpeed() {
        try (Pty pty = Pty.open(0);
                Fd slave = pty.openSlave(0)) {
            int fd = slave.number();
            for (int speed : new int[] {50, 9600, 38400, 57600, 4_000_000, 12_345, 250_000}) {
                Termios termios = Termios.of(fd);
                termios.outputSpeed(speed);
                termios.inputSpeed(0);
                assertThat(termios.apply(fd, Linux.TCSADRAIN)).isZero();
                assertThat(Termios.of(fd).outputSpeed()).isEqualTo(speed);
            }
            Termios split = Termios.of(fd);
            split.outputSpeed(9600);
            split.inputSpeed(1200);
            assertThat(split.apply(fd, Linux.TCSANOW)).isZero();
            assertThat(Termios.of(fd).outputSpeed()).isEqualTo(9600);
            assertThat(Termios.of(fd).inputSpeed()).isEqualTo(1200);
        }
    }

    @Test
    void bytesGoThrough() {
        try (Pty pty = Pty.open(0);
                Fd slave = Fd.open(pty.slave(), Linux.O_RDWR | Linux.O_NOCTTY, 0)) {
            assertThat(Libc.isatty(slave.number())).isEqualTo(1);
            Libc.write(slave.number(), "a\n".getBytes(UTF_8), 0, 2);
            byte[] bytes = new byte[10];
            assertThat(Libc.read(pty.master().number(), bytes, 0, 10)).isEqualTo(3);
            assertThat(new String(bytes, 0, 3, UTF_8)).isEqualTo("a\r\n");
            assertThat(Termios.drain(slave.number())).isZero();
            assertThat(Termios.flush(slave.number(), Linux.TCIOFLUSH)).isZero();
            assertThat(Termios.sendBreak(slave.number())).isZero();
        }
    }

    @Test
    void windowSize() {
        try (Pty pty = Pty.open(0);
                Fd slave = pty.openSlave(0)) {
            WindowSize size = new WindowSize(50, 132, 640, 480);
            assertThat(size.apply(pty.master().number())).isZero();
            assertThat(WindowSize.of(slave.number())).isEqualTo(size);
        }
    }

    @Test
    void whatIsNoTerminal() {
        try (Pipe pipe = Pipe.open(0)) {
            int fd = pipe.reader().number();
            assertThat(Libc.isatty(fd)).isLessThanOrEqualTo(0);
            assertThatThrownBy(() -> Termios.of(fd))
                    .hasMessage("tcgetattr(" + fd + ", ...): Inappropriate ioctl for device");
            assertThatThrownBy(() -> WindowSize.of(fd)).isInstanceOf(PosixException.class);
            assertThat(new WindowSize(1, 1, 0, 0).apply(fd)).isEqualTo(-Errno.ENOTTY);
        }
    }
}
