package org.jsocat.plugin.exec;

import org.jsocat.plugin.pty.TerminalOptions;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.UserDatabase.User;
import org.jsocat.spi.posix.ChildProcess;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Inheritance;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Spawn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a program is started with: descriptors, session, identity, environment. Starts it
 * as a child, or in place of this process. Where options change the identity, the program takes it
 * itself.
 */
final class Launch {
    private static final int FIRST_OTHER = 3;
    private static final Set<String> PROCESS = Set.of("PROCESS");
    private static final Set<Phase> LATE = Set.of(Phase.LATE, Phase.LATE2);

    /** The signals that the reference handles, which a program therefore finds at their default. */
    private static final long DEFAULT_SIGNALS =
            bits(
                    Linux.SIGHUP,
                    Linux.SIGINT,
                    Linux.SIGQUIT,
                    Linux.SIGILL,
                    Linux.SIGABRT,
                    Linux.SIGBUS,
                    Linux.SIGFPE,
                    Linux.SIGUSR1,
                    Linux.SIGSEGV,
                    Linux.SIGTERM,
                    Linux.SIGCHLD);

    private final OpenContext context;
    private final Command command;
    private final boolean newSession;
    private final int processGroup;
    private final boolean stderr;
    private final int inputNumber;
    private final int outputNumber;

    /** Reads what the options of an address say. */
    Launch(OpenContext context, Command command, int inputNumber, int outputNumber) {
        this.context = context;
        this.command = command;
        this.inputNumber = inputNumber;
        this.outputNumber = outputNumber;
        newSession = context.flag(ProcessOptions.SETSID);
        processGroup = context.option(ForkOptions.SETPGID).orElse(-1);
        stderr = context.flag(ForkOptions.STDERR);
        context.option(ExecOptions.PATH).ifPresent(path -> context.environment("PATH", path));
    }

    /** A descriptor and the number that it has in the program. */
    record Placed(Fd fd, int number) {}

    /**
     * The descriptors that the program gets.
     *
     * @param input what it reads, if it does
     * @param output what it writes, if it does
     * @param terminal whether they are a terminal's
     * @param further what else it gets
     */
    record Channel(
            Optional<Fd> input, Optional<Fd> output, boolean terminal, List<Placed> further) {
        /** Of something that is no terminal. */
        Channel(Optional<Fd> input, Optional<Fd> output) {
            this(input, output, false, List.of());
        }

        /** Of a terminal. */
        static Channel terminal(Optional<Fd> input, Optional<Fd> output) {
            return new Channel(input, output, true, List.of());
        }

        Fd either() {
            return input.or(() -> output).orElseThrow();
        }
    }

    /**
     * Starts the program as a child.
     *
     * @param channel what joins it to this process, which keeps its descriptors
     * @throws PosixException if it cannot be executed
     */
    ChildProcess spawn(Channel channel) {
        ignoreBrokenPipes();
        try (Sources sources = new Sources(channel)) {
            Spawn spawn = prepare(channel, sources);
            return command.execute(
                    context.environment(),
                    root(),
                    (path, arguments) -> spawn.program(path, arguments).start());
        }
    }

    /**
     * Replaces this process by the program; returns only by an exception.
     *
     * @throws PosixException if it cannot be executed; the calling thread has the program's
     *     descriptors and identity then
     */
    void replace(Channel channel) {
        ignoreBrokenPipes();
        try (Sources sources = new Sources(channel)) {
            Spawn spawn = prepare(channel, sources);
            command.execute(
                    context.environment(),
                    root(),
                    (path, arguments) -> {
                        spawn.program(path, arguments).replace();
                        return spawn;
                    });
        }
    }

    /** All but the program's file, which may have to be looked for. */
    private Spawn prepare(Channel channel, Sources sources) {
        Spawn spawn =
                new Spawn("")
                        .environment(lines(context.environment()))
                        .defaultSignals(DEFAULT_SIGNALS);
        setGroups(spawn);
        for (int fd = 0; fd < FIRST_OTHER; fd++) {
            if (Inheritance.wasClosed(fd)) {
                spawn.close(fd);
            }
        }
        Inheritance.forPrograms().forEach(fd -> spawn.duplicate(fd, fd));
        sources.input.ifPresent(fd -> spawn.duplicate(fd.number(), inputNumber));
        sources.output.ifPresent(fd -> spawn.duplicate(fd.number(), outputNumber));
        sources.further.forEach(placed -> spawn.duplicate(placed.fd().number(), placed.number()));
        if (stderr) {
            spawn.duplicate(outputNumber, 2);
        }
        if (context.flag(TerminalOptions.CONTROLLING)) {
            makeControlling(spawn, channel, sources);
        }
        Optional<User> delayed = context.option(ProcessOptions.SUBSTUSER_DELAYED);
        OptionTarget target = new OptionTarget.Program(spawn);
        context.apply(PROCESS, LATE, target);
        delayed.ifPresent(user -> ProcessOptions.become(context, Identity.of(target), user));
        spawn.environment(lines(context.environment()));
        return spawn;
    }

    private void makeControlling(Spawn spawn, Channel channel, Sources sources) {
        if (newSession && channel.terminal) {
            spawn.controllingTerminal(sources.anyNumber());
            return;
        }
        int reason = channel.terminal ? Errno.EPERM : Errno.ENOTTY;
        String call = "ioctl(" + channel.either() + ", TIOCSCTTY, NULL)";
        context.log().warn(new PosixException(reason, call).getMessage());
    }

    /** Where the program's files are, as this process sees them. */
    private String root() {
        return context.option(ProcessOptions.CHROOT).orElse("");
    }

    /** The program's descriptors out of the way of the numbers that they will have. */
    private final class Sources implements AutoCloseable {
        final Optional<Fd> input;
        final Optional<Fd> output;
        final List<Placed> further = new ArrayList<>(0);
        private final int least;

        Sources(Channel channel) {
            int most = Math.max(FIRST_OTHER - 1, Math.max(inputNumber, outputNumber));
            for (Placed placed : channel.further) {
                most = Math.max(most, placed.number());
            }
            least = most + 1;
            input = channel.input.map(this::above);
            output = channel.output.map(this::above);
            for (Placed placed : channel.further) {
                further.add(new Placed(above(placed.fd()), placed.number()));
            }
        }

        private Fd above(Fd fd) {
            return new Fd(
                    PosixException.check(
                            Libc.fcntl(fd.number(), Linux.F_DUPFD_CLOEXEC, least),
                            () -> "dup(" + fd + ")"));
        }

        /** A number that the program will have anyway. */
        int anyNumber() {
            return input.isPresent() ? inputNumber : outputNumber;
        }

        @Override
        public void close() {
            input.ifPresent(Fd::close);
            output.ifPresent(Fd::close);
            further.forEach(placed -> placed.fd().close());
        }
    }

    private void setGroups(Spawn spawn) {
        if (newSession) {
            spawn.newSession();
        }
        if (processGroup < 0) {
            return;
        }
        int group = processGroup == 1 ? 0 : processGroup;
        int refusal = newSession ? Errno.EPERM : group == 0 ? 0 : -Libc.kill(-group, 0);
        if (refusal > 0) {
            context.log()
                    .warn(new PosixException(refusal, "setpgid(0, " + group + ")").getMessage());
        } else {
            spawn.processGroup(group);
        }
    }

    private static List<String> lines(Map<String, String> environment) {
        List<String> lines = new ArrayList<>(environment.size());
        environment.forEach((name, value) -> lines.add(name + "=" + value));
        return lines;
    }

    /**
     * The reference ignores the signal, and its programs inherit that; to the JVM it makes no
     * difference.
     */
    private static void ignoreBrokenPipes() {
        Libc.setSignalDisposition(Linux.SIGPIPE, true);
    }

    private static long bits(int... signals) {
        long bits = 0;
        for (int signal : signals) {
            bits |= 1L << (signal - 1);
        }
        return bits;
    }
}
