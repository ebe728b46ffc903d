package org.jsocat.plugin.pty;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionAction;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.OptionTypes.Two;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Termios;
import org.jsocat.spi.posix.Termios.Word;
import org.jsocat.spi.posix.WindowSize;

import java.util.function.BiConsumer;

/** What the options of {@link TerminalOptions} do. */
final class TerminalActions {
    private static final int USHRT_MAX = 65535;

    // The codes of speeds, which a command line may give instead of bits per second: 0 to 15 and
    // from B57600.
    private static final int[] LOW_SPEEDS = {
        0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19200, 38400
    };
    private static final int[] HIGH_SPEEDS = {
        57600, 115200, 230400, 460800, 500000, 576000, 921600, 1000000, 1152000, 1500000, 2000000,
        2500000, 3000000, 3500000, 4000000
    };

    private TerminalActions() {}

    /** A field of a word that takes a number. */
    record Field(String name, Word word, int mask) {}

    /** An action that changes settings. */
    static <T> OptionAction<T> change(BiConsumer<Termios, T> change) {
        return (context, target, value) -> set(target, termios -> change.accept(termios, value));
    }

    @FunctionalInterface
    private interface Change {
        void make(Termios termios);
    }

    /**
     * Changes a terminal; the name of a file, which may be a target beside its descriptor, is
     * passed over.
     */
    private static void set(OptionTarget target, Change change) {
        if (target instanceof OptionTarget.Descriptor terminal) {
            set(terminal.fd().number(), change);
        }
    }

    private static void set(int fd, Change change) {
        Termios termios = Termios.of(fd);
        change.make(termios);
        int result = termios.apply(fd, Linux.TCSADRAIN);
        while (result == -Errno.EINTR) {
            result = termios.apply(fd, Linux.TCSADRAIN);
        }
        String call = "tcsetattr(" + fd + ", TCSADRAIN, ...)";
        PosixException.check(result, call);
        if (differs(termios, Termios.of(fd))) {
            throw new PosixException(Errno.EINVAL, call);
        }
    }

    /**
     * Whether the kernel took less than was asked for: pseudo terminals have no parity and no short
     * characters. The C library looks at the same.
     */
    private static boolean differs(Termios wanted, Termios taken) {
        int asked = wanted.flags(Word.CONTROL);
        int size = (asked & Linux.CSIZE) == 0 ? 0 : Linux.CSIZE;
        int checked = Linux.PARENB | Linux.CREAD | size;
        return ((asked ^ taken.flags(Word.CONTROL)) & checked) != 0;
    }

    static void field(OpenContext context, OptionTarget target, Field field, long value) {
        int shift = Integer.numberOfTrailingZeros(field.mask());
        long shifted = value << shift;
        if ((shifted & field.mask()) != shifted) {
            context.error("option " + field.name() + ": invalid value " + value);
            return;
        }
        set(target, termios -> termios.set(field.word(), field.mask(), (int) shifted));
    }

    static void word(OpenContext context, OptionTarget target, Two<Integer, Long> value) {
        Word[] words = Word.values();
        int index = value.first();
        if (index < 0 || index >= words.length) {
            context.error(
                    "termios-setflags: word "
                            + index
                            + " must be 0..3 (c_iflag, c_oflag, c_cflag, c_lflag)");
            return;
        }
        set(target, termios -> termios.set(words[index], -1, value.second().intValue()));
    }

    /**
     * Sets both directions, as the C library does; an output speed that is given behind it then
     * differs.
     */
    static void inputSpeed(OpenContext context, OptionTarget target, long speed) {
        set(
                target,
                termios -> {
                    termios.inputSpeed(bitsPerSecond(speed));
                    termios.outputSpeed(bitsPerSecond(speed));
                });
    }

    static void outputSpeed(OpenContext context, OptionTarget target, long speed) {
        set(target, termios -> termios.outputSpeed(bitsPerSecond(speed)));
    }

    /**
     * The reference takes the codes of the C header only; plain bits per second do not overlap with
     * them.
     */
    private static int bitsPerSecond(long speed) {
        if (speed < LOW_SPEEDS.length) {
            return LOW_SPEEDS[(int) speed];
        }
        long high = speed - Linux.B57600;
        if (high >= 0 && high < HIGH_SPEEDS.length) {
            return HIGH_SPEEDS[(int) high];
        }
        if (speed < LOW_SPEEDS[1]) {
            throw new PosixException(Errno.EINVAL, "cfsetispeed(, " + speed + ")");
        }
        return (int) speed;
    }

    static void raw(Termios termios) {
        int input =
                Linux.IGNBRK
                        | Linux.BRKINT
                        | Linux.IGNPAR
                        | Linux.PARMRK
                        | Linux.INPCK
                        | Linux.ISTRIP
                        | Linux.INLCR
                        | Linux.IGNCR
                        | Linux.ICRNL
                        | Linux.IXON
                        | Linux.IXOFF
                        | Linux.IUCLC
                        | Linux.IXANY
                        | Linux.IMAXBEL;
        termios.set(Word.INPUT, input, 0);
        termios.set(Word.OUTPUT, Linux.OPOST, 0);
        termios.set(Word.LOCAL, Linux.ISIG | Linux.ICANON | Linux.XCASE, 0);
        byteWise(termios);
    }

    static void rawer(Termios termios) {
        termios.set(Word.INPUT, -1, 0);
        termios.set(Word.OUTPUT, -1, 0);
        termios.set(Word.CONTROL, -1, Linux.CREAD | Linux.CS8);
        termios.set(Word.LOCAL, -1, 0);
        byteWise(termios);
    }

    private static void byteWise(Termios termios) {
        termios.controlCharacter(Linux.VMIN, 1);
        termios.controlCharacter(Linux.VTIME, 0);
    }

    static void sane(Termios termios) {
        int input = Linux.BRKINT | Linux.ICRNL | Linux.IMAXBEL;
        int noInput =
                Linux.IGNBRK | Linux.INLCR | Linux.IGNCR | Linux.IXOFF | Linux.IUCLC | Linux.IXANY;
        termios.set(Word.INPUT, input | noInput, input);
        int output = Linux.OPOST | Linux.ONLCR;
        int noOutput =
                Linux.OLCUC | Linux.OCRNL | Linux.ONOCR | Linux.ONLRET | Linux.OFILL | Linux.OFDEL;
        int delays =
                Linux.NLDLY | Linux.CRDLY | Linux.TAB3 | Linux.BSDLY | Linux.VTDLY | Linux.FFDLY;
        termios.set(Word.OUTPUT, output | noOutput | delays, output);
        termios.set(Word.CONTROL, Linux.CREAD, Linux.CREAD);
        int local =
                Linux.ISIG
                        | Linux.ICANON
                        | Linux.IEXTEN
                        | Linux.ECHO
                        | Linux.ECHOE
                        | Linux.ECHOK
                        | Linux.ECHOCTL
                        | Linux.ECHOKE;
        int noLocal = Linux.ECHONL | Linux.NOFLSH | Linux.XCASE | Linux.TOSTOP | Linux.ECHOPRT;
        termios.set(Word.LOCAL, local | noLocal, local);
    }

    static void windowSize(OpenContext context, OptionTarget target, Two<Integer, Integer> size) {
        int columns = limited(context, "col", size.first());
        int rows = limited(context, "row", size.second());
        if (target instanceof OptionTarget.Descriptor(Fd fd)) {
            PosixException.check(
                    new WindowSize(rows, columns, 0, 0).apply(fd.number()),
                    () -> "ioctl(" + fd + ", TIOCSWINSZ, { " + columns + "," + rows + " })");
        }
    }

    private static int limited(OpenContext context, String what, int value) {
        int limit = Math.clamp(value, 0, USHRT_MAX);
        if (limit != value) {
            context.log()
                    .warn(
                            "tiocswinsz: {} {} is outside range 0..{}, falling back to {}",
                            what,
                            value,
                            USHRT_MAX,
                            limit);
        }
        return limit;
    }

    /**
     * Gives up the controlling terminal that there is, and takes this one; failures are warnings,
     * as in the reference.
     */
    static void controlling(OpenContext context, OptionTarget target, boolean on) {
        if (!(target instanceof OptionTarget.Descriptor(Fd fd))) {
            return;
        }
        int old = Libc.open("/dev/tty", Linux.O_NOCTTY, 0);
        if (old < 0) {
            context.log()
                    .debug(
                            new PosixException(-old, "open(\"/dev/tty\", O_NOCTTY, 0640)")
                                    .getMessage());
        } else {
            warn(
                    context,
                    Libc.ioctl(old, Linux.TIOCNOTTY, 0),
                    "ioctl(" + old + ", TIOCNOTTY, NULL)");
            Libc.close(old);
        }
        warn(
                context,
                Libc.ioctl(fd.number(), Linux.TIOCSCTTY, 0),
                "ioctl(" + fd + ", TIOCSCTTY, NULL)");
        int pid = Libc.getpid();
        warn(context, Libc.tcsetpgrp(0, pid), "tcsetpgrp(" + pid + ")");
    }

    private static void warn(OpenContext context, int result, String call) {
        if (result < 0) {
            context.log().warn(new PosixException(-result, call).getMessage());
        }
    }
}
