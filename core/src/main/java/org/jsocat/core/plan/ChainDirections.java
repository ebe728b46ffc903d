package org.jsocat.core.plan;

import org.jsocat.core.parse.Problem;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.Direction;

import java.util.List;

/**
 * Follows a chain from left to right and finds out in which directions each element is used: the
 * first as the command line says, each other as its left neighbour needs it. Collects what does not
 * fit.
 */
final class ChainDirections {
    private final List<Problem> problems;
    private Direction wanted;
    private boolean known = true;

    ChainDirections(Direction wanted, List<Problem> problems) {
        this.wanted = wanted;
        this.problems = problems;
    }

    /** The directions that are wanted of the next element. */
    Direction wanted() {
        return wanted;
    }

    /** An element is not known, so that nothing can be said about what follows. */
    void lost() {
        known = false;
    }

    /** The next element is a stage. */
    void stage(Plan.Address stage, int column) {
        AddressType.StageForm form = check(stage, column, wanted, stage.reversed());
        wanted = form.needs(wanted, stage.reversed());
    }

    /** The next element is a stage for each direction; the second one is mounted in reverse. */
    void dual(Plan.Address forth, int forthColumn, Plan.Address back, int backColumn) {
        if (known && wanted != Direction.BOTH) {
            tell(
                    Math.min(forthColumn, backColumn),
                    "two stages joined by \"%\" work both ways, but only "
                            + way(wanted)
                            + " is wanted here",
                    "one of them alone");
        }
        half(forth, forthColumn, Direction.WRITE, forth.reversed());
        half(back, backColumn, Direction.READ, !back.reversed());
        wanted = Direction.BOTH;
    }

    private void half(Plan.Address stage, int column, Direction direction, boolean reversed) {
        AddressType.StageForm form = check(stage, column, direction, reversed);
        Direction needed = form.needs(direction, reversed);
        if (needed != direction && form.fits(direction, reversed)) {
            tell(
                    column,
                    stage.type().name()
                            + " needs both ways to its right and cannot be joined by \"%\"",
                    "it can be a stage alone");
        }
    }

    private AddressType.StageForm check(
            Plan.Address stage, int column, Direction direction, boolean reversed) {
        AddressType.StageForm form = stage.type().stage().orElseThrow();
        if (!form.fits(direction, reversed)) {
            Direction passes = form.passes(reversed);
            tell(
                    column,
                    stage.type().name()
                            + (reversed ? " in reverse" : "")
                            + " works "
                            + way(passes)
                            + (passes == Direction.BOTH ? "" : " only")
                            + ", but "
                            + way(direction)
                            + " is wanted here",
                    passes == Direction.BOTH
                            ? "leave out -u or -U"
                            : "\"%\" joins it with a stage for the other direction");
        }
        return form;
    }

    /** The last element. */
    void endpoint(Plan endpoint, int column) {
        Direction supported = endpoint.supported();
        if (!supported.covers(wanted)) {
            tell(
                    column,
                    "the endpoint of the chain is "
                            + supported.text()
                            + ", but the stages need it "
                            + wanted.text(),
                    "");
        }
    }

    private void tell(int column, String message, String expected) {
        if (known) {
            problems.add(new Problem(column, message, expected));
        }
    }

    private static String way(Direction direction) {
        return switch (direction) {
            case READ -> "to the left";
            case WRITE -> "to the right";
            case BOTH -> "both ways";
        };
    }
}
