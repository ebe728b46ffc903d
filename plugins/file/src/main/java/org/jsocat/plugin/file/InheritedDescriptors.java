package org.jsocat.plugin.file;

import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.DescriptorEndpoint.End;
import org.jsocat.spi.DescriptorEndpoint.Shutdown;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.TerminalState;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Inheritance;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses over descriptors that the program inherited: STDIO, STDIN, STDOUT, STDERR and FD.
 *
 * <p>They stay open and as they are: not ours to make non-blocking, to shut down or to close,
 * unless an option says so.
 */
final class InheritedDescriptors {
    /**
     * Descriptors that FD has marked close-on-exec, which would otherwise look like the JVM's own.
     */
    private static final Set<Integer> MARKED = ConcurrentHashMap.newKeySet();

    private InheritedDescriptors() {}

    static Endpoint stdio(OpenContext context) {
        return switch (context.direction()) {
            case READ -> standard(context, 0, "stdin");
            case WRITE -> standard(context, 1, "stdout");
            case BOTH -> both(context);
        };
    }

    static Endpoint stdin(OpenContext context) {
        return standard(context, 0, "stdin");
    }

    static Endpoint stdout(OpenContext context) {
        return standard(context, 1, "stdout");
    }

    static Endpoint stderr(OpenContext context) {
        return standard(context, 2, "stderr");
    }

    private static Endpoint standard(OpenContext context, int number, String name) {
        context.log().info("using {} for {}", name, Words.of(context.direction()));
        Fd fd = claim(context, number);
        Phases.all(context, OptionTarget.of(fd));
        return endpoint(context, fd, fd);
    }

    private static Endpoint both(OpenContext context) {
        Fd input = claim(context, 0);
        Fd output = claim(context, 1);
        Phases.all(context, OptionTarget.of(input), OptionTarget.of(output));
        context.log().info("reading from and writing to stdio");
        return endpoint(context, input, output);
    }

    /** The address FD. */
    static Endpoint number(OpenContext context) {
        int number = number(context.parameters().getFirst());
        if (isOurs(number)) {
            context.log()
                    .warn("fcntl({}, F_SETFD, FD_CLOEXEC): {}", number, Errno.text(Errno.EBADF));
        } else {
            MARKED.add(number);
            Libc.fcntl(number, Linux.F_SETFD, Linux.FD_CLOEXEC);
        }
        context.log()
                .info("using file descriptor {} for {}", number, Words.of(context.direction()));
        Fd fd = claim(context, number);
        Phases.all(context, OptionTarget.of(fd));
        return endpoint(context, fd, fd);
    }

    /** As strtoul(3) reads it, base 8, 10 or 16; an empty text is 0, as in the reference. */
    private static int number(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            long value = Long.decode(text);
            if (value >= 0 && value <= Integer.MAX_VALUE) {
                return (int) value;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw AddressException.usage("error in FD number \"" + text + "\"");
    }

    /**
     * Takes an inherited descriptor.
     *
     * @throws PosixException where there is none of this number: it is closed, or it is one of the
     *     JVM's own, which the user cannot mean
     */
    static Fd claim(OpenContext context, int number) {
        if (isOurs(number)) {
            throw new PosixException(Errno.EBADF, "fcntl(" + number + ", " + Linux.F_SETFL + ")");
        }
        Fd fd = new Fd(number);
        TerminalState.keep(context, fd);
        return fd;
    }

    /**
     * Whether a descriptor is missing or was opened by the program, whose own are close-on-exec, or
     * by the JVM.
     */
    private static boolean isOurs(int number) {
        int flags = Libc.fcntl(number, Linux.F_GETFD, 0);
        return flags < 0
                || ((flags & Linux.FD_CLOEXEC) != 0 && !MARKED.contains(number))
                || !Inheritance.has(number);
    }

    /** An endpoint that leaves its descriptors open. */
    static Endpoint endpoint(OpenContext context, Fd input, Fd output) {
        context.flag(SocketOptions.NULL_EOF); // means nothing to a stream
        return DescriptorEndpoint.over(context, input, output)
                .shutdown(Shutdown.NONE)
                .end(End.NONE)
                .build();
    }
}
