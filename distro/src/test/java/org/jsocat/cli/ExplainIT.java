package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code jsocat explain}. */
@Timeout(300)
final class ExplainIT {
    private static final String JSOCAT =
            Path.of(System.getProperty("jsocat.image"), "bin", "jsocat").toString();

    private record Answer(int status, String output, String errors) {}

    private static Answer explain(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JSOCAT, "explain"));
        command.addAll(List.of(words));
        Path errors = Files.createTempFile("explain", ".txt");
        try {
            Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), output, Files.readString(errors));
        } finally {
            Files.delete(errors);
        }
    }

    @Test
    void tellsElementsDirectionsAndNeeds() throws Exception {
        Answer answer =
                explain(
                        "-",
                        "socks:target:22|openssl,cafile=ca.pem"
                                + "|proxy-connect:sockd:443,proxyauth=me:secret|tcp:proxy:8080");
        assertThat(answer.status()).as(answer.errors()).isZero();
        assertThat(answer.output())
                .contains(
                        "  socks:target:22\n"
                                + "    SOCKS4, stage, both ways; org.jsocat.plugin.proxy\n",
                        "    option openssl-cafile=\"ca.pem\", phase SPECIFIC, read when it"
                                + " opens\n",
                        "  tcp:proxy:8080\n    TCP-CONNECT, endpoint, read and written;",
                        "  files: ca.pem\n",
                        "  hosts: proxy\n")
                .doesNotContain("secret");
    }

    @Test
    void tellsTheSidesOfDualsAndPrivileges() throws Exception {
        Answer answer =
                explain("-t", "3", "gzip%gunzip|TCP-L:443,fork,su=nobody", "IP:127.0.0.1:9");
        assertThat(answer.output())
                .contains(
                        "  closeTimeoutSeconds: 3.0\n",
                        "  relays: one for each time the first address is opened\n",
                        "    GZIP, stage, to the right;",
                        "    GUNZIP, stage, its sides swapped, to the left;",
                        "    TCP-LISTEN, listener, read and written;",
                        "  privileges: to listen on port 443 (CAP_NET_BIND_SERVICE)\n",
                        "  privileges: to change who the process is (root): option substuser\n",
                        "  privileges: raw sockets (CAP_NET_RAW)\n");
    }

    @Test
    void opensNothing() throws Exception {
        Path file = Files.createTempDirectory("explain").resolve("file");
        Answer answer = explain("--json", "-u", "SYSTEM:touch " + file, "CREATE:" + file);
        assertThat(answer.status()).as(answer.errors()).isZero();
        assertThat(answer.output())
                .contains(
                        "\"direction\": \"from the first to the second address\"",
                        "\"address\": \"CREATE\"",
                        "\"programs\": [\"touch " + file + "\"]",
                        "\"files\": [\"" + file + "\"]");
        assertThat(file).doesNotExist();
    }

    @Test
    void tellsWhatDoesNotFit() throws Exception {
        Answer answer = explain("-u", "test%test|stdin", "nop");
        assertThat(answer.status()).isOne();
        assertThat(answer.errors())
                .contains(
                        "two stages joined by \"%\" work both ways, but only to the left is wanted"
                                + " here (address 1, column 1)",
                        "NOP can only be a stage of a chain (address 2, column 1)");
    }
}
