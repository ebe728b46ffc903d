package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;

/** Services that are reached from the other kind of socket, and relays that turn sides round. */
@Timeout(300)
@ExtendWith(ShowsPrograms.class)
final class StreamServicesIT {
    private static final Pattern LISTENING = Pattern.compile("listening on AF=1 ");
    private static final String TRANSACTIONS = "number of transactions actually processed: 80/80";

    @TempDir private Path folder;

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void webServiceOnASocketOfTheMachine() throws Exception {
        assumeTrue(RunningSocat.isThere("nginx"), "nginx is missing");
        assumeTrue(RunningSocat.isThere("curl"), "curl is missing");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(
                folder.resolve("conf"),
                """
                daemon off; master_process off; pid pid; error_log error;
                events { }
                http { access_log off;
                  server { listen unix:%s; location / { return 200 "containers of $host"; } } }
                """
                        .formatted(at("own")));
        Process server =
                new ProcessBuilder("nginx", "-p", folder + "/", "-c", "conf")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        try (RunningSocat toUnix =
                        RunningSocat.start(
                                "TCP4-LISTEN:0,bind=127.0.0.1,fork",
                                "UNIX-CONNECT:" + at("own") + ",retry=600,interval=0.1");
                RunningSocat toTcp =
                        RunningSocat.start(
                                "UNIX-LISTEN:" + at("relayed") + ",fork,mode=600",
                                "TCP4:127.0.0.1:" + toUnix.port())) {
            toTcp.await(LISTENING);
            for (int i = 0; i < 3; i++) {
                String url = "http://docker/" + i;
                assertThat(RunningSocat.run("curl", "-sS", "--unix-socket", at("relayed"), url))
                        .isEqualTo("containers of docker");
            }
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    @Test
    void databaseIsReachedBothWays() throws Exception {
        assumeTrue(RunningSocat.isThere("pgbench"), "pgbench is missing");
        try (Database database = Database.start(folder);
                RunningSocat toTcp =
                        RunningSocat.start(
                                "UNIX-LISTEN:" + at(".s.PGSQL.5432") + ",fork,backlog=20",
                                "TCP4:127.0.0.1:" + database.port());
                RunningSocat toUnix =
                        RunningSocat.start(
                                "TCP4-LISTEN:0,bind=127.0.0.1,fork,backlog=20",
                                "UNIX-CONNECT:" + database.socket())) {
            toTcp.await(LISTENING);
            String relayed = Integer.toString(toUnix.port());
            bench(folder.toString(), "5432", "-i", "-q");
            String[] run = {"-c", "4", "-t", "20"};
            assertThat(bench(folder.toString(), "5432", run)).contains(TRANSACTIONS);
            assertThat(bench("127.0.0.1", relayed, run)).contains(TRANSACTIONS);
        }
    }

    private static String bench(String host, String port, String... options) throws Exception {
        String[] command = {"pgbench", "-U", "postgres", "-h", host, "-p", port, "postgres"};
        String[] all = new String[command.length + options.length];
        System.arraycopy(command, 0, all, 0, command.length - 1);
        System.arraycopy(options, 0, all, command.length - 1, options.length);
        all[all.length - 1] = "postgres";
        return RunningSocat.run(all);
    }

    /**
     * A service behind a wall calls out for its clients: a relay that connects on both sides meets
     * one that listens on both. It begins before there is anybody to call, and serves again.
     */
    @Test
    void sidesAreTurnedRound() throws Exception {
        String port = Integer.toString(Ports.free());
        try (RunningSocat service =
                        RunningSocat.start("-t20", "UNIX-LISTEN:" + at("svc") + ",fork", "PIPE");
                RunningSocat inside =
                        RunningSocat.start(
                                "-t20",
                                "TCP4:127.0.0.1:" + port + ",forever,interval=0.05,fork",
                                "UNIX-CONNECT:" + at("svc"))) {
            service.await(LISTENING);
            inside.await(Pattern.compile("Connection refused"));
            for (int i = 0; i < 2; i++) {
                try (RunningSocat outside =
                        RunningSocat.start(
                                "-t20",
                                "UNIX-LISTEN:" + at("front"),
                                "TCP4-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr")) {
                    outside.await(LISTENING);
                    assertThat(RunningSocat.echo(folder.resolve("front"), "round " + i))
                            .isEqualTo("round " + i);
                    assertThat(outside.status()).isZero();
                }
            }
        }
    }
}
