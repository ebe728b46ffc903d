package org.jsocat.plugin.filter;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Pipe;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** STDIO and its halves over pipes of the test, and PIPE. */
final class TestChannels implements AddressProvider, AutoCloseable {
    private final Pipe in = Pipe.open(0);
    private final Pipe out = Pipe.open(0);

    TestChannels() {
        in.reader().setNonBlocking(true);
        out.writer().setNonBlocking(true);
    }

    @Override
    public List<AddressType> addressTypes() {
        return List.of(
                AddressType.named("STDIO")
                        .opens(
                                Parameters.NONE,
                                Direction.BOTH,
                                context -> over(context, in, out, Direction.BOTH)),
                AddressType.named("STDIN")
                        .opens(
                                Parameters.NONE,
                                Direction.READ,
                                context -> over(context, in, in, Direction.READ)),
                AddressType.named("STDOUT")
                        .opens(
                                Parameters.NONE,
                                Direction.WRITE,
                                context -> over(context, out, out, Direction.WRITE)),
                AddressType.named("PIPE").opens(Parameters.NONE, Direction.BOTH, this::pipe));
    }

    private static Endpoint over(
            OpenContext context, Pipe input, Pipe output, Direction direction) {
        return switch (direction) {
            case READ ->
                    DescriptorEndpoint.over(context, input.reader()).direction(direction).build();
            case WRITE ->
                    DescriptorEndpoint.over(context, output.writer()).direction(direction).build();
            case BOTH -> DescriptorEndpoint.over(context, input.reader(), output.writer()).build();
        };
    }

    private Endpoint pipe(OpenContext context) {
        Pipe pipe = Pipe.open(Linux.O_NONBLOCK);
        return DescriptorEndpoint.over(context, pipe.reader(), pipe.writer()).build();
    }

    /** Gives a text to read, and the end. */
    void send(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        Libc.write(in.writer().number(), bytes, 0, bytes.length);
        in.writer().close();
    }

    /** All that was written. */
    String received() {
        out.writer().close();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] bytes = new byte[4096];
        long count = Libc.read(out.reader().number(), bytes, 0, bytes.length);
        while (count > 0) {
            all.write(bytes, 0, (int) count);
            count = Libc.read(out.reader().number(), bytes, 0, bytes.length);
        }
        return all.toString(US_ASCII);
    }

    @Override
    public void close() {
        in.close();
        out.close();
    }
}
