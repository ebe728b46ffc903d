package org.jsocat.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The command line of {@code filan}, read as filan of socat 1.8 does. */
final class FilanOptions {
    /** How many descriptors are looked at, FD_SETSIZE. */
    static final int DEFAULT_LIMIT = 1024;

    static final List<ToolOption> ROWS =
            List.of(
                    new ToolOption("-i", "FD", "only this descriptor"),
                    new ToolOption(
                            "-n", "FD", "the descriptors below this one (" + DEFAULT_LIMIT + ")"),
                    new ToolOption("-f", "FILE", "a file instead of descriptors"),
                    new ToolOption("-L", "", "with -f: what a symbolic link refers to"),
                    new ToolOption("-s", "", "short: the type, and the path or the addresses"),
                    new ToolOption("-S", "", "short, with both addresses and types of sockets"),
                    new ToolOption("-r", "", "raw: times and devices as numbers"),
                    new ToolOption("-o", "FILE", "print to a file, +FD, stdin, stdout or stderr"),
                    new ToolOption("-T", "SECONDS", "wait before"),
                    new ToolOption("-W", "", "print again whenever the terminal's size changes"),
                    new ToolOption("-d", "", "more messages; up to four times"),
                    new ToolOption("--json", "", "print JSON"),
                    new ToolOption("--pid", "PID", "the descriptors of another process"),
                    new ToolOption("-h", "", "print this help; also -?"),
                    new ToolOption("-V", "", "print the version"));

    int first;
    int limit = DEFAULT_LIMIT;
    boolean bounded;
    Optional<String> file = Optional.empty();
    boolean follow;
    char style;
    boolean raw;
    Optional<String> output = Optional.empty();
    Duration delay = Duration.ZERO;
    boolean repeat;
    int verbosity;
    boolean json;
    OptionalInt pid = OptionalInt.empty();
    boolean help;
    boolean version;

    private final List<String> arguments;
    private int at;

    private FilanOptions(List<String> arguments) {
        this.arguments = arguments;
    }

    /** Thrown for an option that there is none of; the help follows then. */
    static final class UnknownOption extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownOption(String message) {
            super(message, null, false, false);
        }
    }

    static FilanOptions parse(List<String> arguments) {
        FilanOptions options = new FilanOptions(arguments);
        options.read();
        return options;
    }

    private void read() {
        while (at < arguments.size() && arguments.get(at).startsWith("-")) {
            String option = arguments.get(at);
            if (option.startsWith("--")) {
                longOption(option);
            } else if (option.length() > 1) {
                option(option);
            }
            at++;
            if (help || version) {
                return;
            }
        }
        if (at < arguments.size()) {
            throw new UsageException(arguments.size() - at + " superfluous arguments");
        }
    }

    private void longOption(String option) {
        String name = option.indexOf('=') < 0 ? option : option.substring(0, option.indexOf('='));
        switch (name) {
            case "--json" -> json = true;
            case "--help" -> help = true;
            case "--version" -> version = true;
            case "--pid" -> pid = OptionalInt.of(number("--pid", longValue(option)));
            default -> throw new UnknownOption("unknown option " + option);
        }
    }

    private String longValue(String option) {
        int equals = option.indexOf('=');
        return equals < 0 ? next(option) : option.substring(equals + 1);
    }

    private void option(String option) {
        switch (option.charAt(1)) {
            case 'h', '?' -> help = true;
            case 'V' -> version = true;
            case 'L' -> follow = true;
            case 'd' -> verbosity++;
            case 's', 'S' -> style = option.charAt(1);
            case 'r' -> raw = true;
            case 'W' -> repeat = true;
            case 'i' -> {
                first = number("-i", value(option));
                limit = first;
                bounded = true;
            }
            case 'n' -> {
                limit = number("-n", value(option));
                bounded = true;
            }
            case 'f' -> file = Optional.of(value(option));
            case 'T' -> delay = Numeral.positiveSeconds("-T", value(option));
            case 'o' -> output = Optional.of(value(option));
            default -> throw new UnknownOption("unknown option " + option);
        }
    }

    private String value(String option) {
        return option.length() > 2 ? option.substring(2) : next(option);
    }

    private String next(String option) {
        if (++at == arguments.size()) {
            throw new UsageException("option " + option + " requires an argument");
        }
        return arguments.get(at);
    }

    /** A number as strtoul(3) reads it: hexadecimal behind 0x, octal behind 0. */
    static int number(String option, String text) {
        int radix = 10;
        int start = 0;
        if (text.startsWith("0x") || text.startsWith("0X")) {
            radix = 16;
            start = 2;
        } else if (text.startsWith("0") && text.length() > 1) {
            radix = 8;
            start = 1;
        }
        int end = start;
        while (end < text.length() && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        if (end == start) {
            throw new UsageException("not a numerical arg in \"" + option + " " + text + "\"");
        }
        if (end < text.length()) {
            throw new UsageException("trailing garbage in \"" + option + " " + text + "\"");
        }
        try {
            return Integer.parseInt(text, start, end, radix);
        } catch (NumberFormatException large) {
            throw new UsageException("\"" + option + " " + text + "\" is too large a number");
        }
    }
}
