package org.jsocat.plugin.exec;

import org.jsocat.plugin.pty.TerminalOptions;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.UserDatabase.User;
import org.jsocat.spi.posix.ChildProcess;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.ExitStatus;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Platform;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Spawn;
import org.jsocat.spi.posix.ThreadCredentials;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Everything that a program is started with: descriptors, session, identity, environment. Starts it
 * as a child, or in place of this process.
 *
 * <p>Where options change the identity, a thread that is made for the purpose takes it and starts
 * the program, which inherits it from that thread; the rest of the process stays what it is.
 */
final class Launch {
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

    /**
     * The descriptors that the program gets.
     *
     * @param input what it reads, if it does
     * @param output what it writes, if it does
     * @param terminal the path of the terminal that they are
     */
    record Channel(Optional<Fd> input, Optional<Fd> output, Optional<String> terminal) {
        /** Of something that is no terminal. */
        Channel(Optional<Fd> input, Optional<Fd> output) {
            this(input, output, Optional.empty());
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
        boolean controlling = context.flag(TerminalOptions.CONTROLLING);
        if (controlling && !(newSession && channel.terminal.isPresent())) {
            int reason = channel.terminal.isPresent() ? Errno.EPERM : Errno.ENOTTY;
            String call = "ioctl(" + channel.either() + ", TIOCSCTTY, NULL)";
            context.log().warn(new PosixException(reason, call).getMessage());
            controlling = false;
        }
        try (Sources sources = new Sources(channel)) {
            if (controlling) {
                return spawnOnTerminal(channel, sources);
            }
            return withIdentity(() -> start(sources, spawn -> {}), user -> {});
        }
    }

    /**
     * Replaces this process by the program; returns only by an exception.
     *
     * @throws PosixException if it cannot be executed; the descriptors have been changed then
     */
    void replace(Channel channel) {
        ignoreBrokenPipes();
        try (Sources sources = new Sources(channel)) {
            List<Integer> inherited = Inheritance.descriptors();
            Libc.closeRange(3, -1, Linux.CLOSE_RANGE_CLOEXEC);
            for (int fd : inherited) {
                Libc.fcntl(fd, Linux.F_SETFD, 0);
            }
            sources.input.ifPresent(fd -> move(fd, inputNumber));
            sources.output.ifPresent(fd -> move(fd, outputNumber));
            if (stderr) {
                PosixException.check(Libc.dup2(outputNumber, 2), "dup2");
            }
            if (newSession) {
                PosixException.check(Libc.setsid(), "setsid()");
            }
            withIdentity(
                    () -> {
                        Libc.pthreadSigmask(Linux.SIG_SETMASK, 0);
                        Map<String, String> environment = context.environment();
                        return command.execute(
                                environment,
                                (path, arguments) -> {
                                    int result = Libc.execve(path, arguments, lines(environment));
                                    throw new PosixException(-result, "execve(\"" + path + "\")");
                                });
                    },
                    user -> {});
        }
    }

    private static void move(Fd from, int to) {
        PosixException.check(Libc.dup2(from.number(), to), () -> "dup2(" + from + ", " + to + ")");
    }

    /** The program's descriptors out of the way of the numbers that they will have. */
    private final class Sources implements AutoCloseable {
        final Optional<Fd> input;
        final Optional<Fd> output;

        Sources(Channel channel) {
            input = channel.input.map(this::above);
            output = channel.output.map(this::above);
        }

        private Fd above(Fd fd) {
            int least = Math.max(3, Math.max(inputNumber, outputNumber) + 1);
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
        }
    }

    /**
     * Does something with the identity that the options ask for, on a thread of its own where they
     * do.
     *
     * @param before done by the calling thread when the identity is known, with the number of the
     *     user
     */
    private <T> T withIdentity(Supplier<T> action, IntConsumer before) {
        Optional<User> delayed =
                context.option(ProcessOptions.SUBSTUSER_DELAYED).map(ProcessOptions::user);
        if (delayed.isEmpty() && !ProcessOptions.changeIdentity(context)) {
            return action.get();
        }
        CompletableFuture<Integer> user = new CompletableFuture<>();
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletableFuture<Void> ready = new CompletableFuture<>();
        load();
        AtomicInteger number = new AtomicInteger();
        Thread thread =
                Thread.ofPlatform()
                        .name("identity")
                        .start(
                                () -> {
                                    number.set(Libc.gettid());
                                    try {
                                        takeIdentity(delayed);
                                        user.complete(Libc.geteuid());
                                        ready.join();
                                        result.complete(action.get());
                                    } catch (RuntimeException | Error failure) {
                                        user.complete(-1);
                                        result.completeExceptionally(failure);
                                    }
                                });
        try {
            before.accept(user.join());
            ready.complete(null);
            return result.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        } finally {
            awaitEnd(thread, number.get());
        }
    }

    /**
     * Waits until the kernel's thread is gone, which is after the end of the Java thread: libc
     * changes the identity of all threads and aborts where one of them may not.
     */
    private static void awaitEnd(Thread thread, int number) {
        boolean interrupted = false;
        while (thread.isAlive() || Libc.getpgid(number) >= 0) {
            try {
                thread.join();
                Thread.onSpinWait();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Loads what is needed to start a program: a chroot may hide the files of the classes, and
     * /proc.
     */
    private static void load() {
        Inheritance.descriptors();
        new Spawn("").duplicate(0, 0);
        try {
            for (Class<?> type :
                    List.of(Command.Execution.class, ChildProcess.class, ExitStatus.class)) {
                MethodHandles.lookup().ensureInitialized(type);
            }
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void takeIdentity(Optional<User> delayed) {
        PosixException.check(ThreadCredentials.setApart(), "unshare(CLONE_FS)");
        context.apply(PROCESS, LATE, OptionTarget.NONE);
        delayed.ifPresent(user -> ProcessOptions.become(context, user));
    }

    /**
     * Starts the program with the terminal as its controlling one, which it becomes when the leader
     * of a new session opens it. The name is looked up in the open folder, since a chroot may hide
     * its path, and meanwhile the terminal is the program's user's, who may not open it otherwise.
     */
    private ChildProcess spawnOnTerminal(Channel channel, Sources sources) {
        String path = channel.terminal.orElseThrow();
        int slash = path.lastIndexOf('/');
        Fd terminal = channel.either();
        FileStatus owner = FileStatus.of(terminal.number());
        try (Fd folder = openFolder(path.substring(0, slash))) {
            return withIdentity(
                    () -> {
                        try (Fd current = openFolder(".")) {
                            return start(
                                    sources,
                                    spawn ->
                                            spawn.changeDirectory(folder.number())
                                                    .open(
                                                            sources.anyNumber(),
                                                            path.substring(slash + 1),
                                                            Linux.O_RDWR,
                                                            0)
                                                    .changeDirectory(current.number()));
                        }
                    },
                    user -> Libc.fchown(terminal.number(), user, -1));
        } finally {
            Libc.fchown(terminal.number(), owner.uid(), -1);
        }
    }

    private static Fd openFolder(String path) {
        return Fd.open(path, Linux.O_PATH | Platform.O_DIRECTORY, 0);
    }

    private ChildProcess start(Sources sources, Consumer<Spawn> first) {
        Map<String, String> environment = context.environment();
        return command.execute(
                environment,
                (path, arguments) -> {
                    Spawn spawn =
                            new Spawn(path)
                                    .arguments(arguments)
                                    .environment(lines(environment))
                                    .defaultSignals(DEFAULT_SIGNALS);
                    setGroups(spawn);
                    first.accept(spawn);
                    Inheritance.descriptors().forEach(fd -> spawn.duplicate(fd, fd));
                    sources.input.ifPresent(fd -> spawn.duplicate(fd.number(), inputNumber));
                    sources.output.ifPresent(fd -> spawn.duplicate(fd.number(), outputNumber));
                    if (stderr) {
                        spawn.duplicate(outputNumber, 2);
                    }
                    return spawn.start();
                });
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
            bits |= 1L << signal - 1;
        }
        return bits;
    }
}
