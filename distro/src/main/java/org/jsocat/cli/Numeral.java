package org.jsocat.cli;

import java.math.BigDecimal;
import java.time.Duration;

/** Numbers behind options of the command line, read as strtoul(3) with base 0 and strtod(3) do. */
final class Numeral {
    private Numeral() {}

    static long whole(String option, String text) {
        try {
            return Long.decode(text.strip());
        } catch (NumberFormatException wrong) {
            throw new UsageException("option " + option + ": \"" + text
                    + "\" is not a number; decimal, 0octal and 0xhexadecimal are accepted");
        }
    }

    static Duration seconds(String option, String text) {
        try {
            BigDecimal seconds = new BigDecimal(text.strip());
            return Duration.ofNanos(seconds.movePointRight(9).longValue());
        } catch (NumberFormatException wrong) {
            throw new UsageException(
                    "option " + option + ": \"" + text + "\" is not a time; seconds such as 2 or 0.25 are accepted");
        }
    }
}
