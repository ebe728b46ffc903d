package org.jsocat.xio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.core.plan.Catalog;
import org.jsocat.core.relay.RelaySettings;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Settings;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.testkit.RecordingLogger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What programs that embed jsocat rely on. */
@Timeout(60)
final class XioTest {
    private final RecordingLogger log = new RecordingLogger();
    private final Xio xio =
            new Xio(
                    new Catalog(List.of(new TestAddresses()), List.of(), Map.of()),
                    Settings.DEFAULT,
                    RelaySettings.DEFAULT,
                    log);

    /** A connected pair: one end for an address, the other for the test. */
    private record Pair(Fd near, Fd far) {
        static Pair open(int flags) {
            int[] fds = new int[2];
            PosixException.check(
                    Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM | flags, 0, fds),
                    "socketpair()");
            return new Pair(new Fd(fds[0]), new Fd(fds[1]));
        }

        String address(String keyword) {
            return keyword + ":" + near.release();
        }

        void send(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThat(Libc.write(far.number(), bytes, 0, bytes.length)).isEqualTo(bytes.length);
        }

        /** Blocks until something is there; empty text at the end. */
        String receive() {
            byte[] bytes = new byte[100];
            long count = Libc.read(far.number(), bytes, 0, bytes.length);
            assertThat(count).isNotNegative();
            return new String(bytes, 0, (int) count, StandardCharsets.UTF_8);
        }
    }

    @Test
    void joinsTwoAddressesUntilBothHaveEnded() throws InterruptedException {
        Pair left = Pair.open(0);
        Pair right = Pair.open(0);
        try (XioRelay relay = xio.join(left.address("SOCKET"), right.address("SOCKET"))) {
            left.send("there");
            assertThat(right.receive()).isEqualTo("there");
            right.send("back");
            assertThat(left.receive()).isEqualTo("back");
            assertThat(relay.isRunning()).isTrue();
            left.far().close();
            right.far().close();
            assertThat(relay.await()).isZero();
            assertThat(relay.isRunning()).isFalse();
            assertThat(relay.bytesToSecond()).isEqualTo(5);
            assertThat(relay.bytesToFirst()).isEqualTo(4);
        }
    }

    @Test
    void closingEndsARelayThatIsIdle() throws InterruptedException {
        Pair left = Pair.open(0);
        Pair right = Pair.open(0);
        XioRelay relay = xio.join(left.address("SOCKET"), right.address("SOCKET"));
        left.send("x");
        assertThat(right.receive()).isEqualTo("x");
        assertThat(relay.await(Duration.ofMillis(1))).isEqualTo(OptionalInt.empty());
        relay.close();
        assertThat(left.receive()).isEmpty();
        assertThat(right.receive()).isEmpty();
        assertThat(relay.await()).isZero();
        relay.close();
    }

    @Test
    void closingGivesUpOpening() throws InterruptedException {
        Pair never = Pair.open(0);
        XioRelay relay = xio.join(never.address("WAIT"), "ECHO");
        relay.close();
        assertThat(relay.await()).isZero();
        assertThat(log.lines()).noneMatch(line -> line.startsWith("E"));
    }

    @Test
    void mistakesAreToldBeforeAnythingOpens() {
        assertThatThrownBy(() -> xio.join("NOSUCH:1", "ECHO:too:many"))
                .isInstanceOf(AddressException.class)
                .hasMessageContainingAll("address 1", "NOSUCH", "address 2", "ECHO");
        assertThatThrownBy(() -> xio.channel("NOSUCH:1"))
                .isInstanceOf(AddressException.class)
                .hasMessageContaining("NOSUCH");
    }

    @Test
    void failuresOfOpeningAreTheStatus() throws InterruptedException {
        try (XioRelay relay = xio.join("SOCKET:99999", "ECHO")) {
            assertThat(relay.await()).isEqualTo(1);
        }
        assertThat(log.lines()).anyMatch(line -> line.startsWith("E"));
    }

    @Test
    void aChannelCarriesWhatDoesNotFitAtOnce() throws IOException {
        byte[] sent = new byte[3_000_000];
        new Random(5).nextBytes(sent);
        try (XioChannel channel = xio.channel("ECHO")) {
            CompletableFuture<Void> writer =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    assertThat(channel.write(ByteBuffer.wrap(sent)))
                                            .isEqualTo(sent.length);
                                    channel.shutdownOutput();
                                } catch (IOException failure) {
                                    throw new CompletionException(failure);
                                }
                            });
            ByteBuffer received = ByteBuffer.allocate(sent.length + 1);
            while (channel.read(received) >= 0) {
                assertThat(received.hasRemaining()).isTrue();
            }
            writer.join();
            assertThat(received.flip()).isEqualTo(ByteBuffer.wrap(sent));
        }
    }

    @Test
    void closingWakesAReader() throws InterruptedException {
        wakesAReader(Thread.ofPlatform());
        wakesAReader(Thread.ofVirtual());
    }

    private void wakesAReader(Thread.Builder threads) throws InterruptedException {
        Pair pair = Pair.open(Linux.SOCK_NONBLOCK);
        XioChannel channel = xio.channel(pair.address("SOCKET"));
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread reader =
                threads.start(
                        () -> {
                            try {
                                channel.read(ByteBuffer.allocate(10));
                                outcome.complete(new AssertionError("read something"));
                            } catch (IOException closed) {
                                outcome.complete(closed);
                            }
                        });
        while (reader.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }
        channel.close();
        // Where it had not begun to wait yet, it finds the channel closed.
        assertThat(outcome.join())
                .isInstanceOfAny(AsynchronousCloseException.class, ClosedChannelException.class);
        reader.join();
        assertThat(channel.isOpen()).isFalse();
        assertThat(pair.receive()).isEmpty();
    }
}
