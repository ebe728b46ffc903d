package org.jsocat.cli;

import org.jsocat.cli.Invocation.Action;
import org.jsocat.cli.Invocation.Lock;
import org.jsocat.cli.Invocation.LogTarget;
import org.jsocat.cli.log.Syslog;
import org.jsocat.core.parse.Suggestions;
import org.jsocat.spi.Direction;
import org.jsocat.spi.IpVersion;
import org.jsocat.spi.Settings;
import org.slf4j.event.Level;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The options of the command {@code socat}, as picocli rows, and what they mean. Unlike most
 * programs, socat does not let single letters be joined, and everything from the first word on that
 * is no option is an address, also one that begins with {@code -}.
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

    /**
     * One row.
     *
     * @param names all of them, the usual one first
     * @param value what it takes
     * @param label the name of the value in help
     * @param otherwise the value where none is attached
     * @param text what it does
     */
    private record Row(
            List<String> names, Value value, String label, String otherwise, String text) {
        /** Whether it may be one of these words, which have picocli's form. */
        boolean isAmong(List<String> words) {
            for (String word : words) {
                if (names.contains(word)
                        || (value != Value.NONE && word.startsWith(names.getFirst() + "="))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final String FACILITY = "daemon";

    private static Row flag(String text, String... names) {
        return new Row(List.of(names), Value.NONE, "", "", text);
    }

    private static Row valued(String name, String label, String text) {
        return new Row(List.of(name), Value.ANY, label, "", text);
    }

    private static Row attached(String name, String label, String otherwise, String text) {
        return new Row(List.of(name), Value.ATTACHED, label, otherwise, text);
    }

    private static final List<Row> ROWS =
            List.of(
                    flag("print version and features to stdout, and exit", "-V"),
                    flag("print this help with all addresses, and exit", "-h", "-?"),
                    flag("like -h, with the usual name of each address option", "-hh", "-??"),
                    flag(
                            "like -hh, with every name of each address option and alias",
                            "-hhh",
                            "-???"),
                    flag(
                            "log more: notices (twice), informational (three times), debugging"
                                    + " (four times)",
                            "-d"),
                    flag(
                            "set the log level: errors only (0), warnings, notices, informational,"
                                    + " debugging (4)",
                            "-d0",
                            "-d1",
                            "-d2",
                            "-d3",
                            "-d4"),
                    flag("describe the file descriptors before the transfer", "-D"),
                    flag("allow features that may still change", "--experimental"),
                    attached(
                            "--statistics",
                            "form",
                            "text",
                            "tell what was transferred at the end (form: text in the log, or json"
                                    + " on stderr)"),
                    attached(
                            "--session-log",
                            "form",
                            "json",
                            "print a line on stderr for each relay that has ended: who, bytes,"
                                    + " duration, cause (form: json)"),
                    flag(
                            "show on the terminal what has been transferred and how fast",
                            "--progress"),
                    valued(
                            "--drain",
                            "seconds",
                            "on SIGTERM, SIGINT or SIGHUP take no more connections and let those"
                                    + " there are end, at most so long"),
                    valued(
                            "--plugin-path",
                            "folders",
                            "look for plugins in these folders too, separated by colons"),
                    attached("-ly", "facility", FACILITY, "log to syslog (facility: daemon)"),
                    valued("-lf", "logfile", "log to a file"),
                    flag("log to stderr (the default)", "-ls"),
                    attached(
                            "-lm",
                            "facility",
                            FACILITY,
                            "log to stderr until the transfer begins, then to syslog"),
                    valued(
                            "-lp",
                            "progname",
                            "the program's name in log lines and in names of variables"),
                    flag("log times to the microsecond", "-lu"),
                    flag("log the host name", "-lh"),
                    flag("show transferred data as text on stderr", "-v"),
                    flag("show transferred data in hexadecimal on stderr", "-x"),
                    valued("-r", "file", "append what flows from left to right to a file"),
                    valued("-R", "file", "append what flows from right to left to a file"),
                    valued("-b", "size_t", "the greatest block that is transferred at once (8192)"),
                    flag("sloppy: go on after errors", "-s"),
                    valued("-S", "sigmask", "the signals that are logged, one bit each"),
                    valued(
                            "-t",
                            "timeout",
                            "seconds to wait for the second direction when the first has ended"
                                    + " (0.5)"),
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

    private final List<String> words;

    /**
     * What was read, in picocli's form with {@code =} before a value, so that a value may look like
     * an option.
     */
    private final List<String> options = new ArrayList<>();

    private final List<UsageException> mistakes = new ArrayList<>();

    private SocatOptions(List<String> words) {
        this.words = words;
    }

    /** The names of all options. */
    static List<String> names() {
        return ROWS.stream().flatMap(row -> row.names.stream()).toList();
    }

    /** All options as rows of the manual. */
    static List<ToolOption> rows() {
        return ROWS.stream()
                .map(row -> new ToolOption(String.join(" ", row.names), row.label, row.text))
                .toList();
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
     * Reads a command line. What is wrong with it stands in {@link Invocation#mistakes}; the rest
     * is as it would be without.
     *
     * @param environment for the variables that give defaults
     */
    static Invocation parse(
            String programName, List<String> words, Map<String, String> environment) {
        return new SocatOptions(words).read(programName, environment);
    }

    private Invocation read(String programName, Map<String, String> environment) {
        int next = 0;
        Optional<Action> action = Optional.empty();
        // What asks for a text is answered at once, whatever comes behind it.
        while (action.isEmpty() && next < words.size() && isOption(words.get(next))) {
            try {
                action = action(words.get(next));
                next = action.isPresent() ? words.size() : take(next);
            } catch (UsageException mistake) {
                mistakes.add(mistake);
                next++;
            }
        }
        List<String> addresses = List.copyOf(words.subList(next, words.size()));
        if (action.isEmpty() && addresses.size() != 2 && mistakes.isEmpty()) {
            mistakes.add(
                    new UsageException(
                            "exactly 2 addresses required (there are "
                                    + addresses.size()
                                    + ")"
                                    + HINT));
        }
        return invocation(
                programName, parse(options), action.orElse(Action.RELAY), addresses, environment);
    }

    /** A dash alone, or with what may follow the address STDIO, is an address. */
    private static boolean isOption(String word) {
        return word.length() > 1 && word.charAt(0) == '-' && ",:!|%".indexOf(word.charAt(1)) < 0;
    }

    /**
     * What an option asks for instead of a relay. Of help, only the first letters count, as in the
     * reference.
     */
    private static Optional<Action> action(String word) {
        if (word.equals("-V")) {
            return Optional.of(Action.VERSION);
        }
        if (!isHelp(word, 1)) {
            return Optional.empty();
        }
        return Optional.of(
                !isHelp(word, 2)
                        ? Action.HELP
                        : isHelp(word, 3) ? Action.HELP_ALL : Action.HELP_OPTIONS);
    }

    private static boolean isHelp(String word, int place) {
        return place < word.length() && (word.charAt(place) == 'h' || word.charAt(place) == '?');
    }

    /** Reads the option at a place; returns the place behind it and its value. */
    private int take(int place) {
        String word = words.get(place);
        for (Row row : ROWS) {
            if (row.names.contains(word)) {
                if (row.value == Value.ANY && place + 1 == words.size()) {
                    throw new UsageException("option " + word + " requires an argument" + HINT);
                }
                options.add(
                        switch (row.value) {
                            case NONE -> word;
                            case ATTACHED -> word + "=" + row.otherwise;
                            case ANY -> word + "=" + words.get(place + 1);
                        });
                return row.value == Value.ANY ? place + 2 : place + 1;
            }
        }
        takeAttached(word);
        return place + 1;
    }

    private void takeAttached(String word) {
        if (word.matches("-d+")) {
            options.addAll(Collections.nCopies(word.length() - 1, "-d"));
            return;
        }
        for (Row row : ROWS) {
            String name = row.names.getFirst();
            if (row.value != Value.NONE && word.startsWith(name)) {
                options.add(name + "=" + valueOf(word, name));
                return;
            }
        }
        throw unknown(word);
    }

    private static UsageException unknown(String word) {
        if (word.startsWith("-l")) {
            return new UsageException("unknown log option \"" + word + "\"" + HINT);
        }
        for (Row row : ROWS) {
            String name = row.names.getFirst();
            if (name.length() == 2 && "dV".indexOf(name.charAt(1)) < 0 && word.startsWith(name)) {
                int second = word.codePointAt(2);
                return UsageException.hint(
                        "Do not merge single character options, i.e. use \""
                                + name
                                + " -"
                                + Character.toString(second)
                                + "\" instead of \""
                                + name
                                + Character.toString(second)
                                + "\"");
            }
        }
        String meant = word.startsWith("--") ? Suggestions.question(word, names()) : "";
        return new UsageException(
                "unknown option \"" + word + "\"" + (meant.isEmpty() ? HINT : "; " + meant));
    }

    private static String valueOf(String word, String name) {
        int start = name.length();
        return word.substring(
                name.startsWith("--") && word.startsWith("=", start) ? start + 1 : start);
    }

    /** Has picocli make only the rows that are used: all of them would take 10 ms of a start. */
    private static ParseResult parse(List<String> options) {
        CommandSpec command = CommandSpec.create().name("socat");
        command.parser().posixClusteredShortOptionsAllowed(false).overwrittenOptionsAllowed(true);
        for (Row row : ROWS) {
            if (row.isAmong(options)) {
                command.addOption(
                        OptionSpec.builder(row.names.toArray(String[]::new))
                                .arity(row.value.arity)
                                .type(row.value == Value.NONE ? boolean.class : String.class)
                                .description(row.text)
                                .build());
            }
        }
        if (options.isEmpty()) {
            return ParseResult.builder(command).build();
        }
        return new CommandLine(command).parseArgs(options.toArray(String[]::new));
    }

    private Invocation invocation(
            String programName,
            ParseResult parsed,
            Action action,
            List<String> addresses,
            Map<String, String> environment) {
        boolean rightward = parsed.hasMatchedOption("-u");
        boolean leftward = parsed.hasMatchedOption("-U");
        if (rightward && leftward) {
            mistakes.add(new UsageException("-U and -u must not be combined"));
        }
        if (options.stream()
                        .filter(option -> option.startsWith("-L=") || option.startsWith("-W="))
                        .count()
                > 1) {
            mistakes.add(new UsageException("only one -L and -W option allowed"));
        }
        int bufferSize = read(parsed, "-b", Numeral::size).orElse(0);
        return new Invocation(
                action,
                addresses,
                Collections.unmodifiableList(mistakes),
                threshold(),
                settings(programName, parsed, bufferSize, environment),
                rightward ? Direction.READ : leftward ? Direction.WRITE : Direction.BOTH,
                bufferSize,
                read(parsed, "-t", Numeral::positiveSeconds).orElse(Duration.ofMillis(500)),
                read(parsed, "-T", Numeral::seconds).filter(time -> !time.isNegative()),
                logTarget(parsed),
                parsed.hasMatchedOption("-v"),
                parsed.hasMatchedOption("-x"),
                value(parsed, "-r"),
                value(parsed, "-R"),
                parsed.hasMatchedOption("-g"),
                parsed.hasMatchedOption("-D"),
                statistics(parsed),
                read(parsed, "--session-log", SocatOptions::json).orElse(false),
                parsed.hasMatchedOption("--progress"),
                lock(parsed),
                read(parsed, "-S", Numeral::whole).orElse((long) SIGNALS_DEFAULT),
                value(parsed, "--plugin-path"),
                read(parsed, "--drain", Numeral::positiveSeconds));
    }

    private static boolean json(String name, String text) {
        if (!text.equals("json")) {
            throw new UsageException(name + ": \"" + text + "\" is not json");
        }
        return true;
    }

    private Optional<Statistics.Form> statistics(ParseResult parsed) {
        return read(
                parsed,
                "--statistics",
                (name, text) ->
                        switch (text) {
                            case "text" -> Statistics.Form.TEXT;
                            case "json" -> Statistics.Form.JSON;
                            default ->
                                    throw new UsageException(
                                            name + ": \"" + text + "\" is neither text nor json");
                        });
    }

    /** A value; where it is wrong, that is noted, and it counts as missing. */
    private <T> Optional<T> read(
            ParseResult parsed, String name, BiFunction<String, String, T> reader) {
        try {
            return value(parsed, name).map(text -> reader.apply(name, text));
        } catch (UsageException mistake) {
            mistakes.add(mistake);
            return Optional.empty();
        }
    }

    private static Optional<String> value(ParseResult parsed, String name) {
        return Optional.ofNullable(parsed.matchedOptionValue(name, (String) null));
    }

    /** Each {@code -d} is one level more, also behind one that names a level. */
    private Level threshold() {
        int level = 0;
        boolean given = false;
        for (String option : options) {
            if (option.equals("-d")) {
                level++;
                given = true;
            } else if (option.startsWith("-d")) {
                level = option.charAt(2) - '0';
                given = true;
            }
        }
        return switch (given ? level : 1) {
            case 0 -> Level.ERROR;
            case 1 -> Level.WARN;
            case 2 -> Level.INFO;
            case 3 -> Level.DEBUG;
            default -> Level.TRACE;
        };
    }

    private Settings settings(
            String programName,
            ParseResult parsed,
            int bufferSize,
            Map<String, String> environment) {
        IpVersion listen = variable(environment, "SOCAT_DEFAULT_LISTEN_IP", IpVersion.IPV4);
        IpVersion resolve = variable(environment, "SOCAT_PREFERRED_RESOLVE_IP", IpVersion.IPV4);
        for (String option : options) {
            if (option.equals("-0") || option.equals("-4") || option.equals("-6")) {
                listen = Invocation.ipVersion(option.charAt(1));
                resolve = listen;
            }
        }
        return new Settings(
                value(parsed, "-lp").orElse(programName),
                bufferSize == 0 ? Settings.DEFAULT.bufferSize() : bufferSize,
                listen,
                resolve,
                parsed.hasMatchedOption("-s"),
                parsed.hasMatchedOption("--experimental"));
    }

    private static IpVersion variable(
            Map<String, String> environment, String name, IpVersion otherwise) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? otherwise : Invocation.ipVersion(value.charAt(0));
    }

    /**
     * Standard error and a file exclude each other, syslog comes beside a file or standard error
     * that is named later.
     */
    private LogTarget logTarget(ParseResult parsed) {
        boolean stderr = true;
        Optional<String> file = Optional.empty();
        Optional<String> syslog = Optional.empty();
        Optional<String> later = Optional.empty();
        for (String option : options) {
            if (option.equals("-ls") || option.startsWith("-lm=")) {
                stderr = true;
                file = Optional.empty();
            }
            if (option.startsWith("-lf=")) {
                stderr = false;
                file = Optional.of(option.substring("-lf=".length()));
            } else if (option.startsWith("-ly=")) {
                stderr = false;
                file = Optional.empty();
                syslog = facility(option);
            } else if (option.startsWith("-lm=")) {
                later = facility(option);
            }
        }
        return new LogTarget(
                stderr,
                file,
                syslog,
                later,
                parsed.hasMatchedOption("-lu"),
                parsed.hasMatchedOption("-lh"));
    }

    private Optional<String> facility(String option) {
        String name = option.substring(option.indexOf('=') + 1).toLowerCase(Locale.ROOT);
        if (!Syslog.facilities().contains(name)) {
            mistakes.add(
                    new UsageException(
                            "unknown syslog facility \""
                                    + name
                                    + "\"; "
                                    + String.join(", ", Syslog.facilities())
                                    + " are accepted"));
            return Optional.empty();
        }
        return Optional.of(name);
    }

    private static Optional<Lock> lock(ParseResult parsed) {
        Optional<String> once = value(parsed, "-L");
        Optional<String> waiting = value(parsed, "-W");
        return once.isPresent()
                ? once.map(path -> new Lock(path, false))
                : waiting.map(path -> new Lock(path, true));
    }
}
