package org.jsocat.xio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.core.plan.Catalog;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.testkit.RecordingLogger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What programs that embed jsocat rely on. */
@Timeout(300)
final class XioTest {
    private final RecordingLogger log = new RecordingLogger();
    private final Xio xio =
            Xio.builder()
                    .catalog(new Catalog(List.of(new TestAddresses()), List.of(), Map.of()))
                    .log(log)
                    .build();

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
    void joinsTwoAddressesUntilBothHaveEnded() throws Exception {
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
            assertThat(relay.await())
                    .isEqualTo(new XioResult(0, new XioStatistics(5, 4, 0, 1), Optional.empty()));
            assertThat(relay.isRunning()).isFalse();
        }
    }

    @Test
    void closingEndsARelayThatIsIdle() throws Exception {
        Pair left = Pair.open(0);
        Pair right = Pair.open(0);
        XioRelay relay = xio.join(left.address("SOCKET"), right.address("SOCKET"));
        left.send("x");
        assertThat(right.receive()).isEqualTo("x");
        assertThat(relay.await(Duration.ofMillis(1))).isEmpty();
        relay.close();
        assertThat(left.receive()).isEmpty();
        assertThat(right.receive()).isEmpty();
        assertThat(relay.await().status()).isZero();
        relay.close();
    }

    @Test
    void closingGivesUpOpening() throws Exception {
        Pair never = Pair.open(0);
        XioRelay relay = xio.join(never.address("WAIT"), "ECHO");
        relay.close();
        assertThat(relay.await().status()).isZero();
        assertThat(relay.listening()).isCompletedExceptionally();
        assertThat(log.lines()).noneMatch(line -> line.startsWith("E"));
    }

    @Test
    void mistakesAreToldBeforeAnythingOpens() {
        assertThatThrownBy(() -> xio.join("NOSUCH:1", "ECHO:too:many"))
                .isInstanceOfSatisfying(
                        XioException.class,
                        wrong -> assertThat(wrong.kind()).isEqualTo(XioException.Kind.USAGE))
                .hasMessageContainingAll("address 1", "NOSUCH", "address 2", "ECHO");
        assertThatThrownBy(() -> xio.channel("NOSUCH:1"))
                .isInstanceOf(XioException.class)
                .hasMessageContaining("NOSUCH");
    }

    @Test
    void failuresOfOpeningAreTheResult() throws Exception {
        try (XioRelay relay = xio.join("SOCKET:99999", "ECHO")) {
            XioResult result = relay.await();
            assertThat(result.status()).isEqualTo(1);
            XioException failure = result.failure().orElseThrow();
            assertThat(failure.errno()).hasValue(Errno.EBADF);
            assertThat(failure.address()).contains("SOCKET:99999 ECHO");
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
    void closingWakesAReader() throws Exception {
        wakesAReader(Thread.ofPlatform());
        wakesAReader(Thread.ofVirtual());
    }

    private void wakesAReader(Thread.Builder threads) throws Exception {
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

    @Test
    void aReadEndsWhenItsTimeHasPassed() throws Exception {
        Pair pair = Pair.open(Linux.SOCK_NONBLOCK);
        try (XioChannel channel = xio.channel(pair.address("SOCKET"))) {
            channel.readTimeout(Duration.ofMillis(1));
            assertThatThrownBy(() -> channel.input().read())
                    .isInstanceOf(SocketTimeoutException.class);
            pair.send("x");
            channel.readTimeout(Duration.ZERO);
            assertThat(channel.input().read()).isEqualTo('x');
            channel.output().write('y');
        }
    }

    /** What a caller on a virtual thread waits for must not keep the thread's carrier. */
    @Test
    void manyRelaysShareTheirThreads() throws Exception {
        List<XioRelay> relays = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        xio.join("SOCKET:99999", "ECHO").await();
        int before = Thread.activeCount();
        for (int i = 0; i < 100; i++) {
            Pair pair = Pair.open(0);
            pairs.add(pair);
            relays.add(xio.join(pair.address("SOCKET"), "ECHO"));
        }
        for (Pair pair : pairs) {
            pair.send("round");
            assertThat(pair.receive()).isEqualTo("round");
        }
        assertThat(Thread.activeCount()).isLessThan(before + 20);
        relays.forEach(XioRelay::close);
        pairs.forEach(pair -> pair.far().close());
    }

    @Test
    void anAddressIsBuiltFromItsParts() {
        assertThat(
                        XioAddress.of("TCP", "::1", "80")
                                .option("nodelay")
                                .option("bind", "a,b|c")
                                .under(XioAddress.of("openssl").option("verify", "0"))
                                .toString())
                .isEqualTo(" openssl,verify=0 | TCP:\\:\\:1:80,nodelay,bind=a\\,b\\|c");
        assertThat(XioAddress.pair(XioAddress.of("STDIN"), XioAddress.of("STDOUT")))
                .hasToString("STDIN!!STDOUT");
    }
}
