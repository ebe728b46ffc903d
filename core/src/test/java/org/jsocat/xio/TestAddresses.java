package org.jsocat.xio;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Pipe;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Readiness;

import java.util.List;

/** Addresses over descriptors that a test has made. */
final class TestAddresses implements AddressProvider {
    @Override
    public List<AddressType> addressTypes() {
        return List.of(
                AddressType.named("ECHO")
                        .opens(Parameters.NONE, Direction.BOTH, TestAddresses::echo),
                AddressType.named("SOCKET")
                        .opens(
                                Parameters.of(":<descriptor>", 1),
                                Direction.BOTH,
                                TestAddresses::socket),
                AddressType.named("WAIT")
                        .opens(
                                Parameters.of(":<descriptor>", 1),
                                Direction.BOTH,
                                TestAddresses::waitFirst));
    }

    private static Endpoint echo(OpenContext context) {
        Pipe pipe = Pipe.open(Linux.O_NONBLOCK);
        return DescriptorEndpoint.over(context, pipe.reader(), pipe.writer()).build();
    }

    private static Endpoint socket(OpenContext context) {
        Fd fd = new Fd(Integer.parseInt(context.parameters().getFirst()));
        return DescriptorEndpoint.over(context, fd).socket().build();
    }

    /** Waits until the socket can be read before it is open. */
    private static Endpoint waitFirst(OpenContext context) {
        int number = Integer.parseInt(context.parameters().getFirst());
        PosixException.check(Readiness.await(number, Linux.POLLIN, -1), "poll()");
        return socket(context);
    }
}
