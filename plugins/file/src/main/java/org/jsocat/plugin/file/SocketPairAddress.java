package org.jsocat.plugin.file;

import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.DescriptorEndpoint.Shutdown;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

/** The address SOCKETPAIR: what is written to one socket is read from the other. */
final class SocketPairAddress {
    private SocketPairAddress() {}

    static Endpoint open(OpenContext context) {
        int family = SocketOptions.family(context, Linux.AF_UNIX);
        int type = context.option(SocketOptions.TYPE).orElse(Linux.SOCK_DGRAM);
        int protocol = context.option(SocketOptions.PROTOCOL).orElse(0);
        boolean nullEof = context.flag(SocketOptions.NULL_EOF);
        int[] numbers = new int[2];
        PosixException.check(
                Libc.socketpair(family, type, protocol, numbers),
                () -> "socketpair(" + family + ", " + type + ", " + protocol + ")");
        Fd input = new Fd(numbers[0]);
        Fd output = new Fd(numbers[1]);
        try {
            Phases.all(context, OptionTarget.of(input), OptionTarget.of(output));
            input.setNonBlocking(true);
            output.setNonBlocking(true);
            context.log().info("writing to and reading from unnamed socketpair");
            DescriptorEndpoint.Builder endpoint =
                    DescriptorEndpoint.over(context, input, output).direction(Direction.BOTH);
            if (type != Linux.SOCK_STREAM) {
                endpoint.packets(nullEof).shutdown(Shutdown.NONE);
            }
            return endpoint.build();
        } catch (RuntimeException | Error failure) {
            input.close();
            output.close();
            throw failure;
        }
    }
}
