package org.jsocat.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which chain leads to which host and port: {@code *.onion:* = socks5:%h:%p|TCP:127.0.0.1:9050}.
 * The first rule that fits holds; {@code direct} in place of a chain leaves a connection alone.
 * Immutable.
 */
final class Rules {
    private static final String DIRECT = "direct";
    private static final int HIGHEST_PORT = 65535;

    private record Rule(Pattern host, int least, int most, String chain) {
        boolean fits(String name, int port) {
            return port >= least && port <= most && host.matcher(name).matches();
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    /**
     * Reads rules, one a line; empty lines and those that begin with # are none.
     *
     * @throws IllegalArgumentException when one is wrong; the message names it
     */
    Rules(Iterable<String> lines) {
        for (String line : lines) {
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                rules.add(rule(text));
            }
        }
    }

    private static Rule rule(String text) {
        int equals = text.indexOf('=');
        String target = equals < 0 ? "" : text.substring(0, equals).strip();
        String chain = equals < 0 ? "" : text.substring(equals + 1).strip();
        int colon = target.lastIndexOf(':');
        if (colon < 1 || chain.isEmpty()) {
            throw wrong(text, "it is not of the form HOST:PORT = CHAIN");
        }
        String host = target.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        String[] ports = target.substring(colon + 1).split("-", 2);
        if (ports[0].equals("*") && ports.length == 1) {
            return new Rule(glob(host), 0, HIGHEST_PORT, chain);
        }
        try {
            int least = Integer.parseInt(ports[0].strip());
            int most = ports.length == 1 ? least : Integer.parseInt(ports[1].strip());
            return new Rule(glob(host), least, most, chain);
        } catch (NumberFormatException none) {
            throw wrong(text, "its port is no number, no range and no *");
        }
    }

    private static IllegalArgumentException wrong(String text, String reason) {
        return new IllegalArgumentException("rule \"" + text + "\": " + reason);
    }

    private static Pattern glob(String host) {
        StringBuilder pattern = new StringBuilder();
        for (String part : host.toLowerCase(Locale.ROOT).split("(?=\\*)|(?<=\\*)")) {
            pattern.append(part.equals("*") ? ".*" : Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString());
    }

    /** The chain to a host and a port; empty where connections are left alone. */
    Optional<String> chain(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        for (Rule rule : rules) {
            if (rule.fits(name, port)) {
                return Optional.of(rule.chain).filter(chain -> !chain.equals(DIRECT));
            }
        }
        return Optional.empty();
    }
}
