package org.jsocat.bench;

import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that relays connections, as it is called to do that. */
sealed interface RelayProgram {
    /** What the table calls it. */
    String name();

    /** Whether it can. */
    boolean serves(Link link);

    /**
     * Starts it.
     *
     * @param target the server behind it
     */
    Running start(Link link, SocketAddress target);

    /** A relay that runs. */
    record Running(Process process, SocketAddress address) implements AutoCloseable {
        /** Waits until it accepts connections. */
        Running await() {
            long start = System.nanoTime();
            while (true) {
                try {
                    Sockets.connect(address).close();
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
        public boolean serves(Link link) {
            return !link.isTls() && link != Link.NOP;
        }

        @Override
        public Running start(Link link, SocketAddress target) {
            return new Running(null, target);
        }
    }

    /**
     * socat, or a program that is called like it.
     *
     * @param name what the table calls it
     * @param command its path
     * @param folder where certificates and sockets are put
     */
    record Socat(String name, String command, Path folder) implements RelayProgram {
        @Override
        public boolean serves(Link link) {
            return link != Link.NOP || name.equals("jsocat");
        }

        @Override
        public Running start(Link link, SocketAddress target) {
            SocketAddress own = link.freeAddress(folder);
            return launch(own, command, link.listening(own, folder), link.connecting(target));
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
        public boolean serves(Link link) {
            return link != Link.NOP;
        }

        @Override
        public Running start(Link link, SocketAddress target) {
            SocketAddress own = link.freeAddress(folder);
            Path file = folder.resolve("haproxy-" + Path.of(Sockets.name(own)).getFileName());
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
                            bind %s backlog 4096
                            server target %s
                        """
                                .formatted(
                                        place(own)
                                                + (link.isTls()
                                                        ? " ssl crt " + Certificate.of(link, folder)
                                                        : ""),
                                        place(target)));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            return launch(own, "haproxy", "-q", "-f", file.toString());
        }
    }

    private static String place(SocketAddress address) {
        String name = Sockets.name(address);
        return address instanceof SocketAddress.Unix ? "unix@" + name : "127.0.0.1:" + name;
    }

    private static Running launch(SocketAddress address, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return new Running(process, address).await();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
