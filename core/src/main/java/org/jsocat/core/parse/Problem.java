package org.jsocat.core.parse;

import java.util.Objects;

/**
 * Something wrong with an argument.
 *
 * @param column where, as an offset in the argument, from 0
 * @param message what, in the reference's words where it has some
 * @param expected what would be accepted; may be empty
 */
public record Problem(int column, String message, String expected) {

    public Problem {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(expected, "expected");
    }

    /**
     * The message, the place (columns counted from 1, as people do) and what would be accepted, in
     * one line.
     */
    public String line() {
        return line("");
    }

    /**
     * The same, with the name of the argument before the column; the message comes first, where
     * scripts look for it.
     */
    public String line(String argument) {
        String place =
                message
                        + " ("
                        + (argument.isEmpty() ? "" : argument + ", ")
                        + "column "
                        + (column + 1)
                        + ")";
        return expected.isEmpty() ? place : place + "; " + expected;
    }
}
