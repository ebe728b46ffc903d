package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.Fact;
import org.jsocat.spi.RelayInfo;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

final class SessionLogTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00.123456Z");

    private static final RelayInfo RELAY =
            new RelayInfo() {
                @Override
                public int id() {
                    return 4711;
                }

                @Override
                public Instant start() {
                    return START;
                }

                @Override
                public boolean forked() {
                    return true;
                }

                @Override
                public List<Fact> facts() {
                    return List.of(variables -> variables.accept("PEERADDR", "127.0.0.1"));
                }

                @Override
                public long bytesToSecond() {
                    return 5;
                }

                @Override
                public long bytesToFirst() {
                    return 7;
                }

                @Override
                public long blocksToSecond() {
                    return 1;
                }

                @Override
                public long blocksToFirst() {
                    return 2;
                }
            };

    @Test
    void aRelayThatEndedIsOneLine() {
        assertThat(SessionLog.line(RELAY, "ended", null, START.plusMillis(1500)))
                .isEqualTo(
                        "{\"relay\": 4711,\"start\": \"2026-11-21T10:00:00.123Z\",\"seconds\":"
                                + " 1.5,\"bytesToSecond\": 5,\"bytesToFirst\": 7,\"end\":"
                                + " \"ended\",\"known\": {\"PEERADDR\": \"127.0.0.1\"}}\n");
    }

    @Test
    void aFailureHasItsCause() {
        assertThat(SessionLog.line(RELAY, "failed", new IllegalStateException("why"), START))
                .contains("\"end\": \"failed\",\"cause\": \"why\"");
    }
}
