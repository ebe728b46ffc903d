package org.jsocat.bench;

import org.jsocat.spi.posix.PosixException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that relays TCP connections, as it is called to do that. */
sealed interface RelayProgram {
    /** What the table calls it. */
    String name();

    /** Starts it; null where nothing is to be started. */
    Running start(int target);

    /** A relay that runs. */
    record Running(Process process, int port) implements AutoCloseable {
        /** Waits until it accepts connections. */
        Running await() {
            long start = System.nanoTime();
            while (true) {
                try {
                    Sockets.connect(port).close();
                    return this;
                } catch (PosixException notYet) {
                    if (!process.isAlive()
                            || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(20)) {
                        close();
                        throw notYet;
                    }
                    pause();
                }
            }
        }

        private static void pause() {
            try {
                Thread.sleep(10);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        /** Ends it and what it has started. */
        @Override
        public void close() {
            if (process != null) {
                List<ProcessHandle> children = process.descendants().toList();
                process.destroy();
                children.forEach(ProcessHandle::destroy);
                try {
                    if (!process.waitFor(5, TimeUnit.SECONDS)) {
                        process.destroyForcibly();
                    }
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** No relay: the client connects to the server. */
    record Direct() implements RelayProgram {
        @Override
        public String name() {
            return "direct";
        }

        @Override
        public Running start(int target) {
            return new Running(null, target);
        }
    }

    /**
     * socat, or a program that is called like it.
     *
     * @param name what the table calls it
     * @param command its path
     */
    record Socat(String name, String command) implements RelayProgram {
        @Override
        public Running start(int target) {
            int port = Sockets.freePort();
            return launch(
                    port,
                    command,
                    "TCP-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr,fork,backlog=4096",
                    "TCP:127.0.0.1:" + target);
        }
    }

    /**
     * haproxy in TCP mode, as many threads as processors.
     *
     * @param folder where its configuration file is put
     */
    record Haproxy(Path folder) implements RelayProgram {
        @Override
        public String name() {
            return "haproxy";
        }

        @Override
        public Running start(int target) {
            int port = Sockets.freePort();
            Path file = folder.resolve("haproxy-" + port + ".cfg");
            try {
                Files.writeString(
                        file,
                        """
                        global
                            maxconn 8000
                        defaults
                            mode tcp
                            timeout connect 10s
                            timeout client 1h
                            timeout server 1h
                        listen relay
                            bind 127.0.0.1:%d backlog 4096
                            server target 127.0.0.1:%d
                        """
                                .formatted(port, target));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            return launch(port, "haproxy", "-q", "-f", file.toString());
        }
    }

    private static Running launch(int port, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return new Running(process, port).await();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
