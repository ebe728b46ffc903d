package org.jsocat.plugin.file;

import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.NamedEntry;
import org.jsocat.spi.NamedOptions;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Pipe;
import org.jsocat.spi.posix.PosixException;

/** The address PIPE: an unnamed pipe whose two ends are one endpoint, or a named one. */
final class PipeAddress {
    private PipeAddress() {}

    static Endpoint open(OpenContext context) {
        return context.parameters().isEmpty()
                ? unnamed(context)
                : named(context, context.parameters().getFirst());
    }

    private static Endpoint unnamed(OpenContext context) {
        Pipe pipe = Pipe.open(0);
        context.log().debug("pipe({{},{}}) -> 0", pipe.reader(), pipe.writer());
        try {
            // Both ends have the same size, owner and permissions; but each has flags of its own.
            Phases.all(context, OptionTarget.of(pipe.reader()), OptionTarget.of(pipe.writer()));
            FifoOptions.checkSize(context, pipe.reader());
            pipe.reader().setNonBlocking(true);
            pipe.writer().setNonBlocking(true);
            context.log().info("writing to and reading from unnamed pipe");
            return DescriptorEndpoint.over(context, pipe.reader(), pipe.writer())
                    .direction(Direction.BOTH)
                    .build();
        } catch (RuntimeException | Error failure) {
            pipe.close();
            throw failure;
        }
    }

    private static Endpoint named(OpenContext context, String path) {
        NamedEntry entry = new NamedEntry(context, path);
        if (context.flag(NamedOptions.UNLINK_EARLY)) {
            int result = Libc.unlink(path);
            if (result < 0 && result != -Errno.ENOENT) {
                context.error("unlink(\"" + path + "\"): " + Errno.text(-result));
            }
        }
        OptionTarget named = OptionTarget.of(path);
        context.apply(Phase.EARLY, named);
        context.apply(Phase.PREOPEN, named);
        int mode = entry.mode();
        int permissions = OpenedFile.permissions(context);
        if (mode == 0) {
            create(context, entry, permissions);
            entry.unlinkAfterClosing(true);
        } else {
            context.log().debug("xioopen_fifo(\"{}\"): already exist, opening it", path);
            context.log()
                    .info(
                            "opening {} \"{}\" for {}",
                            Words.kind(mode),
                            path,
                            Words.of(context.direction()));
            context.option(NamedOptions.UNLINK_CLOSE); // only what was made here is removed
        }
        // A pipe that is opened both ways does not wait for its other end, nor does it see its end.
        int flags = OpenedFile.accessMode(context.direction());
        Fd fd = OpenedFile.open(context, entry, flags, permissions);
        return OpenedFile.finish(context, entry, fd);
    }

    private static void create(OpenContext context, NamedEntry entry, int permissions) {
        String path = entry.path();
        context.log().trace("xioopen_fifo(\"{}\"): does not exist, creating fifo", path);
        PosixException.check(
                Libc.mkfifo(path, permissions), () -> "mkfifo(" + path + ", " + permissions + ")");
        context.log().info("created named pipe \"{}\" for {}", path, Words.of(context.direction()));
        entry.own();
    }
}
