package org.jsocat.plugin.pty;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.OptionTypes.Two;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Termios;
import org.jsocat.spi.posix.Termios.Word;

import java.util.List;
import java.util.function.Consumer;

/**
 * The option group TERMIOS: settings of a terminal, termios(3).
 *
 * <p>Each option changes what it names and leaves the rest, in the order in which they are written,
 * so that {@code raw,echo=0} and {@code sane,icrnl=0} mean what they say. Output that is under way
 * is sent before a change (TCSADRAIN). The target must be a terminal. On the master of a pseudo
 * terminal the settings are the slave's.
 *
 * @since 0.1
 */
public final class TerminalOptions implements OptionGroup {
    /**
     * Makes the terminal the controlling one of this process; for a program that is started on the
     * terminal, its opener reads the option.
     */
    public static final Option<Boolean> CONTROLLING =
            Option.of("tiocsctty", OptionTypes.BOOL, Phase.LATE2, TerminalActions::controlling)
                    .usually("ctty");

    /** The size of the window: columns, then rows. */
    public static final Option<Two<Integer, Integer>> WINDOW_SIZE =
            Option.of("tiocswinsz", OptionTypes.INT_INT, Phase.FD, TerminalActions::windowSize)
                    .usually("winsz");

    /** All delays of tabs; XTABS is the longest. */
    private static final int TAB_DELAY = Linux.TAB3;

    private static final List<Option<?>> ROWS =
            List.of(
                    CONTROLLING,
                    WINDOW_SIZE,
                    combination("raw", TerminalActions::raw),
                    combination("termios-rawer", TerminalActions::rawer).usually("rawer"),
                    combination("termios-cfmakeraw", Termios::makeRaw).usually("cfmakeraw"),
                    combination("sane", TerminalActions::sane),
                    Option.of(
                                    "termios-setflags",
                                    OptionTypes.INT_ULONG,
                                    Phase.FD,
                                    TerminalActions::word)
                            .usually("setflags"),
                    Option.of(
                            "ispeed",
                            OptionTypes.UNSIGNED_INT,
                            Phase.FD,
                            TerminalActions::inputSpeed),
                    Option.of(
                            "ospeed",
                            OptionTypes.UNSIGNED_INT,
                            Phase.FD,
                            TerminalActions::outputSpeed),
                    flag("brkint", Word.INPUT, Linux.BRKINT),
                    flag("icrnl", Word.INPUT, Linux.ICRNL),
                    flag("ignbrk", Word.INPUT, Linux.IGNBRK),
                    flag("igncr", Word.INPUT, Linux.IGNCR),
                    flag("ignpar", Word.INPUT, Linux.IGNPAR),
                    flag("imaxbel", Word.INPUT, Linux.IMAXBEL),
                    flag("inlcr", Word.INPUT, Linux.INLCR),
                    flag("inpck", Word.INPUT, Linux.INPCK),
                    flag("istrip", Word.INPUT, Linux.ISTRIP),
                    flag("iuclc", Word.INPUT, Linux.IUCLC),
                    flag("ixany", Word.INPUT, Linux.IXANY),
                    flag("ixoff", Word.INPUT, Linux.IXOFF).alias("tandem"),
                    flag("ixon", Word.INPUT, Linux.IXON),
                    flag("parmrk", Word.INPUT, Linux.PARMRK),
                    flag("bsdly", Word.OUTPUT, Linux.BSDLY),
                    flag("ffdly", Word.OUTPUT, Linux.FFDLY),
                    flag("nldly", Word.OUTPUT, Linux.NLDLY),
                    flag("ocrnl", Word.OUTPUT, Linux.OCRNL),
                    flag("ofdel", Word.OUTPUT, Linux.OFDEL),
                    flag("ofill", Word.OUTPUT, Linux.OFILL),
                    flag("olcuc", Word.OUTPUT, Linux.OLCUC),
                    flag("onlcr", Word.OUTPUT, Linux.ONLCR),
                    flag("onlret", Word.OUTPUT, Linux.ONLRET),
                    flag("onocr", Word.OUTPUT, Linux.ONOCR),
                    flag("opost", Word.OUTPUT, Linux.OPOST),
                    flag("vtdly", Word.OUTPUT, Linux.VTDLY),
                    flag("clocal", Word.CONTROL, Linux.CLOCAL),
                    flag("cread", Word.CONTROL, Linux.CREAD),
                    flag("crtscts", Word.CONTROL, Linux.CRTSCTS),
                    flag("cstopb", Word.CONTROL, Linux.CSTOPB),
                    flag("hupcl", Word.CONTROL, Linux.HUPCL).alias("hup"),
                    flag("parenb", Word.CONTROL, Linux.PARENB),
                    flag("parodd", Word.CONTROL, Linux.PARODD),
                    flag("echo", Word.LOCAL, Linux.ECHO),
                    flag("echoctl", Word.LOCAL, Linux.ECHOCTL).alias("ctlecho"),
                    flag("echoe", Word.LOCAL, Linux.ECHOE).alias("crterase"),
                    flag("echok", Word.LOCAL, Linux.ECHOK),
                    flag("echoke", Word.LOCAL, Linux.ECHOKE).alias("crtkill"),
                    flag("echonl", Word.LOCAL, Linux.ECHONL),
                    flag("echoprt", Word.LOCAL, Linux.ECHOPRT).alias("prterase"),
                    flag("flusho", Word.LOCAL, Linux.FLUSHO),
                    flag("icanon", Word.LOCAL, Linux.ICANON),
                    flag("iexten", Word.LOCAL, Linux.IEXTEN),
                    flag("isig", Word.LOCAL, Linux.ISIG),
                    flag("noflsh", Word.LOCAL, Linux.NOFLSH),
                    flag("pendin", Word.LOCAL, Linux.PENDIN),
                    flag("tostop", Word.LOCAL, Linux.TOSTOP),
                    flag("xcase", Word.LOCAL, Linux.XCASE),
                    pattern("cr0", Word.OUTPUT, Linux.CR0, Linux.CRDLY),
                    pattern("cr1", Word.OUTPUT, Linux.CR1, Linux.CRDLY),
                    pattern("cr2", Word.OUTPUT, Linux.CR2, Linux.CRDLY),
                    pattern("cr3", Word.OUTPUT, Linux.CR3, Linux.CRDLY),
                    pattern("nl0", Word.OUTPUT, Linux.NL0, Linux.NLDLY),
                    pattern("nl1", Word.OUTPUT, Linux.NL1, Linux.NLDLY),
                    pattern("tab0", Word.OUTPUT, Linux.TAB0, TAB_DELAY),
                    pattern("tab1", Word.OUTPUT, Linux.TAB1, TAB_DELAY),
                    pattern("tab2", Word.OUTPUT, Linux.TAB2, TAB_DELAY),
                    pattern("tab3", Word.OUTPUT, Linux.TAB3, TAB_DELAY),
                    pattern("xtabs", Word.OUTPUT, Linux.XTABS, TAB_DELAY),
                    pattern("bs0", Word.OUTPUT, Linux.BS0, Linux.BSDLY),
                    pattern("bs1", Word.OUTPUT, Linux.BS1, Linux.BSDLY),
                    pattern("vt0", Word.OUTPUT, Linux.VT0, Linux.VTDLY),
                    pattern("vt1", Word.OUTPUT, Linux.VT1, Linux.VTDLY),
                    pattern("ff0", Word.OUTPUT, Linux.FF0, Linux.FFDLY),
                    pattern("ff1", Word.OUTPUT, Linux.FF1, Linux.FFDLY),
                    pattern("cs5", Word.CONTROL, Linux.CS5, Linux.CSIZE),
                    pattern("cs6", Word.CONTROL, Linux.CS6, Linux.CSIZE),
                    pattern("cs7", Word.CONTROL, Linux.CS7, Linux.CSIZE),
                    pattern("cs8", Word.CONTROL, Linux.CS8, Linux.CSIZE),
                    value("crdly", Word.OUTPUT, Linux.CRDLY),
                    value("tabdly", Word.OUTPUT, TAB_DELAY),
                    value("csize", Word.CONTROL, Linux.CSIZE),
                    speed(0),
                    speed(50),
                    speed(75),
                    speed(110),
                    speed(134),
                    speed(150),
                    speed(200),
                    speed(300),
                    speed(600),
                    speed(1200),
                    speed(1800),
                    speed(2400),
                    speed(4800),
                    speed(9600),
                    speed(19200),
                    speed(38400),
                    speed(57600),
                    speed(115200),
                    speed(230400),
                    speed(460800),
                    speed(500000),
                    speed(576000),
                    speed(921600),
                    speed(1000000),
                    speed(1152000),
                    speed(1500000),
                    speed(2000000),
                    speed(2500000),
                    speed(3000000),
                    speed(3500000),
                    speed(4000000),
                    character("vdiscard", "discard", Linux.VDISCARD),
                    character("veof", "eof", Linux.VEOF),
                    character("veol", "eol", Linux.VEOL),
                    character("veol2", "eol2", Linux.VEOL2),
                    character("verase", "erase", Linux.VERASE),
                    character("vintr", "intr", Linux.VINTR),
                    character("vkill", "kill", Linux.VKILL),
                    character("vlnext", "lnext", Linux.VLNEXT),
                    character("vmin", "min", Linux.VMIN),
                    character("vquit", "quit", Linux.VQUIT),
                    character("vreprint", "reprint", Linux.VREPRINT).alias("rprnt"),
                    character("vstart", "start", Linux.VSTART),
                    character("vstop", "stop", Linux.VSTOP),
                    character("vsusp", "susp", Linux.VSUSP),
                    character("vswtc", "swtc", Linux.VSWTC).alias("swtch"),
                    character("vtime", "time", Linux.VTIME),
                    character("vwerase", "werase", Linux.VWERASE));

    /** Speeds and keys of HP-UX, Solaris and the BSDs. */
    private static final List<String> ELSEWHERE =
            List.of("b900", "b3600", "b7200", "dsusp", "vdsusp");

    /** For {@link java.util.ServiceLoader}. */
    public TerminalOptions() {}

    @Override
    public String name() {
        return "TERMIOS";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    @Override
    public List<String> elsewhere() {
        return ELSEWHERE;
    }

    /** Some bits that are on or off. */
    private static Option<Boolean> flag(String name, Word word, int mask) {
        return Option.of(
                name,
                OptionTypes.BOOL,
                Phase.FD,
                TerminalActions.change((termios, on) -> termios.set(word, mask, on ? mask : 0)));
    }

    /** One value of a field. */
    private static Option<Boolean> pattern(String name, Word word, int value, int mask) {
        return combination(name, termios -> termios.set(word, mask, value));
    }

    /** A field by its number. */
    private static Option<Long> value(String name, Word word, int mask) {
        return Option.of(
                name,
                OptionTypes.UNSIGNED_INT,
                Phase.FD,
                (context, target, value) ->
                        TerminalActions.field(
                                context,
                                target,
                                new TerminalActions.Field(name, word, mask),
                                value));
    }

    /** A speed in both directions, bits per second. */
    private static Option<Boolean> speed(int speed) {
        return combination(
                "b" + speed,
                termios -> {
                    termios.inputSpeed(0);
                    termios.outputSpeed(speed);
                });
    }

    /** A control character. */
    private static Option<Integer> character(String name, String usualName, int index) {
        return Option.of(
                        name,
                        OptionTypes.BYTE,
                        Phase.FD,
                        TerminalActions.<Integer>change(
                                (termios, value) -> termios.controlCharacter(index, value)))
                .usually(usualName);
    }

    /** Several settings at once. */
    private static Option<Boolean> combination(String name, Consumer<Termios> settings) {
        return Option.of(
                name,
                OptionTypes.CONST,
                Phase.FD,
                TerminalActions.change((termios, on) -> settings.accept(termios)));
    }
}
