package org.jsocat.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsocat.cli.Invocation.Action;
import org.jsocat.cli.Invocation.Lock;
import org.jsocat.cli.Invocation.LogTarget;
import org.jsocat.spi.Direction;
import org.jsocat.spi.IpVersion;
import org.jsocat.spi.Settings;
import org.slf4j.event.Level;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The options of the command {@code socat}, as picocli rows, and what they mean. Unlike most programs, socat does not
 * let single letters be joined, and everything from the first word on that is no option is an address, also one that
 * begins with {@code -}.
 */
final class SocatOptions {
    /** Kinds of values that an option takes. */
    private enum Value {
        /** None. */
        NONE("0"),
        /** Attached or the next word. */
        ANY("1"),
        /** Attached or missing. */
        ATTACHED("0..1");

        final String arity;

        Value(String arity) {
            this.arity = arity;
        }
    }

    /** One row: names, value, its name in help, and what it does. */
    private record Row(List<String> names, Value value, String label, String text) {
        /** Whether it may be one of these words, which have picocli's form. */
        boolean isAmong(List<String> words) {
            for (String word : words) {
                if (names.contains(word)
                        || value == Value.ATTACHED && word.startsWith(names.getFirst() + "=")) {
                    return true;
                }
            }
            return false;
        }
    }

    private static Row flag(String text, String... names) {
        return new Row(List.of(names), Value.NONE, "", text);
    }

    private static Row valued(String name, String label, String text) {
        return new Row(List.of(name), Value.ANY, label, text);
    }

    private static Row attached(String name, String label, String text) {
        return new Row(List.of(name), Value.ATTACHED, label, text);
    }

    private static final List<Row> ROWS = List.of(
            flag("print version and features to stdout, and exit", "-V"),
            flag("print this help with all addresses, and exit", "-h", "-?"),
            flag("like -h, with the usual name of each address option", "-hh", "-??"),
            flag("like -hh, with every name of each address option and alias", "-hhh", "-???"),
            flag("log more: notices (twice), informational (three times), debugging (four times)", "-d"),
            flag("set the log level: errors only (0), warnings, notices, informational, debugging (4)",
                    "-d0", "-d1", "-d2", "-d3", "-d4"),
            flag("describe the file descriptors before the transfer", "-D"),
            flag("allow features that may still change", "--experimental"),
            flag("log what was transferred at the end", "--statistics"),
            valued("--plugin-path", "folders", "look for plugins in these folders too, separated by colons"),
            attached("-ly", "facility", "log to syslog (facility: daemon)"),
            valued("-lf", "logfile", "log to a file"),
            flag("log to stderr (the default)", "-ls"),
            attached("-lm", "facility", "log to stderr until the transfer begins, then to syslog"),
            valued("-lp", "progname", "the program's name in log lines and in names of variables"),
            flag("log times to the microsecond", "-lu"),
            flag("log the host name", "-lh"),
            flag("show transferred data as text on stderr", "-v"),
            flag("show transferred data in hexadecimal on stderr", "-x"),
            valued("-r", "file", "append what flows from left to right to a file"),
            valued("-R", "file", "append what flows from right to left to a file"),
            valued("-b", "size_t", "the greatest block that is transferred at once (8192)"),
            flag("sloppy: go on after errors", "-s"),
            valued("-S", "sigmask", "the signals that are logged, one bit each"),
            valued("-t", "timeout", "seconds to wait for the second direction when the first has ended (0.5)"),
            valued("-T", "timeout", "end after so many seconds without data"),
            flag("transfer from left to right only", "-u"),
            flag("transfer from right to left only", "-U"),
            flag("take options whatever the address", "-g"),
            valued("-L", "lockfile", "take a lock, or fail"),
            valued("-W", "lockfile", "take a lock, waiting for it"),
            flag("prefer no IP version", "-0"),
            flag("prefer IPv4", "-4"),
            flag("prefer IPv6", "-6"));

    private static final int SIGNALS_DEFAULT = 0x89de;
    private static final String HINT = "; use option \"-h\" for help";

    private SocatOptions() {}

    /** The names of all options. */
    static List<String> names() {
        return ROWS.stream().flatMap(row -> row.names.stream()).toList();
    }

    /** Lines of help, one for each option. */
    static void help(StringBuilder out) {
        for (Row row : ROWS) {
            StringBuilder names = new StringBuilder(String.join("|", row.names));
            if (row.value == Value.ATTACHED) {
                names.append('[').append(row.label).append(']');
            } else if (row.value == Value.ANY) {
                names.append('<').append(row.label).append('>');
            }
            out.append("      ").append(names);
            out.repeat(' ', Math.max(1, 21 - names.length())).append(row.text).append('\n');
        }
    }

    /**
     * Reads a command line.
     *
     * @param environment for the variables that give defaults
     * @throws UsageException when it is wrong
     */
    static Invocation parse(String programName, List<String> words, Map<String, String> environment) {
        List<String> options = new ArrayList<>();
        int next = 0;
        while (next < words.size() && isOption(words.get(next))) {
            next = takeOption(words, next, options);
        }
        List<String> addresses = List.copyOf(words.subList(next, words.size()));
        ParseResult parsed = parse(options);
        return invocation(programName, parsed, options, addresses, environment);
    }

    /** A dash alone, or with what may follow the address STDIO, is an address. */
    private static boolean isOption(String word) {
        return word.length() > 1 && word.charAt(0) == '-' && ",:!|%".indexOf(word.charAt(1)) < 0;
    }

    /** Brings the option at a place into picocli's form, in which a value is a word of its own. */
    private static int takeOption(List<String> words, int place, List<String> options) {
        String word = words.get(place);
        for (Row row : ROWS) {
            if (row.names.contains(word)) {
                options.add(row.value == Value.ATTACHED ? word + "=daemon" : word);
                if (row.value != Value.ANY) {
                    return place + 1;
                }
                if (place + 1 == words.size()) {
                    throw new UsageException("option " + word + " requires an argument" + HINT);
                }
                options.add(words.get(place + 1));
                return place + 2;
            }
        }
        return takeAttached(word, place, options);
    }

    private static int takeAttached(String word, int place, List<String> options) {
        if (word.matches("-d+")) {
            for (int i = 1; i < word.length(); i++) {
                options.add("-d");
            }
            return place + 1;
        }
        for (Row row : ROWS) {
            String name = row.names.getFirst();
            if (row.value != Value.NONE && word.startsWith(name)) {
                String value = valueOf(word, name);
                if (row.value == Value.ATTACHED) {
                    options.add(name + "=" + value);
                } else {
                    options.add(name);
                    options.add(value);
                }
                return place + 1;
            }
        }
        for (Row row : ROWS) {
            String name = row.names.getFirst();
            if (name.length() == 2 && "hdlV".indexOf(name.charAt(1)) < 0 && word.startsWith(name)) {
                throw UsageException.hint("Do not merge single character options, i.e. use \"" + name + " -"
                        + word.charAt(2) + "\" instead of \"" + name + word.charAt(2) + "\"");
            }
        }
        if (word.startsWith("-l")) {
            throw new UsageException("unknown log option \"" + word + "\"" + HINT);
        }
        throw new UsageException("unknown option \"" + word + "\"" + HINT);
    }

    private static String valueOf(String word, String name) {
        int start = name.length();
        return word.substring(name.startsWith("--") && word.startsWith("=", start) ? start + 1 : start);
    }

    /** Has picocli make only the rows that are used: all of them would take 10 ms of a start. */
    private static ParseResult parse(List<String> options) {
        CommandSpec command = CommandSpec.create().name("socat");
        command.parser().posixClusteredShortOptionsAllowed(false).overwrittenOptionsAllowed(true);
        for (Row row : ROWS) {
            if (row.isAmong(options)) {
                command.addOption(OptionSpec.builder(row.names.toArray(String[]::new))
                        .arity(row.value.arity)
                        .type(row.value == Value.NONE ? boolean.class : String.class)
                        .description(row.text)
                        .build());
            }
        }
        if (options.isEmpty()) {
            return ParseResult.builder(command).build();
        }
        try {
            return new CommandLine(command).parseArgs(options.toArray(String[]::new));
        } catch (ParameterException wrong) {
            throw new UsageException(wrong.getMessage() + HINT);
        }
    }

    private static Invocation invocation(
            String programName,
            ParseResult parsed,
            List<String> options,
            List<String> addresses,
            Map<String, String> environment) {
        boolean rightward = parsed.hasMatchedOption("-u");
        boolean leftward = parsed.hasMatchedOption("-U");
        if (rightward && leftward) {
            throw new UsageException("-U and -u must not be combined");
        }
        return new Invocation(
                action(parsed),
                addresses,
                threshold(options),
                settings(programName, parsed, options, environment),
                rightward ? Direction.READ : leftward ? Direction.WRITE : Direction.BOTH,
                value(parsed, "-b").map(size -> (int) Numeral.whole("-b", size)).orElse(0),
                value(parsed, "-t").map(time -> Numeral.seconds("-t", time)).orElse(Duration.ofMillis(500)),
                logTarget(parsed, options),
                parsed.hasMatchedOption("-v"),
                parsed.hasMatchedOption("-x"),
                value(parsed, "-r"),
                value(parsed, "-R"),
                parsed.hasMatchedOption("-g"),
                parsed.hasMatchedOption("-D"),
                parsed.hasMatchedOption("--statistics"),
                lock(parsed),
                value(parsed, "-S").map(mask -> Numeral.whole("-S", mask)).orElse((long) SIGNALS_DEFAULT),
                value(parsed, "--plugin-path"));
    }

    private static Action action(ParseResult parsed) {
        if (parsed.hasMatchedOption("-V")) {
            return Action.VERSION;
        }
        if (parsed.hasMatchedOption("-hhh")) {
            return Action.HELP_ALL;
        }
        if (parsed.hasMatchedOption("-hh")) {
            return Action.HELP_OPTIONS;
        }
        return parsed.hasMatchedOption("-h") ? Action.HELP : Action.RELAY;
    }

    private static Optional<String> value(ParseResult parsed, String name) {
        return Optional.ofNullable(parsed.matchedOptionValue(name, (String) null));
    }

    private static Level threshold(List<String> options) {
        int level = 1;
        int counted = 0;
        for (String option : options) {
            if (option.equals("-d")) {
                level = ++counted;
            } else if (option.startsWith("-d")) {
                counted = option.charAt(2) - '0';
                level = counted;
            }
        }
        return switch (level) {
            case 0 -> Level.ERROR;
            case 1 -> Level.WARN;
            case 2 -> Level.INFO;
            case 3 -> Level.DEBUG;
            default -> Level.TRACE;
        };
    }

    private static Settings settings(
            String programName, ParseResult parsed, List<String> options, Map<String, String> environment) {
        IpVersion listen = variable(environment, "SOCAT_DEFAULT_LISTEN_IP", IpVersion.IPV4);
        IpVersion resolve = variable(environment, "SOCAT_PREFERRED_RESOLVE_IP", IpVersion.IPV4);
        for (String option : options) {
            if (option.equals("-0") || option.equals("-4") || option.equals("-6")) {
                listen = Invocation.ipVersion(option.charAt(1));
                resolve = listen;
            }
        }
        Optional<Duration> inactivity = value(parsed, "-T")
                .map(time -> Numeral.seconds("-T", time))
                .filter(time -> !time.isNegative());
        return new Settings(
                value(parsed, "-lp").orElse(programName),
                value(parsed, "-b").map(size -> (int) Numeral.whole("-b", size)).orElse(Settings.DEFAULT.bufferSize()),
                listen,
                resolve,
                inactivity,
                parsed.hasMatchedOption("-s"),
                parsed.hasMatchedOption("--experimental"));
    }

    private static IpVersion variable(Map<String, String> environment, String name, IpVersion otherwise) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? otherwise : Invocation.ipVersion(value.charAt(0));
    }

    /** The last option that names a target counts. */
    private static LogTarget logTarget(ParseResult parsed, List<String> options) {
        LogTarget.Kind kind = LogTarget.Kind.STDERR;
        String name = "";
        for (String option : options) {
            if (option.equals("-ls")) {
                kind = LogTarget.Kind.STDERR;
            } else if (option.equals("-lf")) {
                kind = LogTarget.Kind.FILE;
                name = value(parsed, "-lf").orElse("");
            } else if (option.startsWith("-ly=")) {
                kind = LogTarget.Kind.SYSLOG;
                name = option.substring(4);
            } else if (option.startsWith("-lm=")) {
                kind = LogTarget.Kind.MIXED;
                name = option.substring(4);
            }
        }
        return new LogTarget(kind, name, parsed.hasMatchedOption("-lu"), parsed.hasMatchedOption("-lh"));
    }

    private static Optional<Lock> lock(ParseResult parsed) {
        Optional<String> once = value(parsed, "-L");
        Optional<String> waiting = value(parsed, "-W");
        if (once.isPresent() && waiting.isPresent()) {
            throw new UsageException("only one -L and -W option allowed");
        }
        return once.isPresent() ? once.map(path -> new Lock(path, false)) : waiting.map(path -> new Lock(path, true));
    }
}
