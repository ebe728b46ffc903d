package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.cli.RunningSocat.Conversation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Address chains, with the whole program. */
@Timeout(300)
@ExtendWith(ShowsPrograms.class)
final class ChainIT {
    @TempDir private Path folder;

    /** The table of marks of socat 2. */
    @ParameterizedTest
    @CsvSource({
        "'', stdio, ^test|pipe, <>",
        "'', test|stdio, test|pipe, <><>",
        "-u, test|stdin, test|stdout, <>",
        "-U, ^test|stdout, ^test|stdin, ><",
        "'', stdio, testuni%testrev|pipe, ><",
        "'', test|test%^test|^test|stdio, ^test|testuni%testrev|test|pipe, ><<<>><<>>><",
    })
    void marks(String option, String left, String right, String marks) throws Exception {
        List<String> words = new ArrayList<>(List.of(option, left, right));
        words.remove("");
        try (RunningSocat socat = RunningSocat.start(words.toArray(String[]::new))) {
            Conversation talk = socat.conversation();
            talk.say("text");
            talk.output().close();
            assertThat(talk.rest()).isEqualTo("text" + marks);
            assertThat(socat.status()).isZero();
        }
    }

    @Test
    void fiveStagesOnBothSidesForkAndPassHalfCloseOn() throws Exception {
        Path pem = folder.resolve("server.pem");
        RunningSocat.certificate(pem, "x");
        String stages = "nop|recode:utf-8:utf-16|gzip|telnet|openssl";
        try (RunningSocat server =
                RunningSocat.start(
                        "-t20",
                        stages
                                + "-server,verify=0,cert="
                                + pem
                                + ",key="
                                + pem
                                + ".key|TCP4-LISTEN:0,bind=127.0.0.1,fork",
                        "SYSTEM:sort; echo all of it")) {
            int port = server.port();
            for (int i = 0; i < 2; i++) {
                try (RunningSocat client =
                        RunningSocat.start(
                                "-t20", "-", stages + ",verify=0|TCP4:127.0.0.1:" + port)) {
                    Conversation talk = client.conversation();
                    talk.say("b\na\n\u00e4 " + i + "\n");
                    talk.output().close();
                    byte[] answer = talk.input().readAllBytes();
                    assertThat(new String(answer, StandardCharsets.UTF_8))
                            .contains("a\n", "b\n", "\u00e4 " + i, "all of it\n")
                            .hasSize("b\na\n\u00e4 0\nall of it\n".length());
                    assertThat(client.status()).isZero();
                }
            }
        }
    }

    @Test
    void retryOnAStageOpensTheRestAgain() throws Exception {
        final int port = Ports.free();
        try (RunningSocat client =
                RunningSocat.start(
                        "-d", "-d", "-", "test,forever,interval=0.1|TCP4:127.0.0.1:" + port)) {
            client.await(Pattern.compile("Connection refused"));
            try (RunningSocat server =
                    RunningSocat.start(
                            "TCP4-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr", "PIPE")) {
                Conversation talk = client.conversation();
                talk.say("x");
                assertThat(talk.hear("<")).isEqualTo("x><");
                assertThat(server.pid()).isPositive();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE:%s, testuni|pipe, TESTUNI works to the right only",
        "CREATE:%s, test|stdin, the endpoint of the chain is read-only",
        "CREATE:%s, nop, NOP can only be a stage of a chain",
        "CREATE:%s, stdio|pipe, STDIO cannot be a stage of a chain",
        "CREATE:%s, test%^testuni|pipe, TESTUNI works to the right only, but to the left",
    })
    void whatDoesNotFitIsToldBeforeAnythingOpens(String first, String second, String reason)
            throws Exception {
        Path file = folder.resolve("file");
        try (RunningSocat socat =
                RunningSocat.start(first.replace("%s", file.toString()) + "!!-", second)) {
            assertThat(socat.status()).isOne();
            assertThat(String.join("\n", socat.log())).contains(reason);
        }
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void aProgramOfAChainMayRunSocatAgain() throws Exception {
        Path script = folder.resolve("inner.sh");
        Files.writeString(
                script,
                "#!/bin/sh\nexec " + RunningSocat.PROGRAM + " -t 20 - 'test|exec:cat' <&0 >&1\n");
        script.toFile().setExecutable(true);
        try (RunningSocat socat = RunningSocat.start("-t20", "-", "test|nop|exec:" + script)) {
            Conversation talk = socat.conversation();
            talk.say("text");
            talk.output().close();
            assertThat(talk.rest()).isEqualTo("text>><<");
            assertThat(socat.status()).isZero();
        }
    }

    /** A file that grows, read through a stage: the end is not one, whoever is told so. */
    @ParameterizedTest
    @ValueSource(strings = {"nop|OPEN:FILE,ignoreeof", "nop,ignoreeof|OPEN:FILE"})
    void innerElementsIgnoreAnEnd(String chain) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "one");
        try (RunningSocat socat =
                RunningSocat.start("-u", chain.replace("FILE", file.toString()), "STDOUT")) {
            Conversation talk = socat.conversation();
            assertThat(talk.hear("one")).contains("one");
            Files.writeString(file, "two", StandardOpenOption.APPEND);
            assertThat(talk.hear("two")).contains("two");
        }
    }
}
