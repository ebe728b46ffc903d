package org.jsocat.plugin.inet;

import org.jsocat.plugin.inet.AccessRule.Request;

/**
 * The placeholders in commands of rules of access. Characters of a peer's name that a shell could
 * take for more than a name become underscores. Source: hosts_access(5).
 */
final class AccessPlaceholders {
    private static final String HARMLESS = "!@%-_=+:,./";

    private AccessPlaceholders() {}

    static String expand(String text, Request request) {
        StringBuilder expanded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' && i + 1 < text.length()) {
                expanded.append(value(text.charAt(++i), request));
            } else {
                expanded.append(c);
            }
        }
        return expanded.toString();
    }

    private static String value(char letter, Request request) {
        AccessHost client = request.client();
        AccessHost server = request.server();
        return switch (letter) {
            case '%' -> "%";
            case 'a' -> harmless(client.address());
            case 'A' -> harmless(server.address());
            case 'c' -> harmless(client.info());
            case 'd' -> harmless(request.daemon());
            case 'h' -> harmless(client.info());
            case 'H' -> harmless(server.info());
            case 'n' -> harmless(client.name());
            case 'N' -> harmless(server.name());
            case 'p' -> Long.toString(ProcessHandle.current().pid());
            case 'r' -> Integer.toString(client.port());
            case 'R' -> Integer.toString(server.port());
            case 's' -> harmless(request.daemon() + "@" + server.info());
            case 'u' -> AccessHost.UNKNOWN;
            default ->
                    throw new AccessRefusedException(
                            "rule of access: unrecognized placeholder %" + letter);
        };
    }

    private static String harmless(String text) {
        StringBuilder checked = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            checked.append(letter || digit || HARMLESS.indexOf(c) >= 0 ? c : '_');
        }
        return checked.toString();
    }
}
