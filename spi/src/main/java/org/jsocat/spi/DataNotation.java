package org.jsocat.spi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The data notation of socat (its manual, section "DATA VALUES"): items one after another, each
 * with a letter for its type: {@code i} and {@code I} int, {@code l} and {@code L} long, {@code s}
 * and {@code S} short, {@code b} and {@code B} byte, {@code x} hexadecimal digits, {@code "text"},
 * {@code 'c'}. Numbers are decimal, in the byte order of the machine; a number without letter has
 * the type of the item before it, at first int.
 *
 * @since 1.0
 */
public final class DataNotation {
    private final String text;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int at;

    private DataNotation(String text) {
        this.text = text;
    }

    /**
     * The bytes that the text denotes.
     *
     * @throws OptionValueException when it is not of this notation
     */
    public static byte[] parse(String text) {
        return new DataNotation(text).items();
    }

    private byte[] items() {
        char type = 'i';
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if ("\"'xlLiIsSbB".indexOf(c) >= 0) {
                at++;
                type = c;
                item(type);
            } else {
                int start = at;
                item(type);
                if (at == start) {
                    throw problem("unexpected \"" + c + "\"");
                }
            }
        }
        return bytes.toByteArray();
    }

    private void item(char type) {
        switch (type) {
            case '"' -> string();
            case '\'' -> character();
            case 'x' -> hexadecimal();
            case 'l', 'L' -> number(8);
            case 'i', 'I' -> number(4);
            case 's', 'S' -> number(2);
            default -> number(1);
        }
    }

    private void string() {
        while (true) {
            char c = next("unterminated string");
            if (c == '"') {
                return;
            }
            put(c == '\\' ? escaped(next("unterminated string")) : c);
        }
    }

    private void character() {
        char c = next("unterminated character");
        if (c == '\'') {
            throw problem("empty character");
        }
        put(c == '\\' ? escaped(next("unterminated character")) : c);
        if (next("unterminated character") != '\'') {
            throw problem("unterminated character");
        }
    }

    private void hexadecimal() {
        while (at < text.length() && Character.digit(text.charAt(at), 16) >= 0) {
            int high = Character.digit(text.charAt(at++), 16);
            int low = at < text.length() ? Character.digit(text.charAt(at++), 16) : -1;
            if (low < 0) {
                throw problem("odd number of hexadecimal digits");
            }
            bytes.write(high << 4 | low);
        }
    }

    private void number(int size) {
        int start = at;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        int digits = at;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
        if (at == digits) {
            at = start;
            return;
        }
        long value;
        try {
            value = Long.parseLong(text, start, at, 10);
        } catch (NumberFormatException tooLarge) {
            throw problem("number out of range");
        }
        byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
        bytes.write(all, 0, size);
    }

    private void put(char c) {
        if (c < 0x100) {
            bytes.write(c);
        } else {
            bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        }
    }

    private char next(String problem) {
        if (at >= text.length()) {
            throw problem(problem);
        }
        return text.charAt(at++);
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'f' -> '\f';
            case 'b' -> '\b';
            case 'a' -> '\u0007';
            case 'e' -> '\u001b';
            case '0' -> '\0';
            default -> c;
        };
    }

    private OptionValueException problem(String what) {
        return new OptionValueException(
                "problem with \""
                        + text
                        + "\" data: "
                        + what
                        + "; items such as x0a0b, \"text\", 'c', i42, s7, b1 are accepted");
    }
}
