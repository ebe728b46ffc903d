package org.jsocat.plugin.exec;

import org.jsocat.plugin.pty.PtyOptions;
import org.jsocat.plugin.pty.TerminalOptions;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.NamedOptions;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.Program;
import org.jsocat.spi.posix.ExitStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.testkit.Opening;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Starts programs in tests and talks to them. */
final class ProgramFixture {
    private static final int MILLIS = 100_000;

    static final List<OptionGroup> GROUPS =
            List.of(
                    new ExecOptions(),
                    new ForkOptions(),
                    new ParentOptions(),
                    new ProcessOptions(),
                    new ShellOptions(),
                    new StageOptions(),
                    new FdOptions(),
                    new NamedOptions(),
                    new SocketOptions(),
                    new PtyOptions(),
                    new TerminalOptions());

    private ProgramFixture() {}

    static Opening exec(String line) {
        return Opening.of(new ExecProvider(), "EXEC", GROUPS, line);
    }

    static Opening system(String line) {
        return Opening.of(new ExecProvider(), "SYSTEM", GROUPS, line);
    }

    /** A one-way stage. */
    static Opening one(String keyword, String line) {
        return Opening.of(new ExecProvider(), keyword, GROUPS, line);
    }

    static Opening shell(String... line) {
        return Opening.of(new ExecProvider(), "SHELL", GROUPS, line);
    }

    /** All that a program writes until it has closed its output. */
    static String output(Opening opening) {
        try (Endpoint endpoint = opening.open()) {
            endpoint.shutdownOutput();
            return readAll(endpoint);
        } finally {
            opening.closed();
        }
    }

    static String readAll(Endpoint endpoint) {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocateDirect(8192);
        while (true) {
            buffer.clear();
            int count = endpoint.read(buffer);
            if (count < 0) {
                return text.toString();
            }
            if (count == 0 && Libc.poll(endpoint.readDescriptor(), Linux.POLLIN, MILLIS) == 0) {
                throw new AssertionError("no more output, but no end: " + text);
            }
            buffer.flip();
            text.append(StandardCharsets.UTF_8.decode(buffer));
        }
    }

    /** Reads until the text has come. */
    static String readUntil(Endpoint endpoint, String end) {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocateDirect(8192);
        while (text.indexOf(end) < 0) {
            buffer.clear();
            int count = endpoint.read(buffer);
            if (count < 0
                    || (count == 0
                            && Libc.poll(endpoint.readDescriptor(), Linux.POLLIN, MILLIS) == 0)) {
                throw new AssertionError("instead of " + end + " there is only " + text);
            }
            buffer.flip();
            text.append(StandardCharsets.UTF_8.decode(buffer));
        }
        return text.toString();
    }

    static void write(Endpoint endpoint, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        while (buffer.hasRemaining()) {
            if (endpoint.write(buffer) == 0) {
                Libc.poll(endpoint.writeDescriptor(), Linux.POLLOUT, MILLIS);
            }
        }
    }

    /** Waits for the end of a program. */
    static ExitStatus status(Endpoint endpoint) {
        Program program = endpoint.program().orElseThrow();
        while (program.poll().isEmpty()) {
            if (Libc.poll(program.exitDescriptor(), Linux.POLLIN, MILLIS) == 0) {
                throw new AssertionError("the program does not end");
            }
        }
        return new ExitStatus(program.poll().getAsInt());
    }
}
