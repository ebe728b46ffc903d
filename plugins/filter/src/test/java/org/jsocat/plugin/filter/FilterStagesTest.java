package org.jsocat.plugin.filter;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jsocat.core.option.ApplicationOptions;
import org.jsocat.core.option.RetryOptions;
import org.jsocat.core.plan.Catalog;
import org.jsocat.core.relay.RelaySettings;
import org.jsocat.core.relay.Tap;
import org.jsocat.core.run.Session;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.helpers.NOPLogger;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

@Timeout(300)
class FilterStagesTest {
    private final TestChannels channels = new TestChannels();

    @AfterEach
    void close() {
        channels.close();
    }

    private int run(Direction direction, String left, String right) {
        return run(direction, Optional.empty(), left, right);
    }

    private int run(Direction direction, Optional<Supplier<Tap>> taps, String left, String right) {
        Catalog catalog =
                new Catalog(
                        List.of(channels, new FilterStages()),
                        List.of(
                                new ApplicationOptions(),
                                new RetryOptions(),
                                new GzipOptions(),
                                new RecodeOptions()),
                        Map.of());
        RelaySettings settings =
                new RelaySettings(
                        direction, 0, Duration.ofSeconds(20), Optional.empty(), taps, false);
        return new Session(catalog, Settings.DEFAULT, settings, false, NOPLogger.NOP_LOGGER)
                .run(left, right);
    }

    /** The table of marks of socat 2. */
    @ParameterizedTest
    @CsvSource({
        "BOTH, stdio, ^test|pipe, <>",
        "BOTH, test|stdio, test|pipe, <><>",
        "READ, test|stdin, test|stdout, <>",
        "WRITE, ^test|stdout, ^test|stdin, ><",
        "BOTH, stdio, testuni%testrev|pipe, ><",
        "BOTH, test|test%^test|^test|stdio, ^test|testuni%testrev|test|pipe, ><<<>><<>>><",
    })
    void marks(Direction direction, String left, String right, String marks) {
        channels.send("text");
        assertThat(run(direction, left, right)).isZero();
        assertThat(channels.received()).isEqualTo("text" + marks);
    }

    @ParameterizedTest
    @CsvSource({
        "BOTH, stdio, nop|pipe, ''",
        "READ, nop|stdin, nop|nop|stdout, ''",
        "READ, ^testuni|stdin, testuni|stdout, >>",
        "READ, ^testrev|stdin, testrev|stdout, <<",
        "BOTH, stdio, ' test | nop | pipe ', ><",
        "BOTH, stdio, gzip|gunzip|pipe, ''",
        "BOTH, ^gunzip|gunzip|stdio, gzip|^gzip|test|pipe, ><",
        "BOTH, stdio, gzip%gunzip|^gzip|pipe, ''",
        "BOTH, stdio, recode:latin1:utf-16|^recode:latin1:utf-16|telnet|^telnet|pipe, ''",
        "READ, gzip|gunzip|stdin, gzip|gunzip|stdout, ''",
    })
    void moreChains(Direction direction, String left, String right, String marks) {
        channels.send("text");
        assertThat(run(direction, left, right)).isZero();
        assertThat(channels.received()).isEqualTo("text" + marks);
    }

    @ParameterizedTest
    @CsvSource({
        "BOTH, stdio, testuni|pipe",
        "READ, testuni|stdin, stdout",
        "READ, test%test|stdin, stdout",
        "BOTH, stdio, test|stdin",
        "BOTH, stdio, test%^testuni|pipe",
        "BOTH, ^stdio, pipe",
        "BOTH, stdio, test|^pipe",
    })
    void chainsThatCannotWorkAreRefusedBeforeAnythingOpens(
            Direction direction, String left, String right) {
        channels.send("text");
        assertThat(run(direction, left, right)).isOne();
        assertThat(channels.received()).isEmpty();
    }

    /** Options about the transfer act to the left of the element that they stand on. */
    @ParameterizedTest
    @CsvSource({
        "stdio, 'test|test,readbytes=2|pipe', t<<",
        "stdio, 'test,readbytes=2|test|pipe', t<",
        "stdio, 'test|pipe,readbytes=2', te<",
        "stdio, 'test|test|pipe,escape=120', te<<",
        "'test|stdio,readbytes=3', pipe, tex<>",
        "stdio, 'test|test,crnl|pipe,cr', text>><<",
    })
    void optionsActAtTheirHop(String left, String right, String expected) {
        channels.send("text");
        assertThat(run(Direction.BOTH, left, right)).isZero();
        assertThat(channels.received()).isEqualTo(expected);
    }

    private static final class Blocks implements Tap {
        private final StringBuilder seen = new StringBuilder();

        @Override
        public void block(boolean leftToRight, ByteBuffer block) {
            seen.append(leftToRight ? "> " : "< ");
            seen.append(US_ASCII.decode(block.duplicate())).append(' ');
        }

        @Override
        public void close() {}
    }

    /** What is dumped is what passes the relay, or the hops that are named. */
    @ParameterizedTest
    @CsvSource({
        "stdio, test|test|pipe, '> text < text>><< '",
        "stdio, 'test|test,tap|pipe', '> text> < text>>< '",
        "stdio, 'test|test|pipe,tap', '> text>> < text>> '",
        "'test|stdio,tap', test|pipe, '> text < text<><> '",
        "stdio, 'test|test,crnl,tap|pipe', '> te\\r\\n> < te\\n>>< '",
        "'test|stdio,tap', 'test|pipe,tap', '> text > text<> < text<> < text<><> '",
    })
    void aTapMayBePutAtAHop(String left, String right, String expected) {
        Blocks blocks = new Blocks();
        boolean lines = right.contains("crnl");
        channels.send(lines ? "te\n" : "text");
        assertThat(run(Direction.BOTH, Optional.of(() -> blocks), left, right)).isZero();
        assertThat(blocks.seen).hasToString(expected.replace("\\r", "\r").replace("\\n", "\n"));
    }
}
