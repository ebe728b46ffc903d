package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.cli.RunningSocat.Conversation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Listeners that may have few descriptors, or whose relays cannot be opened. */
@Timeout(300)
@ExtendWith(ShowsPrograms.class)
final class FewDescriptorsIT {
    private static final int FEW = 64;
    private static final int CLIENTS = 100;
    private static final String LISTENER = "TCP4-LISTEN:0,bind=127.0.0.1,fork,backlog=128";

    /** Descriptors of the loops that share the work, which are made when there is work. */
    private static final int LOOPS = 2 + 2 * Runtime.getRuntime().availableProcessors();

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"PIPE", "EXEC:cat"})
    void allAreServedAlthoughNotAtOnce(String second) throws Exception {
        List<Conversation> peers = new ArrayList<>();
        try (RunningSocat socat = RunningSocat.startWithDescriptors(FEW, LISTENER, second)) {
            int port = socat.port();
            for (int i = 0; i < CLIENTS; i++) {
                peers.add(RunningSocat.connect(port));
                peers.get(i).say("client " + i + "\n");
            }
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(peers.get(i).hear("\n")).isEqualTo("client " + i + "\n");
                peers.get(i).close();
            }
        } finally {
            for (Conversation peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void whatCannotBeOpenedLeavesNothingOpen() throws Exception {
        try (RunningSocat socat =
                RunningSocat.start(
                        "-r",
                        folder.resolve("ok").toString(),
                        "-R",
                        folder.resolve("missing/x").toString(),
                        LISTENER,
                        "PIPE")) {
            int port = socat.port();
            long before = socat.descriptors();
            for (int i = 0; i < CLIENTS; i++) {
                try (Conversation peer = RunningSocat.connect(port)) {
                    assertThat(peer.rest()).isEmpty();
                }
            }
            RunningSocat.await(
                    "all that was opened is closed", () -> socat.descriptors() <= before + LOOPS);
        }
    }
}
