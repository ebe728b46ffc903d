package org.jsocat.core.plan;

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

    /** What is wrong, a line each; empty where it {@link #fits}. */
    public List<String> problems() {
        List<String> lines = new ArrayList<>(0);
        left.problems().forEach(found -> lines.add(found.line("address 1")));
        right.problems().forEach(found -> lines.add(found.line("address 2")));
        return lines;
    }
}
