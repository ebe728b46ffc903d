package org.jsocat.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A server of PostgreSQL with an empty database {@code postgres}, for a user of that name. */
record Database(Path programs, Path data, int port, Process server) implements AutoCloseable {
    /**
     * Starts it and waits until it is ready; the test is skipped where that cannot be.
     *
     * @param folder where it keeps what it has; anybody may look into it from now on
     */
    static Database start(Path folder) throws Exception {
        assumeTrue(RunningSocat.isThere("runuser"), "runuser is missing");
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        Optional<Path> found = installed();
        assumeTrue(found.isPresent(), "the server of PostgreSQL is missing");
        Path programs = found.orElseThrow();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path data = Files.createDirectory(folder.resolve("data"));
        RunningSocat.run("chown", "postgres", data.toString());
        String[] create = {"-D", data.toString(), "-A", "trust", "--no-sync"};
        RunningSocat.run(command(programs.resolve("initdb"), create));
        int port = Ports.free();
        String[] run = {
            "-D",
            data.toString(),
            "-p",
            Integer.toString(port),
            "-h",
            "127.0.0.1",
            "-k",
            data.toString(),
            "-F"
        };
        Process server =
                new ProcessBuilder(command(programs.resolve("postgres"), run))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        RunningSocat.await("the database is ready", () -> isReady(data));
        return new Database(programs, data, port, server);
    }

    /** The name of its socket of the UNIX domain. */
    Path socket() {
        return data.resolve(".s.PGSQL." + port);
    }

    private static String[] command(Path program, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("runuser", "-u", "postgres", "--", program.toString()));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private static Optional<Path> installed() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.list(versions)) {
            return found.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .findFirst();
        }
    }

    private static boolean isReady(Path data) throws IOException {
        Path state = data.resolve("postmaster.pid");
        return Files.exists(state) && Files.readString(state).contains("ready");
    }

    @Override
    public void close() throws IOException {
        String[] stop = {"-D", data.toString(), "-m", "immediate", "stop"};
        try {
            RunningSocat.run(command(programs.resolve("pg_ctl"), stop));
            server.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the database stopped", interrupted);
        }
    }
}
