package org.jsocat.plugin.posixmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.Listener;
import org.jsocat.spi.NamedOptions;
import org.jsocat.spi.OpenOptions;
import org.jsocat.spi.posix.MessageQueue;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

@Timeout(300)
class QueuesTest {
    private final String name = "/jsocat-test-" + UUID.randomUUID();

    @AfterEach
    void remove() {
        MessageQueue.unlink(name);
    }

    private Opening opening(String keyword) {
        Direction direction =
                keyword.endsWith("SEND")
                        ? Direction.WRITE
                        : keyword.endsWith("BIDIRECTIONAL") ? Direction.BOTH : Direction.READ;
        return Opening.of(
                        new QueueAddresses(),
                        keyword,
                        List.of(
                                new FdOptions(),
                                new NamedOptions(),
                                new OpenOptions(),
                                new QueueOptions()),
                        name)
                .toward(direction);
    }

    private void send(String text, String priority) {
        Opening opening = opening("POSIXMQ-SEND").with("mq-prio", priority);
        try (Listener listener = opening.listen();
                Endpoint endpoint = opening.accept(listener).orElseThrow()) {
            assertThat(write(endpoint, text)).isEqualTo(text.length());
        }
    }

    private static int write(Endpoint endpoint, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return endpoint.write(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
    }

    private static String read(Endpoint endpoint, int room) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(room);
        endpoint.read(buffer);
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }

    @Test
    void theHighestPriorityComesFirst() {
        send("low", "0");
        send("high", "7");
        try (Endpoint endpoint = opening("POSIXMQ-READ").open()) {
            assertThat(read(endpoint, 1 << 16)).isEqualTo("high");
            assertThat(read(endpoint, 1 << 16)).isEqualTo("low");
            assertThat(endpoint.read(ByteBuffer.allocateDirect(1 << 16))).isZero();
        }
    }

    @Test
    void nothingIsLostInASmallBuffer() {
        send("0123456789", "0");
        try (Endpoint endpoint = opening("POSIXMQ-READ").open()) {
            assertThat(read(endpoint, 4)).isEqualTo("0123");
            assertThat(endpoint.hasPending()).isTrue();
            assertThat(read(endpoint, 100)).isEqualTo("456789");
            assertThat(endpoint.hasPending()).isFalse();
        }
    }

    @Test
    void eachMessageIsAnEndpointOfItsOwn() {
        Opening opening = opening("POSIXMQ-RECEIVE").with("unlink-early");
        try (Listener listener = opening.listen()) {
            send("one", "3");
            send("two", "0");
            for (String expected : List.of("one", "two")) {
                try (Endpoint endpoint = opening.accept(listener).orElseThrow()) {
                    assertThat(opening.environment().get("SOCAT_POSIXMQ_PRIO"))
                            .isEqualTo(expected.equals("one") ? "3" : "0");
                    assertThat(read(endpoint, 100)).isEqualTo(expected);
                    assertThat(endpoint.read(ByteBuffer.allocateDirect(1))).isEqualTo(Endpoint.END);
                }
            }
        }
        assertThat(opening.unused()).isEmpty();
    }

    @Test
    void aMessageIsWaitedFor() throws InterruptedException {
        Opening opening = opening("POSIXMQ-RECEIVE");
        try (Listener listener = opening.listen()) {
            Thread sender = Thread.ofPlatform().start(() -> send("late", "0"));
            try (Endpoint endpoint = opening.accept(listener).orElseThrow()) {
                assertThat(read(endpoint, 100)).isEqualTo("late");
            }
            sender.join();
        }
    }

    @Test
    void aFullQueueTakesNothingMore() {
        Opening opening =
                opening("POSIXMQ-BIDIRECTIONAL").with("mq-maxmsg", "2").with("mq-msgsize", "16");
        try (Endpoint endpoint = opening.open()) {
            assertThat(write(endpoint, "one")).isEqualTo(3);
            assertThat(write(endpoint, "two")).isEqualTo(3);
            assertThat(write(endpoint, "three")).isZero();
            assertThat(read(endpoint, 16)).isEqualTo("one");
            assertThat(write(endpoint, "three")).isEqualTo(5);
            assertThatThrownBy(() -> write(endpoint, "x".repeat(17)))
                    .isInstanceOf(PosixException.class)
                    .hasMessageMatching("mq_send\\(mqd=\\d+\\): Message too long");
        }
        assertThat(opening.unused()).isEmpty();
    }

    @Test
    void aQueueThatIsThereKeepsItsSize() {
        send("there", "0");
        Opening opening = opening("POSIXMQ-READ").with("mq-msgsize", "16");
        opening.open().close();
        assertThat(opening.lines())
                .anyMatch(line -> line.startsWith("W mq_open(): requested msgsize=16, but result"));
    }

    @Test
    void flushThrowsAwayWhatIsThere() {
        send("old", "0");
        try (Endpoint endpoint = opening("POSIXMQ-READ").with("mq-flush").open()) {
            assertThat(endpoint.read(ByteBuffer.allocateDirect(1 << 16))).isZero();
            send("new", "0");
            assertThat(read(endpoint, 1 << 16)).isEqualTo("new");
        }
    }

    @Test
    void theNameGoesAtTheEndIfWanted() {
        Opening opening = opening("POSIXMQ-READ").with("unlink-close");
        opening.open().close();
        opening.closed();
        assertThat(MessageQueue.unlink(name)).isNegative();
    }

    @Test
    void aQueueThatIsMissingIsToldAsTheReferenceDoes() {
        assertThatThrownBy(() -> opening("POSIXMQ-READ").with("o-creat", "0").open())
                .hasMessage(
                        "POSIXMQ-READ: mq_open(\""
                                + name
                                + "\", 02000000, 0666, NULL): No such file or directory");
    }

    @Test
    void whatOnlyReadsIsOpenedForReading() {
        Opening opening = opening("POSIXMQ-READ").toward(Direction.BOTH).with("o-creat", "0");
        assertThatThrownBy(opening::open)
                .hasMessageContaining("\", 02000000, 0666, NULL): No such file or directory");
    }
}
