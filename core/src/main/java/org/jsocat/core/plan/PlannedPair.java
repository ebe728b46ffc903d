package org.jsocat.core.plan;

import org.jsocat.core.parse.Problem;
import org.jsocat.spi.Direction;

import java.util.ArrayList;
import java.util.List;

/**
 * Both addresses of a command line as far as they could be planned.
 *
 * @param left the first address
 * @param right the second address
 */
public record PlannedPair(Planner.Outcome left, Planner.Outcome right) {
    /** How many mistakes are told; whoever makes more has made another one first. */
    private static final int MOST_PROBLEMS = 20;

    /**
     * Plans both.
     *
     * @param direction the direction in which the first address is used
     */
    public static PlannedPair of(
            Planner planner, String first, String second, Direction direction) {
        Planner.Outcome left = planner.plan(first, direction);
        return new PlannedPair(left, planner.plan(second, opposite(left, direction)));
    }

    /** The second address is written where the first one is read and the other way round. */
    private static Direction opposite(Planner.Outcome left, Direction direction) {
        boolean narrower =
                direction == Direction.BOTH
                        && left.plan().isPresent()
                        && left.plan().get().supported() != Direction.BOTH;
        return narrower ? left.plan().get().supported().reversed() : direction.reversed();
    }

    /** Whether both can be opened as they are written. */
    public boolean fits() {
        return left.plan().isPresent() && right.plan().isPresent();
    }

    /** What is wrong, a line each, up to a bound; empty where it {@link #fits}. */
    public List<String> problems() {
        List<String> lines = new ArrayList<>(0);
        add(lines, left.problems(), "address 1");
        add(lines, right.problems(), "address 2");
        return lines;
    }

    private static void add(List<String> lines, List<Problem> problems, String argument) {
        int told = Math.min(problems.size(), MOST_PROBLEMS);
        problems.subList(0, told).forEach(found -> lines.add(found.line(argument)));
        if (told < problems.size()) {
            lines.add("and " + (problems.size() - told) + " more mistakes in " + argument);
        }
    }
}
