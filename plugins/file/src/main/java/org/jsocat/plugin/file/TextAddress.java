package org.jsocat.plugin.file;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NativeStrings;
import org.jsocat.spi.posix.Pipe;

/** The address TEXT: gives a text, then its end; what is written goes to standard output. */
final class TextAddress {
    private TextAddress() {}

    static Endpoint open(OpenContext context) {
        if (context.direction() == Direction.WRITE) {
            context.log().warn("TEXT address in write-only context degenerates to STDOUT");
            return InheritedDescriptors.stdout(context);
        }
        byte[] text = NativeStrings.encode(context.parameters().getFirst());
        boolean writes = context.direction().writes();
        if (writes) {
            context.log().info("using stdout for writing");
        }
        context.log().debug("creating pipe for text reading");
        Pipe pipe = Pipe.open(Linux.O_NONBLOCK);
        try {
            if (text.length > pipe.size()) {
                pipe.resize(text.length);
            }
            OptionTarget reader = OptionTarget.of(pipe.reader());
            if (!writes) {
                Phases.all(context, reader);
                fill(pipe, text);
                context.log().info("reading from data pipe");
                return DescriptorEndpoint.over(context, pipe.reader()).build();
            }
            Fd stdout = InheritedDescriptors.claim(context, 1);
            Phases.all(context, reader, OptionTarget.of(stdout));
            fill(pipe, text);
            context.log().info("reading from data pipe");
            context.afterClosing(pipe.reader()::close); // the endpoint leaves stdout open
            return InheritedDescriptors.endpoint(context, pipe.reader(), stdout);
        } catch (RuntimeException | Error failure) {
            pipe.close();
            throw failure;
        }
    }

    /** Puts the text into the pipe and closes its end for writing. */
    private static void fill(Pipe pipe, byte[] text) {
        long written =
                text.length == 0 ? 0 : Libc.write(pipe.writer().number(), text, 0, text.length);
        if (written != text.length) {
            throw AddressException.unavailable(
                    "a pipe holds only "
                            + pipe.size()
                            + " of the "
                            + text.length
                            + " bytes of text");
        }
        pipe.writer().close();
    }
}
