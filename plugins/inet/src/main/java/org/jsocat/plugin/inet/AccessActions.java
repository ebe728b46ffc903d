package org.jsocat.plugin.inet;

import org.jsocat.plugin.inet.AccessRule.Request;
import org.jsocat.plugin.socket.PeerFilter.Verdict;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the options of a rule of access do: a table. Source: hosts_options(5). The options that
 * would change this whole process (its user, group, umask, priority) are not among them; a rule
 * with an option that is not known refuses its peers.
 */
final class AccessActions {
    private static final Set<String> FACILITIES =
            Set.of(
                    "auth",
                    "authpriv",
                    "cron",
                    "daemon",
                    "ftp",
                    "kern",
                    "local0",
                    "local1",
                    "local2",
                    "local3",
                    "local4",
                    "local5",
                    "local6",
                    "local7",
                    "lpr",
                    "mail",
                    "news",
                    "syslog",
                    "user",
                    "uucp");
    private static final Set<String> SEVERITIES =
            Set.of("alert", "crit", "debug", "emerg", "err", "info", "notice", "warning");

    private static final List<Row> ROWS =
            List.of(
                    new Row("allow", Value.NONE, Place.LAST, (_, _) -> Outcome.PERMIT),
                    new Row("deny", Value.NONE, Place.LAST, (_, _) -> Outcome.REFUSE),
                    new Row("spawn", Value.EXPANDED, Place.ANY, AccessActions::spawn),
                    new Row("twist", Value.EXPANDED, Place.LAST, AccessActions::twist),
                    new Row("aclexec", Value.EXPANDED, Place.ANY, AccessActions::ask),
                    new Row("setenv", Value.EXPANDED, Place.ANY, AccessActions::setVariable),
                    new Row("banners", Value.NEEDED, Place.ANY, AccessActions::greet),
                    new Row("severity", Value.NEEDED, Place.ANY, AccessActions::checkSeverity),
                    new Row("keepalive", Value.NONE, Place.ANY, AccessActions::keepAlive),
                    new Row("linger", Value.NEEDED, Place.ANY, AccessActions::linger),
                    new Row("rfc931", Value.OPTIONAL, Place.ANY, AccessActions::checkTimeout));

    private AccessActions() {}

    /** What an option has behind its name. */
    private enum Value {
        NONE,
        OPTIONAL,
        NEEDED,
        /** Needed, and placeholders in it are replaced. */
        EXPANDED
    }

    private enum Place {
        ANY,
        /** Nothing may follow. */
        LAST
    }

    /** What an option means for the rule. */
    private enum Outcome {
        /** What the rule's table, or a later option, says. */
        AS_USUAL,
        PERMIT,
        REFUSE,
        /** A program talks to the peer. */
        TAKEN,
        /** As if the rule had not fitted, nor any behind it. */
        NO_RULE
    }

    @FunctionalInterface
    private interface Action {
        Outcome perform(Request request, String value);
    }

    private record Row(String name, Value value, Place place, Action action) {}

    /**
     * Does what the options of a rule that fits say.
     *
     * @param usual the verdict without them
     * @return empty where the rule does not count after all
     * @throws AccessRefusedException when one of them means nothing
     */
    static Optional<Verdict> perform(AccessRule rule, Request request, Verdict usual) {
        int last = rule.options().size() - 1;
        for (int i = 0; i <= last; i++) {
            String option = rule.options().get(i);
            String[] parts = option.split("[ \t]*=[ \t]*|[ \t]+", 2);
            Row row = row(parts[0]);
            String value = parts.length > 1 ? parts[1] : "";
            check(row, value, i == last);
            if (row.value == Value.EXPANDED) {
                value = AccessPlaceholders.expand(value, request);
            }
            switch (row.action.perform(request, value)) {
                case AS_USUAL -> {}
                case PERMIT -> {
                    return Optional.of(Verdict.PERMITTED);
                }
                case REFUSE -> {
                    return Optional.of(Verdict.REFUSED);
                }
                case TAKEN -> {
                    return Optional.of(Verdict.TAKEN);
                }
                case NO_RULE -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(usual);
    }

    private static Row row(String name) {
        for (Row row : ROWS) {
            if (row.name.equalsIgnoreCase(name)) {
                return row;
            }
        }
        throw new AccessRefusedException(
                name.isEmpty()
                        ? "rule of access: missing option name"
                        : "rule of access: bad option name: \"" + name + "\"");
    }

    private static void check(Row row, String value, boolean isLast) {
        String wrong = "";
        if (value.isEmpty() && (row.value == Value.NEEDED || row.value == Value.EXPANDED)) {
            wrong = "requires value";
        } else if (!value.isEmpty() && row.value == Value.NONE) {
            wrong = "requires no value";
        } else if (!isLast && row.place == Place.LAST) {
            wrong = "must be at end";
        }
        if (!wrong.isEmpty()) {
            throw new AccessRefusedException(
                    "rule of access: option \"" + row.name + "\" " + wrong);
        }
    }

    private static Outcome spawn(Request request, String command) {
        AccessCommand.run(request, command);
        return Outcome.AS_USUAL;
    }

    private static Outcome twist(Request request, String command) {
        request.connection().log().info("twist {} to {}", request.client().info(), command);
        AccessCommand.handOver(request, connection(request, "twist"), command);
        return Outcome.TAKEN;
    }

    private static Outcome ask(Request request, String command) {
        int status = AccessCommand.run(request, command).status();
        if (status == 0) {
            return Outcome.AS_USUAL;
        }
        request.connection().log().info("aclexec returned {}", status);
        return Outcome.NO_RULE;
    }

    private static Outcome setVariable(Request request, String value) {
        String[] parts = value.split("[ \t]+", 2);
        request.connection().environment(parts[0], parts.length > 1 ? parts[1] : "");
        return Outcome.AS_USUAL;
    }

    /** Sends the file that is called like the server, if the folder has one. */
    private static Outcome greet(Request request, String folder) {
        Path file = Path.of(folder).resolve(request.daemon());
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException none) {
            return Outcome.AS_USUAL;
        } catch (IOException unreadable) {
            throw AccessRefusedException.cannotOpen(file, unreadable);
        }
        byte[] greeting =
                AccessPlaceholders.expand(text, request)
                        .replace("\n", "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        Fd socket = connection(request, "banners");
        ByteBuffer rest = ByteBuffer.wrap(greeting);
        while (rest.hasRemaining()) {
            long count = Libc.write(socket.number(), greeting, rest.position(), rest.remaining());
            if (count <= 0) {
                break; // a peer that reads nothing gets no more of it
            }
            rest.position(rest.position() + (int) count);
        }
        return Outcome.AS_USUAL;
    }

    /** Where TCP wrappers log is not for the rules to say here; what they say is checked only. */
    private static Outcome checkSeverity(Request request, String value) {
        String name = value.toLowerCase(Locale.ROOT);
        int dot = name.indexOf('.');
        if ((dot >= 0 && !FACILITIES.contains(name.substring(0, dot)))
                || !SEVERITIES.contains(name.substring(dot + 1))) {
            throw new AccessRefusedException(
                    "rule of access: bad syslog facility or severity: \"" + value + "\"");
        }
        return Outcome.AS_USUAL;
    }

    private static Outcome keepAlive(Request request, String none) {
        Fd socket = connection(request, "keepalive");
        PosixException.check(
                Libc.setsockopt(socket.number(), Linux.SOL_SOCKET, Linux.SO_KEEPALIVE, 1),
                "setsockopt SO_KEEPALIVE");
        return Outcome.AS_USUAL;
    }

    private static Outcome linger(Request request, String value) {
        int seconds = number("linger value", value, 0);
        Fd socket = connection(request, "linger");
        byte[] onAndSeconds =
                ByteBuffer.allocate(8)
                        .order(ByteOrder.nativeOrder())
                        .putInt(1)
                        .putInt(seconds)
                        .array();
        PosixException.check(
                Libc.setsockopt(socket.number(), Linux.SOL_SOCKET, Linux.SO_LINGER, onAndSeconds),
                "setsockopt SO_LINGER");
        return Outcome.AS_USUAL;
    }

    /** Peers are not asked for their users, see {@link AccessRule}; the timeout is for that. */
    private static Outcome checkTimeout(Request request, String value) {
        if (!value.isEmpty()) {
            number("rfc931 timeout", value, 1);
        }
        return Outcome.AS_USUAL;
    }

    private static int number(String what, String value, int least) {
        if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < least) {
            throw new AccessRefusedException("rule of access: bad " + what + ": \"" + value + "\"");
        }
        return Integer.parseInt(value);
    }

    private static Fd connection(Request request, String option) {
        return request.socket()
                .orElseThrow(
                        () ->
                                new AccessRefusedException(
                                        "rule of access: option \""
                                                + option
                                                + "\" needs a connection"));
    }
}
