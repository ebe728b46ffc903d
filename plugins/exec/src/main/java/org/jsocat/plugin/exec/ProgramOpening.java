package org.jsocat.plugin.exec;

import org.jsocat.plugin.pty.PtyEndpoint;
import org.jsocat.plugin.pty.PtyOptions;
import org.jsocat.plugin.pty.SlaveLink;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.DescriptorEndpoint.End;
import org.jsocat.spi.DescriptorEndpoint.Shutdown;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.ChildProcess;
import org.jsocat.spi.posix.ExitStatus;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Pipe;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Pty;
import org.slf4j.Logger;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Opens an address that starts a program, once. */
final class ProgramOpening {
    private static final List<Phase> ON_CHILD_SOCKET =
            List.of(Phase.PASTSOCKET, Phase.FD, Phase.PREBIND, Phase.BIND, Phase.PASTBIND);
    private static final Set<String> ON_SLAVE = Set.of("TERMIOS", "NAMED");

    /**
     * What the address wants of a program.
     *
     * @param command the program
     * @param notice the log line before it is executed
     * @param isNotice whether that line is a notice rather than information
     * @param killed whether it is sent SIGTERM when the relay has ended
     * @param isAwaited whether this process waits for it with {@code nofork}, as system(3) does,
     *     instead of becoming it
     * @param failure told that it cannot be executed; throws, or takes that for its end
     * @param outcome told how it has ended, and says what exit status that is
     */
    record Wish(
            Command command,
            String notice,
            boolean isNotice,
            boolean killed,
            boolean isAwaited,
            Consumer<PosixException> failure,
            UnaryOperator<ExitStatus> outcome) {
        /** Tells that it is about to be executed. */
        void announce(Logger log) {
            if (isNotice) {
                log.info(notice);
            } else {
                log.debug(notice);
            }
        }
    }

    private final OpenContext context;
    private final Wish wish;
    private final Direction direction;

    ProgramOpening(OpenContext context, Wish wish) {
        this.context = context;
        this.wish = wish;
        direction = context.direction();
    }

    Endpoint open() {
        context.apply(Phase.EARLY, OptionTarget.NONE);
        context.flag(SocketOptions.NULL_EOF); // means nothing to what keeps no packets
        boolean pipes = context.flag(ForkOptions.PIPES);
        boolean terminal =
                context.flag(ForkOptions.PTY)
                        | context.flag(PtyOptions.OPENPTY)
                        | context.flag(PtyOptions.PTMX);
        Launch launch = launch();
        if (context.flag(ForkOptions.NOFORK)) {
            context.apply(Phase.PREBIGEN, OptionTarget.NONE);
            return replace(launch);
        }
        if (pipes && terminal) {
            context.log()
                    .warn(
                            "_xioopen_foxec(): options \"pipes\" and \"pty\" must not be specified"
                                    + " together; ignoring \"pipes\"");
        }
        String means = terminal ? "pty" : pipes ? "pipes" : "socket";
        context.log().info("forking off child, using {} for {}", means, words(direction));
        context.apply(Phase.PREBIGEN, OptionTarget.NONE);
        return terminal ? onTerminal(launch) : pipes ? onPipes(launch) : onSocket(launch);
    }

    private static String words(Direction direction) {
        return switch (direction) {
            case READ -> "reading";
            case WRITE -> "writing";
            case BOTH -> "reading and writing";
        };
    }

    private Launch launch() {
        Optional<Integer> input = context.option(ForkOptions.FDIN);
        if (input.isPresent() && direction == Direction.READ) {
            context.error("_xioopen_foxec(): option fdin is useless in read-only mode");
        }
        Optional<Integer> output = context.option(ForkOptions.FDOUT);
        if (output.isPresent() && direction == Direction.WRITE) {
            context.error("_xioopen_foxec(): option fdout is useless in write-only mode");
        }
        return new Launch(context, wish.command, input.orElse(0), output.orElse(1));
    }

    private Endpoint onSocket(Launch launch) {
        int family = SocketOptions.family(context, Linux.AF_UNIX);
        context.apply(Phase.PRESOCKET, OptionTarget.NONE);
        int type = context.option(SocketOptions.TYPE).orElse(Linux.SOCK_STREAM);
        int protocol = context.option(SocketOptions.PROTOCOL).orElse(0);
        int[] pair = new int[2];
        PosixException.check(
                Libc.socketpair(family, type | Linux.SOCK_CLOEXEC, protocol, pair),
                () -> "socketpair(" + family + ", " + type + ", " + protocol + ")");
        Fd ours = new Fd(pair[0]);
        try (Fd theirs = new Fd(pair[1])) {
            for (Phase phase : ON_CHILD_SOCKET) {
                context.apply(phase, OptionTarget.of(theirs));
            }
            ours.setNonBlocking(true);
            DescriptorEndpoint.Builder channel = DescriptorEndpoint.over(context, ours).socket();
            if (type != Linux.SOCK_STREAM) {
                channel.packets(context.flag(SocketOptions.NULL_EOF));
            }
            boolean awaited = direction == Direction.WRITE && !context.flag(FdOptions.END_CLOSE);
            return start(launch, channel(theirs), ours, ours, channel.build(), awaited);
        } catch (RuntimeException | Error failure) {
            ours.close();
            throw failure;
        }
    }

    private Launch.Channel channel(Fd theirs) {
        return new Launch.Channel(
                Optional.of(theirs).filter(fd -> direction.writes()),
                Optional.of(theirs).filter(fd -> direction.reads()));
    }

    private Endpoint onPipes(Launch launch) {
        Optional<Pipe> toUs = direction.reads() ? Optional.of(Pipe.open(0)) : Optional.empty();
        Optional<Pipe> toThem = Optional.empty();
        try {
            toThem = direction.writes() ? Optional.of(Pipe.open(0)) : Optional.empty();
            Optional<Fd> input = toUs.map(Pipe::reader);
            Optional<Fd> output = toThem.map(Pipe::writer);
            Fd reading = input.or(() -> output).orElseThrow();
            Fd writing = output.orElse(reading);
            if (reading == writing) {
                context.apply(Phase.FD, OptionTarget.of(reading));
            } else {
                context.apply(Phase.FD, OptionTarget.of(reading), OptionTarget.of(writing));
            }
            reading.setNonBlocking(true);
            writing.setNonBlocking(true);
            DescriptorEndpoint.Builder channel =
                    DescriptorEndpoint.over(context, reading, writing).end(End.CLOSE);
            if (direction != Direction.BOTH) {
                channel.shutdown(Shutdown.NONE);
            }
            Endpoint endpoint =
                    start(
                            launch,
                            new Launch.Channel(toThem.map(Pipe::reader), toUs.map(Pipe::writer)),
                            reading,
                            writing,
                            channel.build(),
                            false);
            toUs.map(Pipe::writer).ifPresent(Fd::close);
            toThem.map(Pipe::reader).ifPresent(Fd::close);
            return endpoint;
        } catch (RuntimeException | Error failure) {
            toUs.ifPresent(Pipe::close);
            toThem.ifPresent(Pipe::close);
            throw failure;
        }
    }

    private Endpoint onTerminal(Launch launch) {
        Pty pty = Pty.open(Linux.O_NONBLOCK);
        try (Fd slave = pty.openSlave(0)) {
            context.apply(ON_SLAVE, Set.of(Phase.PREOPEN), OptionTarget.of(pty.slave()));
            context.apply(ON_SLAVE, Set.of(Phase.FD), OptionTarget.of(slave));
            context.apply(ON_SLAVE, Set.of(Phase.PASTOPEN), OptionTarget.of(pty.slave()));
            context.apply(Phase.FD, OptionTarget.of(pty.master()));
            SlaveLink.make(context, pty.slave());
            context.log().debug("opened pseudo terminal {}", pty.slave());
            Launch.Channel channel =
                    Launch.Channel.terminal(
                            Optional.of(slave).filter(fd -> direction.writes()),
                            Optional.of(slave).filter(fd -> direction.reads()));
            Endpoint master = new PtyEndpoint(context, pty.master(), Optional.empty());
            return start(launch, channel, pty.master(), pty.master(), master, false);
        } catch (RuntimeException | Error failure) {
            pty.close();
            throw failure;
        }
    }

    private Endpoint start(
            Launch launch,
            Launch.Channel theirs,
            Fd reading,
            Fd writing,
            Endpoint channel,
            boolean awaited) {
        boolean killed = wish.killed && !context.flag(FdOptions.END_CLOSE);
        ChildProcess process;
        try {
            process = spawn(launch, theirs);
        } catch (PosixException failure) {
            wish.failure.accept(failure);
            return channel;
        }
        ChildProgram child = new ChildProgram(process, awaited, killed, wish.outcome);
        try {
            passSignals(context, child);
            for (Phase phase : List.of(Phase.LATE, Phase.LATE2, Phase.PASTEXEC)) {
                if (reading == writing) {
                    context.apply(phase, OptionTarget.of(reading));
                } else {
                    context.apply(phase, OptionTarget.of(reading), OptionTarget.of(writing));
                }
            }
        } catch (RuntimeException | Error failure) {
            child.end();
            child.release();
            throw failure;
        }
        // where the whole program ends before the endpoint is closed: at a signal
        context.afterClosing(child::end);
        return new ProgramEndpoint(channel, child);
    }

    private ChildProcess spawnQuietly(Launch launch, Launch.Channel theirs) {
        announce();
        return launch.spawn(theirs);
    }

    private ChildProcess spawn(Launch launch, Launch.Channel theirs) {
        ChildProcess process = spawnQuietly(launch, theirs);
        context.log().info("forked off child process {}", process.pid());
        return process;
    }

    private void announce() {
        wish.announce(context.log());
    }

    /** Has a program get the signals that options name. */
    static void passSignals(OpenContext context, ChildProgram child) {
        for (ParentOptions.Passed passed : ParentOptions.SIGNALS) {
            if (context.flag(passed.option())) {
                context.onSignal(passed.signal(), () -> child.kill(passed.signal()));
            }
        }
    }

    /** Has the program take the place of the relay, or of this process. */
    private Endpoint replace(Launch launch) {
        Endpoint other =
                context.replaceable()
                        .orElseThrow(
                                () -> AddressException.usage("option nofork is not allowed here"));
        try (Fd input = duplicate(other.readDescriptor());
                Fd output = duplicate(other.writeDescriptor())) {
            other.release();
            Launch.Channel channel =
                    new Launch.Channel(
                            Optional.of(input).filter(fd -> direction.writes()),
                            Optional.of(output).filter(fd -> direction.reads()));
            if (!context.forked() && !wish.isAwaited) {
                announce();
                launch.replace(channel);
                throw new IllegalStateException("the program runs in place of this one");
            }
            if (!context.forked()) {
                // as system(3) does: what the terminal sends to both is the program's
                Libc.setSignalDisposition(Linux.SIGINT, true);
                Libc.setSignalDisposition(Linux.SIGQUIT, true);
            }
            ChildProcess process =
                    wish.isAwaited ? spawnQuietly(launch, channel) : spawn(launch, channel);
            return new TakenOver(new ChildProgram(process, false, false, wish.outcome));
        }
    }

    private static Fd duplicate(int descriptor) {
        return new Fd(
                PosixException.check(
                        Libc.fcntl(descriptor, Linux.F_DUPFD_CLOEXEC, 3),
                        () -> "dup(" + descriptor + ")"));
    }
}
