package org.jsocat.plugin.file;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.ForwardingEndpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Pipe;
import org.jsocat.spi.posix.PosixException;

/** The address STALL: a pipe into which nobody writes, and a full one from which nobody reads. */
final class StallAddress {
    private StallAddress() {}

    static Endpoint open(OpenContext context) {
        Direction direction = context.direction();
        context.apply(Phase.EARLY, OptionTarget.NONE);
        Pipe idle = null;
        Pipe full = null;
        try {
            if (direction.reads()) {
                context.log().debug("creating pipe for stalled reading");
                idle = Pipe.open(Linux.O_NONBLOCK);
            }
            if (direction.writes()) {
                context.log().debug("creating pipe for stalled writing");
                full = Pipe.open(Linux.O_NONBLOCK);
            }
            Fd input = direction.reads() ? idle.reader() : full.writer();
            Fd output = direction.writes() ? full.writer() : input;
            Phases.all(context, OptionTarget.of(input));
            if (direction.writes()) {
                fill(output);
            }
            context.log().info(notice(direction));
            return new StallEndpoint(
                    DescriptorEndpoint.over(context, input, output).build(),
                    direction.reads() ? idle.writer() : output,
                    direction.writes() ? full.reader() : input);
        } catch (RuntimeException | Error failure) {
            if (idle != null) {
                idle.close();
            }
            if (full != null) {
                full.close();
            }
            throw failure;
        }
    }

    private static String notice(Direction direction) {
        return switch (direction) {
            case READ -> "reading from stall pipe";
            case WRITE -> "writing to nothing";
            case BOTH -> "reading from stall pipe, writing to nothing";
        };
    }

    /** After this the pipe is never writable. */
    private static void fill(Fd writer) {
        int size =
                PosixException.check(
                        Libc.fcntl(writer.number(), Linux.F_GETPIPE_SZ, 0),
                        () -> "fcntl(" + writer.number() + ", F_GETPIPE_SZ)");
        byte[] zeros = new byte[size];
        while (Libc.write(writer.number(), zeros, 0, size) > 0) {
            // until it takes nothing more
        }
    }

    /** Keeps the far ends, without which the near ones would be at their end. */
    private static final class StallEndpoint extends ForwardingEndpoint {
        private final Fd feeder;
        private final Fd drain;

        StallEndpoint(Endpoint near, Fd feeder, Fd drain) {
            super(near);
            this.feeder = feeder;
            this.drain = drain;
        }

        @Override
        public void close() {
            super.close();
            feeder.close();
            drain.close();
        }

        /** So that the relay asks for room before it reads for what can never be written. */
        @Override
        public int rawOutput() {
            return NONE;
        }

        @Override
        public int rawInput() {
            return NONE;
        }

        /** A program would have to keep the far ends. */
        @Override
        public void release() {
            throw AddressException.usage("a program cannot take this address over");
        }
    }
}
