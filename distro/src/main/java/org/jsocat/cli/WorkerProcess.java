package org.jsocat.cli;

import org.jsocat.core.run.WorkerStarter;
import org.jsocat.spi.posix.ChildProcess;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Inheritance;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.ProcessEnvironment;
import org.jsocat.spi.posix.Spawn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process of this program with the same command line that relays for another one under another
 * identity. It is told by a variable, which the launcher takes out of the environment, the number
 * of its end of a socket pair.
 */
final class WorkerProcess implements WorkerStarter {
    private static final String VARIABLE = "JSOCAT_WORKER";

    private final List<String> arguments = new ArrayList<>();

    /** Workers with these arguments, the program's own name not among them. */
    WorkerProcess(List<String> arguments) {
        this.arguments.add(System.getProperty("jsocat.called", "socat"));
        this.arguments.addAll(arguments);
    }

    @Override
    public ChildProcess start(Fd channel) {
        String program = System.getProperty("jsocat.program", "socat");
        List<String> environment = new ArrayList<>();
        ProcessEnvironment.variables()
                .forEach((name, value) -> environment.add(name + "=" + value));
        environment.add(VARIABLE + "=" + channel.number());
        Spawn spawn =
                new Spawn(System.getProperty("jsocat.home", "") + "/bin/" + program)
                        .arguments(arguments)
                        .environment(environment)
                        .duplicate(channel.number(), channel.number());
        Inheritance.forPrograms().forEach(fd -> spawn.duplicate(fd, fd));
        return spawn.start();
    }

    /**
     * The socket pair to the process whose worker this one is.
     *
     * @return empty where it is nobody's worker
     * @throws UsageException where that process is gone, or never was
     */
    static Optional<Fd> channel() {
        String number = System.getProperty("jsocat.worker", "");
        if (number.isEmpty()) {
            return Optional.empty();
        }
        if (!number.matches("[0-9]{1,9}")) {
            throw new UsageException(VARIABLE + " is set, but not by this program");
        }
        Fd channel = new Fd(Integer.parseInt(number));
        // struct ucred: the process that made the pair comes first
        byte[] credentials = new byte[12];
        int length =
                Libc.getsockopt(channel.number(), Linux.SOL_SOCKET, Linux.SO_PEERCRED, credentials);
        int maker = ByteBuffer.wrap(credentials).order(ByteOrder.nativeOrder()).getInt();
        if (length != credentials.length || maker != Libc.getppid()) {
            throw new UsageException("the process that has started this worker is gone");
        }
        channel.setCloseOnExec(true);
        return Optional.of(channel);
    }
}
