package org.jsocat.plugin.inet;

import org.jsocat.plugin.inet.AccessRule.Request;
import org.jsocat.spi.posix.ChildProcess;
import org.jsocat.spi.posix.ExitStatus;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Spawn;

import java.util.ArrayList;
import java.util.List;

/** Has the shell run the command of a rule of access. Source: hosts_options(5). */
final class AccessCommand {
    private static final String SHELL = "/bin/sh";
    private static final int STANDARD_DESCRIPTORS = 3;

    private AccessCommand() {}

    /**
     * Runs a command with nothing to read or write, and waits for its end.
     *
     * @throws org.jsocat.spi.posix.PosixException if the shell cannot be started
     */
    static ExitStatus run(Request request, String command) {
        try (Fd nothing = Fd.open("/dev/null", Linux.O_RDWR, 0);
                ChildProcess process = onDescriptor(nothing, request, command).start()) {
            return process.waitFor();
        }
    }

    /**
     * Has a command talk to the peer in place of this program, which forgets it.
     *
     * @param socket the connection; the caller closes its own descriptor
     * @throws org.jsocat.spi.posix.PosixException if the shell cannot be started
     */
    static void handOver(Request request, Fd socket, String command) {
        socket.setNonBlocking(false);
        ChildProcess process = onDescriptor(socket, request, command).start();
        Thread.ofPlatform()
                .daemon()
                .name("twist")
                .start(
                        () -> {
                            try (process) {
                                process.waitFor();
                            }
                        });
    }

    private static Spawn onDescriptor(Fd descriptor, Request request, String command) {
        List<String> environment = new ArrayList<>();
        request.connection()
                .environment()
                .forEach((name, value) -> environment.add(name + "=" + value));
        Spawn shell =
                new Spawn(SHELL)
                        .arguments(List.of("sh", "-c", command))
                        .environment(environment)
                        .defaultSignals(-1L);
        for (int fd = 0; fd < STANDARD_DESCRIPTORS; fd++) {
            shell.duplicate(descriptor.number(), fd);
        }
        return shell;
    }
}
