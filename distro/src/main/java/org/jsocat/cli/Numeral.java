package org.jsocat.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** Numbers behind options of the command line, read as strtoul(3) with base 0 and strtod(3) do. */
final class Numeral {
    private static final Duration FOREVER = Duration.ofSeconds(Integer.MAX_VALUE);

    private Numeral() {}

    /** A number of up to 64 bits without sign. */
    static long whole(String option, String text) {
        String digits = text.strip();
        try {
            int radix = 10;
            if (digits.startsWith("0x") || digits.startsWith("0X")) {
                radix = 16;
                digits = digits.substring(2);
            } else if (digits.startsWith("0")) {
                radix = 8;
            }
            if (radix == 16 && digits.startsWith("+")) {
                throw new NumberFormatException();
            }
            return Long.parseUnsignedLong(digits, radix);
        } catch (NumberFormatException wrong) {
            throw new UsageException(
                    "option "
                            + option
                            + ": \""
                            + text
                            + "\" is not a number; decimal, 0octal and 0xhexadecimal are accepted");
        }
    }

    /** A number of bytes; what is beyond the greatest block is cut to it by the relay. */
    static int size(String option, String text) {
        long size = whole(option, text);
        if (size == 0) {
            throw new UsageException(
                    "option "
                            + option
                            + ": a block of 0 bytes moves nothing; 1 and more are accepted");
        }
        if (size < 0) {
            throw new UsageException(
                    "buffer size option ("
                            + option
                            + ") to big - "
                            + Long.toUnsignedString(size)
                            + " (max is "
                            + Long.MAX_VALUE
                            + ")");
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    /**
     * Seconds with a fraction; {@code inf} and everything beyond 68 years are as long as a timer
     * can be.
     */
    static Duration seconds(String option, String text) {
        String digits = text.strip().toLowerCase(Locale.ROOT);
        if (digits.equals("inf") || digits.equals("infinity")) {
            return FOREVER;
        }
        try {
            BigDecimal seconds = new BigDecimal(digits);
            if (seconds.precision() - (long) seconds.scale() > 10) {
                return seconds.signum() < 0 ? FOREVER.negated() : FOREVER;
            }
            if (seconds.precision() - (long) seconds.scale() < -20) {
                return Duration.ZERO;
            }
            return Duration.ofNanos(seconds.movePointRight(9).longValue());
        } catch (NumberFormatException wrong) {
            throw new UsageException(
                    "option "
                            + option
                            + ": \""
                            + text
                            + "\" is not a time; seconds such as 2 or 0.25 are accepted");
        }
    }

    static Duration positiveSeconds(String option, String text) {
        Duration seconds = seconds(option, text);
        if (seconds.isNegative()) {
            throw new UsageException(
                    "option " + option + ": \"" + text + "\" is negative; 0 and more are accepted");
        }
        return seconds;
    }

    /** The number at the beginning of a text, or 0, as atoi(3) reads environment variables. */
    static int leading(String text) {
        String digits = text.strip();
        int end = digits.startsWith("+") || digits.startsWith("-") ? 1 : 0;
        while (end < digits.length() && Character.digit(digits.charAt(end), 10) >= 0) {
            end++;
        }
        try {
            return Integer.parseInt(digits, 0, end, 10);
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}
