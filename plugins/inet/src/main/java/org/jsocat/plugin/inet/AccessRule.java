package org.jsocat.plugin.inet;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Fd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One line of a table of access: {@code daemons : clients [: option ...]}. Source: hosts_access(5),
 * hosts_options(5).
 *
 * @param daemons the patterns for the server's name, each perhaps with {@code @host}
 * @param clients the patterns for the peer, each perhaps with {@code user@}
 * @param options what follows
 */
record AccessRule(List<String> daemons, List<String> clients, List<String> options) {
    private static final String EXCEPT = "EXCEPT";

    /**
     * Who wants what.
     *
     * @param daemon the server's name
     * @param server its end
     * @param client the peer's end
     * @param socket the connection, where there is one
     * @param connection where to log, and what programs find in their environment
     */
    record Request(
            String daemon,
            AccessHost server,
            AccessHost client,
            Optional<Fd> socket,
            OpenContext connection) {}

    /** Reads a line, or nothing where it lacks the colon. */
    static Optional<AccessRule> parse(String line) {
        List<String> fields = fields(line);
        if (fields.size() < 2) {
            return Optional.empty();
        }
        List<String> options = fields.subList(2, fields.size()).stream().map(String::trim).toList();
        return Optional.of(new AccessRule(words(fields.get(0)), words(fields.get(1)), options));
    }

    /** Cuts at colons outside brackets; a backslash keeps one. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == ':') {
                field.append(line.charAt(++i));
            } else if (c == ':' && depth == 0) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                depth += c == '[' ? 1 : c == ']' && depth > 0 ? -1 : 0;
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private static List<String> words(String field) {
        return Arrays.stream(field.split("[, \t\r\n]+")).filter(word -> !word.isEmpty()).toList();
    }

    /** Whether the rule is about this request. */
    boolean matches(Request request) {
        return matches(daemons, pattern -> daemon(pattern, request))
                && matches(clients, pattern -> client(pattern, request));
    }

    /** Whether one word fits and none of those behind EXCEPT does. */
    private static boolean matches(List<String> words, Predicate<String> fits) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equalsIgnoreCase(EXCEPT)) {
                return false;
            }
            if (fits.test(words.get(i))) {
                int rest = i + 1;
                while (rest < words.size() && !words.get(rest).equalsIgnoreCase(EXCEPT)) {
                    rest++;
                }
                return rest == words.size()
                        || !matches(words.subList(rest + 1, words.size()), fits);
            }
        }
        return false;
    }

    private static boolean daemon(String pattern, Request request) {
        int at = pattern.indexOf('@', 1);
        String name = at < 0 ? pattern : pattern.substring(0, at);
        return AccessHost.matches(name, request.daemon())
                && (at < 0 || request.server().matches(pattern.substring(at + 1)));
    }

    /**
     * Users of the peer are not asked for (RFC 1413), so that only patterns for unknown ones fit.
     */
    private static boolean client(String pattern, Request request) {
        int at = pattern.indexOf('@', 1);
        if (at < 0) {
            return request.client().matches(pattern);
        }
        return request.client().matches(pattern.substring(at + 1))
                && AccessHost.matches(pattern.substring(0, at), AccessHost.UNKNOWN);
    }
}
