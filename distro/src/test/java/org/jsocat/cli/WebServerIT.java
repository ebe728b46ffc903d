package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A web server in one line of shell. */
@Timeout(300)
@ExtendWith(ShowsPrograms.class)
final class WebServerIT {
    private static final int CLIENTS = 4;
    private static final int REQUESTS = 500 / CLIENTS;

    /** Descriptors of the loops that share the work, which are made when there is work. */
    private static final int LOOPS = 2 + 2 * Runtime.getRuntime().availableProcessors();

    @TempDir private Path folder;

    @Test
    void answersEveryRequestAndKeepsNothing() throws Exception {
        assumeTrue(RunningSocat.isThere("curl"), "curl is missing");
        try (RunningSocat socat =
                RunningSocat.start(
                        "TCP4-LISTEN:0,bind=127.0.0.1,fork,backlog=64",
                        "SYSTEM:read -r method path rest; echo HTTP/1.0 200; "
                                + "echo Content-Type\\: text/plain; echo; "
                                + "echo you asked for $path")) {
            int port = socat.port();
            long before = socat.descriptors();
            List<Process> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                clients.add(start(client, port));
            }
            for (int client = 0; client < CLIENTS; client++) {
                assertThat(clients.get(client).waitFor()).as("curl's status").isZero();
                assertThat(Files.readAllLines(answers(client)))
                        .containsExactlyElementsOf(expected(client));
            }
            RunningSocat.await("all programs are waited for", () -> socat.children().isEmpty());
            RunningSocat.await(
                    "all connections are closed", () -> socat.descriptors() <= before + LOOPS);
        }
    }

    private Process start(int client, int port) throws Exception {
        return new ProcessBuilder(
                        "curl",
                        "-sS",
                        "http://127.0.0.1:" + port + "/" + client + "/[1-" + REQUESTS + "]")
                .redirectOutput(answers(client).toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Path answers(int client) {
        return folder.resolve("answers" + client);
    }

    private static List<String> expected(int client) {
        return IntStream.rangeClosed(1, REQUESTS)
                .mapToObj(request -> "you asked for /" + client + "/" + request)
                .toList();
    }
}
