package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jsocat.cli.RunningSocat.Conversation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** DTLS over a network that loses datagrams and confuses their order. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(ShowsPrograms.class)
final class DtlsIT {
    private static final Pattern TRANSFERRING = Pattern.compile("starting data transfer loop");

    @TempDir private Path folder;
    private Path pem;

    @BeforeEach
    void makeCertificate() throws Exception {
        assumeTrue(RunningSocat.isThere("openssl"), "openssl is missing");
        pem = folder.resolve("pem");
        RunningSocat.certificate(pem, "localhost");
    }

    private static Set<Integer> numbers(String text) {
        return Arrays.stream(text.split(" ")).map(Integer::valueOf).collect(Collectors.toSet());
    }

    private RunningSocat server(int port) throws Exception {
        RunningSocat server =
                RunningSocat.start(
                        "OPENSSL-DTLS-SERVER:"
                                + port
                                + ",pf=ip4,bind=127.0.0.1,verify=0,cert="
                                + pem
                                + ",key="
                                + pem
                                + ".key",
                        "PIPE");
        server.await(Pattern.compile("listening on .*AF=2"));
        return server;
    }

    private static Process openssl(String... further) throws Exception {
        return new ProcessBuilder(further).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static void echoes(Conversation talk) throws Exception {
        talk.say("in spite of the network\n");
        assertThat(talk.hear("in spite of the network\n")).endsWith("in spite of the network\n");
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1 3, 4", "2 4, 1", "3 5 6, 0"})
    void bothSidesAreOurs(String lost, String late) throws Exception {
        int port = Ports.free();
        try (RunningSocat server = server(port);
                LossyRelay relay = LossyRelay.start(port, numbers(lost), numbers(late));
                RunningSocat client =
                        RunningSocat.start(
                                "-",
                                "OPENSSL-DTLS-CLIENT:127.0.0.1:"
                                        + relay.port()
                                        + ",commonname=localhost,cafile="
                                        + pem)) {
            client.await(TRANSFERRING);
            server.await(TRANSFERRING);
            relay.calm();
            echoes(client.conversation());
        }
    }

    @Test
    void theClientIsOpenssls() throws Exception {
        int port = Ports.free();
        try (RunningSocat server = server(port);
                LossyRelay relay = LossyRelay.start(port, Set.of(1, 3), Set.of(4))) {
            Process client =
                    openssl(
                            "openssl",
                            "s_client",
                            "-dtls",
                            "-quiet",
                            "-connect",
                            "127.0.0.1:" + relay.port());
            try {
                server.await(TRANSFERRING);
                relay.calm();
                echoes(
                        new Conversation(
                                client.getInputStream(), client.getOutputStream(), () -> {}));
            } finally {
                client.destroy();
            }
        }
    }
}
