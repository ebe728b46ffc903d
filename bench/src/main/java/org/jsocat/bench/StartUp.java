package org.jsocat.bench;

import org.jsocat.spi.posix.ChildProcess;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Spawn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long a command takes from start to end. */
final class StartUp {
    private StartUp() {}

    /** Runs a command; milliseconds from start to end. */
    static double run(List<String> command) {
        List<String> environment = new ArrayList<>();
        for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
            environment.add(variable.getKey() + "=" + variable.getValue());
        }
        try (Fd nothing = Fd.open("/dev/null", Linux.O_RDWR, 0)) {
            Spawn spawn =
                    new Spawn(command.getFirst())
                            .arguments(command)
                            .environment(environment)
                            .duplicate(nothing.number(), 0)
                            .duplicate(nothing.number(), 1)
                            .duplicate(nothing.number(), 2);
            long start = System.nanoTime();
            try (ChildProcess child = spawn.start()) {
                int status = child.waitFor().code();
                if (status != 0) {
                    throw new IllegalStateException(command + " ended with status " + status);
                }
            }
            return (System.nanoTime() - start) / 1e6;
        }
    }
}
