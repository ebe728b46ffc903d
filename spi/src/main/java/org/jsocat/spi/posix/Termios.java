package org.jsocat.spi.posix;

import java.nio.ByteBuffer;

/**
 * The settings of a terminal: termios(3), by way of the kernel's struct termios2, which is the same
 * on all platforms and takes any speed.
 *
 * <p>A copy in memory: {@link #of} reads the terminal, {@link #apply} sets it. Not thread-safe.
 *
 * @since 0.1
 */
public final class Termios {

    private static final int CONTROL_CHARACTERS = 19;
    private static final int LINE_OFFSET = 16;
    private static final int CONTROL_OFFSET = 17;
    private static final int INPUT_SPEED_OFFSET = 36;
    private static final int OUTPUT_SPEED_OFFSET = 40;
    private static final int INPUT_SPEED_SHIFT = 16;

    // The speeds that have a code of their own: 0 to 15, then from CBAUDEX | 1.
    private static final int[] SPEEDS = {
        0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19200, 38400, 57600,
        115200, 230400, 460800, 500000, 576000, 921600, 1000000, 1152000, 1500000, 2000000, 2500000,
        3000000, 3500000, 4000000
    };

    private final int[] flags = new int[4];
    private final byte[] characters = new byte[CONTROL_CHARACTERS];
    private byte line;
    private int inputSpeed;
    private int outputSpeed;

    private Termios() {}

    /** One of the four words of flags. */
    public enum Word {
        /** {@code c_iflag}: ICRNL, IXON and the like. */
        INPUT,
        /** {@code c_oflag}: OPOST, ONLCR and the like. */
        OUTPUT,
        /** {@code c_cflag}: CSIZE, PARENB, CRTSCTS and the like. */
        CONTROL,
        /** {@code c_lflag}: ICANON, ECHO, ISIG and the like. */
        LOCAL
    }

    /**
     * Reads a terminal's settings: tcgetattr(3).
     *
     * @param fd the terminal
     * @return its settings
     * @throws PosixException if the call fails: ENOTTY if it is no terminal
     */
    public static Termios of(int fd) {
        CallState state = CallState.current();
        ByteBuffer struct = state.struct;
        int result = Libc.ioctl(fd, Linux.TCGETS2, state.structAddress);
        if (result < 0) {
            throw new PosixException(-result, "tcgetattr(" + fd + ", ...)");
        }
        Termios termios = new Termios();
        for (int i = 0; i < termios.flags.length; i++) {
            termios.flags[i] = struct.getInt(4 * i);
        }
        termios.line = struct.get(LINE_OFFSET);
        struct.get(CONTROL_OFFSET, termios.characters);
        termios.inputSpeed = struct.getInt(INPUT_SPEED_OFFSET);
        termios.outputSpeed = struct.getInt(OUTPUT_SPEED_OFFSET);
        return termios;
    }

    /**
     * Sets a terminal: tcsetattr(3). A terminal may take some of the settings only, without an
     * error.
     *
     * @param fd the terminal
     * @param when TCSANOW; TCSADRAIN to wait until all output is out; TCSAFLUSH to discard input,
     *     too
     * @return 0, or the negated errno
     */
    public int apply(int fd, int when) {
        CallState state = CallState.current();
        ByteBuffer struct = state.struct;
        for (int i = 0; i < flags.length; i++) {
            struct.putInt(4 * i, flags[i]);
        }
        struct.put(LINE_OFFSET, line);
        struct.put(CONTROL_OFFSET, characters);
        struct.putInt(INPUT_SPEED_OFFSET, inputSpeed);
        struct.putInt(OUTPUT_SPEED_OFFSET, outputSpeed);
        return Libc.ioctl(fd, Linux.TCSETS2 + when, state.structAddress);
    }

    /**
     * A copy that changes independently.
     *
     * @return the copy
     */
    public Termios copy() {
        Termios copy = new Termios();
        System.arraycopy(flags, 0, copy.flags, 0, flags.length);
        System.arraycopy(characters, 0, copy.characters, 0, characters.length);
        copy.line = line;
        copy.inputSpeed = inputSpeed;
        copy.outputSpeed = outputSpeed;
        return copy;
    }

    /**
     * A word of flags.
     *
     * @param word which one
     * @return its bits
     */
    public int flags(Word word) {
        return flags[word.ordinal()];
    }

    /**
     * Sets the bits of a mask in a word to a value, for example CSIZE to CS7, or ECHO to ECHO or to
     * 0.
     *
     * @param word which one
     * @param mask the bits to change
     * @param value their new value
     */
    public void set(Word word, int mask, int value) {
        flags[word.ordinal()] = (flags[word.ordinal()] & ~mask) | (value & mask);
    }

    /**
     * A control character.
     *
     * @param index VINTR, VMIN and the like
     * @return 0 to 255
     */
    public int controlCharacter(int index) {
        return characters[index] & 0xff;
    }

    /**
     * Sets a control character.
     *
     * @param index VINTR, VMIN and the like
     * @param value 0 to 255
     */
    public void controlCharacter(int index, int value) {
        characters[index] = (byte) value;
    }

    /**
     * The line discipline.
     *
     * @return its number, 0 for the common one
     */
    public int lineDiscipline() {
        return line & 0xff;
    }

    /**
     * The speed from the terminal.
     *
     * @return bits per second
     */
    public int inputSpeed() {
        return inputSpeed;
    }

    /**
     * The speed to the terminal.
     *
     * @return bits per second
     */
    public int outputSpeed() {
        return outputSpeed;
    }

    /**
     * Sets the speed from the terminal, as cfsetispeed(3).
     *
     * @param speed bits per second, any number that the hardware can do; 0 for the same as to the
     *     terminal
     */
    public void inputSpeed(int speed) {
        inputSpeed = speed;
        int code = speed == 0 ? 0 : code(speed);
        set(Word.CONTROL, Linux.CBAUD << INPUT_SPEED_SHIFT, code << INPUT_SPEED_SHIFT);
    }

    /**
     * Sets the speed to the terminal, as cfsetospeed(3).
     *
     * @param speed bits per second, any number that the hardware can do; 0 to hang up
     */
    public void outputSpeed(int speed) {
        outputSpeed = speed;
        set(Word.CONTROL, Linux.CBAUD, code(speed));
    }

    /** Turns all processing of input and output off: cfmakeraw(3). */
    public void makeRaw() {
        int input =
                Linux.IGNBRK
                        | Linux.BRKINT
                        | Linux.PARMRK
                        | Linux.ISTRIP
                        | Linux.INLCR
                        | Linux.IGNCR
                        | Linux.ICRNL
                        | Linux.IXON;
        int local = Linux.ECHO | Linux.ECHONL | Linux.ICANON | Linux.ISIG | Linux.IEXTEN;
        set(Word.INPUT, input, 0);
        set(Word.OUTPUT, Linux.OPOST, 0);
        set(Word.LOCAL, local, 0);
        set(Word.CONTROL, Linux.CSIZE | Linux.PARENB, Linux.CS8);
        controlCharacter(Linux.VMIN, 1);
        controlCharacter(Linux.VTIME, 0);
    }

    /**
     * Sends a break: tcsendbreak(3) with its default duration.
     *
     * @param fd the terminal
     * @return 0, or the negated errno
     */
    public static int sendBreak(int fd) {
        return Libc.ioctl(fd, Linux.TCSBRK, 0);
    }

    /**
     * Waits until all output is out: tcdrain(3). Blocks the calling thread.
     *
     * @param fd the terminal
     * @return 0, or the negated errno
     */
    public static int drain(int fd) {
        return Libc.ioctl(fd, Linux.TCSBRK, 1);
    }

    /**
     * Discards what is in a terminal's queues: tcflush(3).
     *
     * @param fd the terminal
     * @param queue TCIFLUSH, TCOFLUSH or TCIOFLUSH
     * @return 0, or the negated errno
     */
    public static int flush(int fd, int queue) {
        return Libc.ioctl(fd, Linux.TCFLSH, queue);
    }

    private static int code(int speed) {
        for (int i = 0; i < SPEEDS.length; i++) {
            if (SPEEDS[i] == speed) {
                return i < 16 ? i : Linux.CBAUDEX | i - 15;
            }
        }
        return Linux.BOTHER;
    }
}
