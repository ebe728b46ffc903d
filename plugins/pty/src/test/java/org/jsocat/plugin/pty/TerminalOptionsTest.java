package org.jsocat.plugin.pty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Pty;
import org.jsocat.spi.posix.Termios;
import org.jsocat.spi.posix.Termios.Word;
import org.jsocat.spi.posix.WindowSize;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Each option is applied to a pseudo terminal, whose settings are then read back. */
class TerminalOptionsTest {
    /**
     * The kernel's driver of pseudo terminals keeps these as they are: eight bits, no parity,
     * receiver on.
     */
    private static final int FIXED = Linux.CSIZE | Linux.PARENB | Linux.CREAD;

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

    private Termios settings() {
        return Termios.of(slave.number());
    }

    private Opening apply(Opening opening) {
        for (Phase phase : Phase.values()) {
            opening.apply(phase, OptionTarget.of(slave));
        }
        assertThat(opening.unused()).isEmpty();
        return opening;
    }

    private static Opening opening() {
        return Opening.of(new PtyProvider(), "PTY", List.of(new TerminalOptions()));
    }

    /** What a pseudo terminal does not do, in one of its states. */
    private static final Set<String> REFUSED = Set.of("cread", "parenb", "cs6", "cs7");

    static Stream<String> flags() {
        return new TerminalOptions()
                .options().stream()
                        .filter(
                                option ->
                                        option.type() == OptionTypes.BOOL
                                                && option.phase() == Phase.FD
                                                && !REFUSED.contains(option.name()))
                        .map(Option::name);
    }

    static Stream<String> constants() {
        return new TerminalOptions()
                .options().stream()
                        .filter(
                                option ->
                                        option.type() == OptionTypes.CONST
                                                && !REFUSED.contains(option.name()))
                        .map(Option::name);
    }

    static Stream<String> characters() {
        return new TerminalOptions()
                .options().stream()
                        .filter(option -> option.type() == OptionTypes.BYTE)
                        .map(Option::name);
    }

    private static int constant(String name) {
        try {
            return Linux.class.getField(name.toUpperCase(Locale.ROOT)).getInt(null);
        } catch (ReflectiveOperationException missing) {
            throw new AssertionError(missing);
        }
    }

    private int everything() {
        Termios termios = settings();
        int hash = 0;
        for (Word word : Word.values()) {
            hash = 31 * hash + termios.flags(word);
        }
        return hash;
    }

    @ParameterizedTest
    @MethodSource("flags")
    void aFlagIsSetAndCleared(String name) {
        int bits = constant(name);
        List<Integer> before = words();
        apply(opening().with(name, "1"));
        int changed = changedWord(before, name, bits);
        apply(opening().with(name, "0"));
        if (changed >= 0) {
            assertThat(words().get(changed) & bits).isZero();
        }
        apply(opening().with(name));
        assertThat(changedWord(before, name, bits)).isEqualTo(changed);
    }

    /**
     * The word that has the bits now, and had them before or has changed in nothing else; -1 where
     * the driver fixes them.
     */
    private int changedWord(List<Integer> before, String name, int bits) {
        List<Integer> after = words();
        for (int i = 0; i < after.size(); i++) {
            int difference = before.get(i) ^ after.get(i);
            assertThat(difference & ~bits)
                    .as("%s changes nothing else in word %d", name, i)
                    .isZero();
            if (difference != 0) {
                return i;
            }
        }
        assertThat(before.stream().anyMatch(word -> (word & bits) == bits) || (bits & FIXED) != 0)
                .as("%s is set", name)
                .isTrue();
        return -1;
    }

    private List<Integer> words() {
        Termios termios = settings();
        return Stream.of(Word.values()).map(termios::flags).toList();
    }

    @ParameterizedTest
    @MethodSource("constants")
    void aConstantCanBeSetTwice(String name) {
        apply(opening().with(name));
        int once = everything();
        apply(opening().with(name));
        assertThat(everything()).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("characters")
    void aCharacterIsSet(String name) {
        apply(opening().with(name, "0x17"));
        assertThat(settings().controlCharacter(constant(name))).isEqualTo(0x17);
    }

    @ParameterizedTest
    @CsvSource({
        "cr2, CRDLY, CR2",
        "nl1, NLDLY, NL1",
        "tab2, TAB3, TAB2",
        "xtabs, TAB3, XTABS",
        "bs1, BSDLY, BS1",
        "vt1, VTDLY, VT1",
        "ff1, FFDLY, FF1",
        "cr0, CRDLY, CR0",
        "tab0, TAB3, TAB0"
    })
    void aDelayIsSet(String name, String field, String value) {
        apply(opening().with("crdly", "3").with("tabdly", "1").with(name));
        assertThat(settings().flags(Word.OUTPUT) & constant(field)).isEqualTo(constant(value));
    }

    @ParameterizedTest
    @CsvSource({
        "b0, 0",
        "b50, 50",
        "b9600, 9600",
        "b38400, 38400",
        "b57600, 57600",
        "b115200, 115200",
        "b4000000, 4000000"
    })
    void aSpeedIsSet(String name, int speed) {
        apply(opening().with(name));
        assertThat(settings().outputSpeed()).isEqualTo(speed);
        assertThat(settings().inputSpeed()).isEqualTo(speed);
    }

    @ParameterizedTest
    @CsvSource({"13, 9600", "9600, 9600", "4098, 115200", "31250, 31250"})
    void aSpeedIsACodeOrBitsPerSecond(String value, int speed) {
        apply(opening().with("ispeed", value));
        assertThat(settings().inputSpeed()).isEqualTo(speed);
        apply(opening().with("b300").with("ospeed", value));
        assertThat(settings().outputSpeed()).isEqualTo(speed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cs6", "parenb"})
    void whatATerminalDoesNotTakeIsTold(String option) {
        Opening opening = opening().with(option);
        assertThatThrownBy(() -> apply(opening)).hasMessageContaining("Invalid argument");
    }

    @Test
    void aSpeedThatIsNoneIsTold() {
        Opening opening = opening().with("ispeed", "16");
        assertThatThrownBy(() -> apply(opening)).hasMessageContaining("Invalid argument");
    }

    @Test
    void rawPassesBytes() {
        apply(opening().with("raw"));
        Termios termios = settings();
        assertThat(termios.flags(Word.LOCAL) & (Linux.ICANON | Linux.ISIG)).isZero();
        assertThat(termios.flags(Word.LOCAL) & Linux.ECHO).isNotZero();
        assertThat(termios.flags(Word.OUTPUT) & Linux.OPOST).isZero();
        assertThat(termios.flags(Word.INPUT) & (Linux.ICRNL | Linux.IXON)).isZero();
    }

    @Test
    void rawerTurnsEchoOffToo() {
        apply(opening().with("rawer"));
        assertThat(settings().flags(Word.LOCAL)).isZero();
        assertThat(settings().flags(Word.INPUT)).isZero();
    }

    @Test
    void optionsTakeEffectInTheOrderWritten() {
        apply(opening().with("raw").with("sane").with("icrnl", "0"));
        assertThat(settings().flags(Word.LOCAL) & Linux.ICANON).isNotZero();
        assertThat(settings().flags(Word.INPUT) & Linux.ICRNL).isZero();
        apply(opening().with("icrnl", "0").with("sane"));
        assertThat(settings().flags(Word.INPUT) & Linux.ICRNL).isNotZero();
    }

    @Test
    void setflagsReplacesAWord() {
        apply(opening().with("setflags", "3:0x8a3b"));
        assertThat(settings().flags(Word.LOCAL)).isEqualTo(0x8a3b);
        assertThatThrownBy(() -> apply(opening().with("setflags", "4:0")))
                .hasMessageContaining("0..3");
    }

    @Test
    void aFieldRefusesWhatDoesNotFit() {
        assertThatThrownBy(() -> apply(opening().with("csize", "4")))
                .hasMessage("option csize: invalid value 4");
        assertThatThrownBy(() -> apply(opening().with("crdly", "4")))
                .hasMessage("option crdly: invalid value 4");
    }

    @Test
    void theWindowGetsItsSize() {
        Opening opening = apply(opening().with("winsz", "132:43"));
        assertThat(WindowSize.of(slave.number())).isEqualTo(new WindowSize(43, 132, 0, 0));
        assertThat(opening.lines()).isEmpty();
        apply(opening().with("tiocswinsz", "-1:70000"));
        assertThat(WindowSize.of(slave.number())).isEqualTo(new WindowSize(65535, 0, 0, 0));
    }

    @Test
    void whatIsNoTerminalIsRefused() {
        try (Fd file = Fd.open("/dev/null", Linux.O_RDWR, 0)) {
            Opening opening = opening().with("echo", "0");
            assertThatThrownBy(() -> opening.apply(Phase.FD, OptionTarget.of(file)))
                    .hasMessageContaining("tcgetattr(" + file + ", ")
                    .hasMessageContaining("Inappropriate ioctl for device");
        }
    }
}
