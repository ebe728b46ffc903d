package org.jsocat.core.relay;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.DescriptorView;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.ForwardingEndpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Wakeup;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Pipe;
import org.jsocat.spi.posix.PosixException;

import java.time.Duration;
import java.util.Optional;

/**
 * Gives a program an endpoint that is not just a descriptor: a relay of its own moves bytes between
 * the endpoint and one end of a socket pair or of pipes, on a loop that all pumps of this JVM
 * share.
 */
public final class Pump implements DescriptorView {
    /** Neither side's silence ends it: that is the matter of the relay which uses the program. */
    private static final RelaySettings SETTINGS =
            new RelaySettings(
                    Direction.BOTH,
                    0,
                    Duration.ofDays(1_000_000),
                    Optional.empty(),
                    Optional.empty(),
                    false);

    private final Fd input;
    private final Fd output;
    private final Relay relay;
    private final Wakeup wakeup;
    private volatile boolean drained;

    /** A pump between an endpoint and a channel whose other ends are the program's. */
    private Pump(
            OpenContext context,
            Endpoint inner,
            DescriptorEndpoint.Builder near,
            Fd input,
            Fd output) {
        this.input = input;
        this.output = output;
        wakeup = context.wakeup();
        relay =
                new Relay(
                        Side.plain(near.coolWrite().build()),
                        Side.plain(new Inner(inner), context.wakeups()),
                        SETTINGS,
                        context.log(),
                        (ended, status) -> isDrained());
    }

    /**
     * An endpoint as descriptors, see {@link OpenContext#descriptor}.
     *
     * @param inner belongs to the view from now on, unless this fails
     */
    public static DescriptorView descriptor(OpenContext context, Endpoint inner) {
        if (isRaw(inner)) {
            DescriptorView own = Own.of(inner);
            if (own != null) {
                return own;
            }
        }
        int[] pair = new int[2];
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM | Linux.SOCK_CLOEXEC, 0, pair),
                () -> "socketpair(1, 1, 0, ...)");
        Fd far = new Fd(pair[0]);
        Fd near = new Fd(pair[1]);
        near.setNonBlocking(true);
        return started(
                new Pump(
                        context,
                        inner,
                        DescriptorEndpoint.over(near, Direction.BOTH).socket(),
                        far,
                        far));
    }

    /**
     * An endpoint as descriptors of which each can be ended alone, see {@link
     * OpenContext#descriptors}.
     *
     * @param inner belongs to the view from now on, unless this fails
     */
    public static DescriptorView descriptors(OpenContext context, Endpoint inner) {
        boolean apart =
                inner.direction() != Direction.BOTH || inner.rawInput() != inner.rawOutput();
        if (apart && isRaw(inner)) {
            DescriptorView own = Own.of(inner);
            if (own != null) {
                return own;
            }
        }
        Pipe toProgram = Pipe.open(Linux.O_CLOEXEC);
        Pipe fromProgram;
        try {
            fromProgram = Pipe.open(Linux.O_CLOEXEC);
        } catch (PosixException failure) {
            toProgram.close();
            throw failure;
        }
        fromProgram.reader().setNonBlocking(true);
        toProgram.writer().setNonBlocking(true);
        return started(
                new Pump(
                        context,
                        inner,
                        DescriptorEndpoint.over(fromProgram.reader(), toProgram.writer()),
                        toProgram.reader(),
                        fromProgram.writer()));
    }

    private static boolean isRaw(Endpoint inner) {
        Direction direction = inner.direction();
        return (!direction.reads() || inner.rawInput() != Endpoint.NONE)
                && (!direction.writes() || inner.rawOutput() != Endpoint.NONE);
    }

    private static Pump started(Pump pump) {
        SharedLoop.LOOP.add(pump.relay);
        return pump;
    }

    @Override
    public Fd input() {
        return input;
    }

    @Override
    public Fd output() {
        return output;
    }

    @Override
    public void handedOver() {
        Own.close(input, output);
    }

    @Override
    public boolean hasUnflushed() {
        return !drained;
    }

    private void isDrained() {
        if (!drained) {
            drained = true;
            wakeup.now();
        }
    }

    @Override
    public void close() {
        Own.close(input, output);
        relay.end();
    }

    /** Tells when all that the program wrote is out. */
    private final class Inner extends ForwardingEndpoint {
        private boolean down;

        Inner(Endpoint inner) {
            super(inner);
        }

        @Override
        public void shutdownOutput() {
            down = true;
            super.shutdownOutput();
            check();
        }

        @Override
        public void flush() {
            super.flush();
            check();
        }

        private void check() {
            if (down && !hasUnflushed()) {
                isDrained();
            }
        }
    }

    private static final class SharedLoop {
        static final EventLoop LOOP = start();

        private static EventLoop start() {
            EventLoop loop = new EventLoop();
            Thread.ofPlatform().daemon().name("pump").start(loop::run);
            return loop;
        }
    }

    /** The descriptors of an endpoint that was released. */
    private record Own(Fd input, Fd output) implements DescriptorView {
        /** Null where the endpoint cannot give its descriptors up. */
        static Own of(Endpoint inner) {
            int reading = inner.rawInput();
            int writing = inner.rawOutput();
            int first = reading == Endpoint.NONE ? writing : reading;
            Fd input = duplicate(first);
            Fd output = null;
            try {
                output = writing == Endpoint.NONE || writing == first ? input : duplicate(writing);
                inner.release();
                return new Own(input, output);
            } catch (AddressException cannot) {
                close(input, output);
                return null;
            } catch (RuntimeException | Error failure) {
                close(input, output);
                throw failure;
            }
        }

        private static Fd duplicate(int number) {
            return new Fd(
                    PosixException.check(
                            Libc.fcntl(number, Linux.F_DUPFD_CLOEXEC, 0),
                            () -> "dup(" + number + ")"));
        }

        private static void close(Fd input, Fd output) {
            input.close();
            if (output != null && output != input) {
                output.close();
            }
        }

        @Override
        public void handedOver() {
            close(input, output);
        }

        @Override
        public boolean hasUnflushed() {
            return false;
        }

        @Override
        public void close() {
            close(input, output);
        }
    }
}
