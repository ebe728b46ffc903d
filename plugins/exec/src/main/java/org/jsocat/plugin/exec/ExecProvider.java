package org.jsocat.plugin.exec;

import org.jsocat.plugin.exec.ProgramOpening.Wish;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.CommandLine;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.ExitStatus;
import org.jsocat.spi.posix.PosixException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The family's table of addresses. */
public final class ExecProvider implements AddressProvider {
    private static final String[] GROUPS = {
        "FD", "FIFO", "SOCKET", "EXEC", "FORK", "TERMIOS", "PTY", "PARENT", "UNIX"
    };

    private static final String[] STAGE_GROUPS = {"FD", "EXEC", "FORK", "PARENT", "RETRY", "STAGE"};

    private static final List<AddressType> ROWS =
            List.of(
                    AddressType.named("EXEC")
                            .groups(GROUPS)
                            .startsProgram()
                            .summary("starts a program without a shell")
                            .stageGroups(STAGE_GROUPS)
                            .stage(
                                    Parameters.text(":<command-line>"),
                                    Direction.BOTH,
                                    (context, inner) ->
                                            ProgramStage.bothWays(
                                                    context, executed(context), inner))
                            .opens(
                                    Parameters.text(":<command-line>"),
                                    Direction.BOTH,
                                    ExecProvider::exec),
                    AddressType.named("SYSTEM")
                            .groups(GROUPS)
                            .startsProgram()
                            .summary("has /bin/sh run a command")
                            .stageGroups(STAGE_GROUPS)
                            .stage(
                                    Parameters.text(":<shell-command>"),
                                    Direction.BOTH,
                                    (context, inner) ->
                                            ProgramStage.bothWays(
                                                    context, interpreted(context, true), inner))
                            .opens(
                                    Parameters.text(":<shell-command>"),
                                    Direction.BOTH,
                                    ExecProvider::system),
                    AddressType.named("EXEC1")
                            .groups(STAGE_GROUPS)
                            .startsProgram()
                            .summary("one way: a program from standard input to standard output")
                            .stage(
                                    Parameters.text(":<command-line>"),
                                    Direction.WRITE,
                                    (context, inner) ->
                                            ProgramStage.oneWay(context, executed(context), inner)),
                    AddressType.named("SYSTEM1")
                            .groups(STAGE_GROUPS)
                            .startsProgram()
                            .summary("one way: a command from standard input to standard output")
                            .stage(
                                    Parameters.text(":<shell-command>"),
                                    Direction.WRITE,
                                    (context, inner) ->
                                            ProgramStage.oneWay(
                                                    context, interpreted(context, true), inner)),
                    AddressType.named("SHELL")
                            .startsProgram()
                            .groups(
                                    "FD", "FIFO", "SOCKET", "EXEC", "FORK", "SHELL", "TERMIOS",
                                    "PTY", "PARENT", "UNIX")
                            .summary("starts the user's shell, or has it run a command")
                            .opens(
                                    Parameters.optionalText("[:<shell-command>]"),
                                    Direction.BOTH,
                                    ExecProvider::shell));

    /** For {@link java.util.ServiceLoader}. */
    public ExecProvider() {}

    @Override
    public List<AddressType> addressTypes() {
        return ROWS;
    }

    @Override
    public List<String> features() {
        return List.of("EXEC", "SYSTEM", "SHELL", "NAMESPACES");
    }

    private static Endpoint exec(OpenContext context) {
        return new ProgramOpening(context, executed(context)).open();
    }

    private static Wish executed(OpenContext context) {
        List<String> words = new ArrayList<>(split(context.parameters().getFirst()).words());
        String program = words.getFirst();
        if (context.flag(ExecOptions.DASH)) {
            words.set(0, "-" + program);
        }
        String notice = "execvp'ing \"" + program + "\"";
        return new Wish(
                new Command(program, words),
                notice,
                true,
                true,
                false,
                ExecProvider::refuse,
                status -> status);
    }

    private static CommandLine split(String line) {
        try {
            return CommandLine.split(line);
        } catch (IllegalArgumentException wrong) {
            throw AddressException.usage(wrong.getMessage());
        }
    }

    /**
     * The shell of an endpoint is not asked to end with the relay: in the reference the signal
     * reaches only the process that waits for the shell.
     */
    private static Endpoint system(OpenContext context) {
        return new ProgramOpening(context, interpreted(context, false)).open();
    }

    private static Wish interpreted(OpenContext context, boolean killed) {
        String line = context.parameters().getFirst();
        String notice = "executing shell command \"" + line + "\"";
        return new Wish(
                Command.system(line),
                notice,
                false,
                killed,
                true,
                ExecProvider::refuse,
                status -> report(context, line, status));
    }

    /**
     * The process that waits for the shell in the reference exits with the shell's code, 0 after a
     * signal.
     */
    private static ExitStatus report(OpenContext context, String line, ExitStatus status) {
        if (status.status() != 0) {
            context.log().warn("system(\"{}\") returned with status {}", line, status.status());
        }
        return new ExitStatus(status.status() & 0xff00);
    }

    private static Endpoint shell(OpenContext context) {
        Map<String, String> environment = context.environment();
        String path =
                context.option(ShellOptions.SHELL)
                        .or(() -> Optional.ofNullable(environment.get("SHELL")))
                        .orElseThrow(() -> AddressException.fatal("SHELL variable undefined"));
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            throw AddressException.fatal(
                    "SHELL \"" + path + "\" variable does not specify a path (has no '/')");
        }
        context.environment("SHELL", path);
        List<String> words = new ArrayList<>(List.of(path.substring(slash + 1)));
        String notice = "executing interactive shell";
        String shown = "(null)";
        if (!context.parameters().isEmpty()) {
            String line = context.parameters().getFirst();
            words.addAll(List.of("-c", line));
            shown = line;
            notice = "executing shell command \"" + line + "\"";
        }
        String warned = shown;
        Wish wish =
                new Wish(
                        new Command(path, words),
                        notice,
                        false,
                        true,
                        false,
                        failure -> warn(context, warned, failure),
                        status -> status);
        return new ProgramOpening(context, wish).open();
    }

    private static void refuse(PosixException failure) {
        throw failure;
    }

    /** The reference takes a shell that is not there for one that has done nothing. */
    private static void warn(OpenContext context, String line, PosixException failure) {
        if (!failure.call().startsWith("execvp(")) {
            throw failure;
        }
        context.log().warn("execl(\"{}\") returned with status -1", line);
        context.log().warn("execl(): {}", Errno.text(failure.errno()));
    }
}
