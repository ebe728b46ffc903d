package org.jsocat.spi;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * Numbers as strtoul(3) and strtod(3) with base 0 read them, which is what command lines rely on.
 */
final class Numbers {
    private Numbers() {}

    /**
     * A whole number in decimal, octal ({@code 017}) or hexadecimal ({@code 0x1f}), with an
     * optional sign.
     */
    static long whole(String text) {
        return whole(text, 0);
    }

    static long whole(String text, int base) {
        int end = length(text, base);
        if (end == 0) {
            throw new OptionValueException(
                    "missing numerical value" + (text.isEmpty() ? "" : " in \"" + text + "\""));
        }
        if (end < text.length()) {
            throw new OptionValueException(
                    "trailing garbage \""
                            + text.substring(end)
                            + "\" in numerical value; a whole number (decimal, 0octal or"
                            + " 0xhexadecimal) is accepted");
        }
        return prefix(text, end, base);
    }

    /** How many characters at the start of the text are a number. */
    static int length(String text, int base) {
        int at = sign(text);
        int radix = base;
        if ((base == 0 || base == 16) && hexadecimal(text, at)) {
            at += 2;
            radix = 16;
        } else if (base == 0) {
            radix = at < text.length() && text.charAt(at) == '0' ? 8 : 10;
        }
        int first = at;
        while (at < text.length() && Character.digit(text.charAt(at), radix) >= 0) {
            at++;
        }
        return at == first ? 0 : at;
    }

    /** The number in the first {@code end} characters. */
    static long prefix(String text, int end, int base) {
        int at = sign(text);
        boolean negative = at > 0 && text.charAt(at - 1) == '-';
        int radix = base == 0 ? 10 : base;
        if ((base == 0 || base == 16) && hexadecimal(text, at)) {
            at += 2;
            radix = 16;
        } else if (base == 0 && text.charAt(at) == '0') {
            radix = 8;
        }
        try {
            long value = Long.parseUnsignedLong(text, at, end, radix);
            return negative ? -value : value;
        } catch (NumberFormatException tooLarge) {
            throw new OptionValueException(
                    "number \"" + text.substring(0, end) + "\" is out of range");
        }
    }

    private static int sign(String text) {
        int at = 0;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')
                ? at + 1
                : at;
    }

    private static boolean hexadecimal(String text, int at) {
        return text.length() > at + 2
                && text.charAt(at) == '0'
                && (text.charAt(at + 1) | 0x20) == 'x'
                && Character.digit(text.charAt(at + 2), 16) >= 0;
    }

    /** Seconds with a fraction. */
    static Duration seconds(String text) {
        try {
            BigDecimal seconds = new BigDecimal(text.trim());
            return Duration.ofNanos(seconds.movePointRight(9).longValueExact());
        } catch (NumberFormatException notANumber) {
            throw new OptionValueException(
                    "\"" + text + "\" is not a time; seconds such as 2 or 0.25 are accepted");
        } catch (ArithmeticException fractionOrRange) {
            return Duration.ofNanos((long) (Double.parseDouble(text.trim()) * 1e9));
        }
    }
}
