package org.jsocat.plugin.exec;

import org.jsocat.plugin.exec.Launch.Placed;
import org.jsocat.plugin.exec.ProgramOpening.Wish;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.DescriptorView;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.ChildProcess;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens a program as a stage: between what stands to its left and what stands to its right. */
final class ProgramStage {
    private final OpenContext context;
    private final Wish wish;
    private final ProgramSides sides;
    private final Direction direction;

    /** What this process has open for the program until the program has it. */
    private final List<Fd> theirs = new ArrayList<>(4);

    private ProgramStage(OpenContext context, Wish wish, ProgramSides sides) {
        this.context = context;
        this.wish = wish;
        this.sides = sides;
        direction = context.direction();
    }

    /** A program with two descriptors for each side. */
    static Endpoint bothWays(OpenContext context, Wish wish, Endpoint inner) {
        return new ProgramStage(context, wish, ProgramSides.bothWays(context)).open(inner);
    }

    /** A program that reads on one side and writes on the other. */
    static Endpoint oneWay(OpenContext context, Wish wish, Endpoint inner) {
        return new ProgramStage(context, wish, ProgramSides.oneWay(context)).open(inner);
    }

    private Endpoint open(Endpoint inner) {
        context.apply(Phase.EARLY, OptionTarget.NONE);
        DescriptorView far =
                direction == Direction.BOTH && sides.far().isOne()
                        ? context.descriptor(inner)
                        : context.descriptors(inner);
        Endpoint near = null;
        try {
            List<Placed> placed = new ArrayList<>(4);
            near = near(placed);
            place(placed, far);
            Endpoint stage = start(near, far, placed);
            far.handedOver();
            return stage;
        } catch (RuntimeException | Error failure) {
            far.close();
            if (near != null) {
                near.close();
            }
            throw failure;
        } finally {
            theirs.forEach(Fd::close);
        }
    }

    /**
     * This process's ends of the channels to the left; the program's ends are put in the list. They
     * are sockets, since one that is shut down for writing can still be waited for.
     */
    private Endpoint near(List<Placed> placed) {
        ProgramSides.Side side = sides.near();
        Fd input = null;
        Fd output = null;
        try {
            if (direction.writes()) {
                output = pair(placed, side.in());
            }
            if (direction.reads()) {
                boolean same = direction == Direction.BOTH && side.isOne();
                input = same ? output : pair(placed, side.out());
            }
        } catch (PosixException failure) {
            if (output != null) {
                output.close();
            }
            throw failure;
        }
        Fd reading = input == null ? output : input;
        Fd writing = output == null ? input : output;
        return DescriptorEndpoint.over(context, reading, writing).socket().build();
    }

    private Fd pair(List<Placed> placed, int number) {
        int[] pair = new int[2];
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM | Linux.SOCK_CLOEXEC, 0, pair),
                () -> "socketpair(1, 1, 0, ...)");
        Fd ours = new Fd(pair[0]);
        placed.add(new Placed(their(new Fd(pair[1])), number));
        ours.setNonBlocking(true);
        return ours;
    }

    private Fd their(Fd fd) {
        theirs.add(fd);
        return fd;
    }

    /** What leads to the right, and nothing where the other direction is not wanted. */
    private void place(List<Placed> placed, DescriptorView far) {
        ProgramSides.Side side = sides.far();
        if (direction == Direction.BOTH && side.isOne()) {
            placed.add(new Placed(far.input(), side.in()));
            return;
        }
        if (direction.reads()) {
            placed.add(new Placed(far.input(), side.in()));
        }
        if (direction.writes()) {
            placed.add(new Placed(far.output(), side.out()));
        }
        if (direction != Direction.BOTH) {
            Fd nothing = their(nothing());
            placeNothing(placed, nothing, sides.near());
            placeNothing(placed, nothing, side);
        }
    }

    private void placeNothing(List<Placed> placed, Fd nothing, ProgramSides.Side side) {
        boolean input = (side == sides.near()) != direction.writes();
        int number = input ? side.in() : side.out();
        if (number >= 0 && !side.isOne()) {
            placed.add(new Placed(nothing, number));
        }
    }

    private static Fd nothing() {
        return new Fd(
                PosixException.check(
                        Libc.open("/dev/null", Linux.O_RDWR | Linux.O_CLOEXEC, 0),
                        () -> "open(\"/dev/null\", ...)"));
    }

    private Endpoint start(Endpoint near, DescriptorView far, List<Placed> placed) {
        int output = sides.near().out() >= 0 ? sides.near().out() : sides.far().out();
        Launch launch = new Launch(context, wish.command(), 0, output);
        boolean killed = wish.killed() && !context.flag(FdOptions.END_CLOSE);
        Launch.Channel channel =
                new Launch.Channel(Optional.empty(), Optional.empty(), false, placed);
        wish.announce(context.log());
        ChildProcess process = launch.spawn(channel);
        context.log().info("forked off child process {}", process.pid());
        ChildProgram child = new ChildProgram(process, false, killed, wish.outcome());
        ProgramOpening.passSignals(context, child);
        context.afterClosing(child::end);
        return new ProgramStageEndpoint(near, far, child, direction);
    }
}
