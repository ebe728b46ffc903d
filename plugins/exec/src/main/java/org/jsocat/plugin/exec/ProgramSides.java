package org.jsocat.plugin.exec;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;

import java.util.HashSet;
import java.util.Set;

/**
 * The numbers of a program's descriptors on both sides of a stage.
 *
 * @param near what leads to the left of the stage
 * @param far what leads to its right
 */
record ProgramSides(Side near, Side far) {
    private static final int UNUSED = -1;

    /**
     * One side.
     *
     * @param in what the program reads, or -1
     * @param out what it writes, or -1; may be the same
     */
    record Side(int in, int out) {
        boolean isOne() {
            return in == out;
        }
    }

    /**
     * Of a program with two descriptors for each side: 0 and 1 on the left, 3 and 4 on the right.
     */
    static ProgramSides bothWays(OpenContext context) {
        return oriented(context, new Side(0, 1), new Side(3, 4));
    }

    /** Of a program that reads its standard input and writes to its standard output. */
    static ProgramSides oneWay(OpenContext context) {
        return oriented(context, new Side(0, UNUSED), new Side(UNUSED, 1));
    }

    private static ProgramSides oriented(OpenContext context, Side left, Side right) {
        Side leftSide =
                side(context, left, StageOptions.LEFT, StageOptions.LEFT_IN, StageOptions.LEFT_OUT);
        Side rightSide =
                side(
                        context,
                        right,
                        StageOptions.RIGHT,
                        StageOptions.RIGHT_IN,
                        StageOptions.RIGHT_OUT);
        ProgramSides sides =
                context.reversed()
                        ? new ProgramSides(rightSide, leftSide)
                        : new ProgramSides(leftSide, rightSide);
        sides.requireDifferent();
        return sides;
    }

    private static Side side(
            OpenContext context,
            Side usual,
            Option<Integer> both,
            Option<Integer> in,
            Option<Integer> out) {
        int input = number(context, usual.in, in, both);
        int output = number(context, usual.out, out, both);
        return new Side(input, output);
    }

    /** What is not there is left to be told as an option without effect. */
    private static int number(
            OpenContext context, int usual, Option<Integer> own, Option<Integer> both) {
        return usual == UNUSED
                ? UNUSED
                : context.option(own).or(() -> context.option(both)).orElse(usual);
    }

    private void requireDifferent() {
        Set<Integer> numbers = new HashSet<>();
        boolean different = true;
        for (Side side : new Side[] {near, far}) {
            for (int number : side.isOne() ? new int[] {side.in} : new int[] {side.in, side.out}) {
                different &= number == UNUSED || numbers.add(number);
            }
        }
        if (!different) {
            throw AddressException.usage(
                    "the left and the right side need descriptors of different numbers");
        }
    }
}
