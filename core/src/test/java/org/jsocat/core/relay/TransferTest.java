package org.jsocat.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.helpers.NOPLogger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * No byte is lost, doubled or moved: blocks of random sizes, readers of random speed. Large volumes
 * are compared with the sequence that was sent, place by place, because that is quick; smaller ones
 * by their SHA-256 digests too.
 */
@Timeout(1800)
class TransferTest {
    private static final int GREATEST_CHUNK = 1 << 18;

    /** A prime number, so that no block size and no multiple of one fits. */
    private static final int PERIOD = 1_048_573;

    /** The kinds of descriptors on both sides. */
    enum Kind {
        TCP(Peer::tcp),
        STREAM(Peer::stream);

        private final Supplier<Peer> maker;

        Kind(Supplier<Peer> maker) {
            this.maker = maker;
        }
    }

    private static RelaySettings settings(int block) {
        return new RelaySettings(
                Direction.BOTH,
                block,
                Duration.ofHours(1),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static void transfer(
            Peer left, Peer right, RelaySettings settings, long size, boolean digests)
            throws Exception {
        Endpoint one = Endpoints.socket(left.there());
        Endpoint other = Endpoints.socket(right.there());
        Running relay = Running.between(one, other, settings, NOPLogger.NOP_LOGGER);
        // The left side has finished sending long before the right one has.
        long more = size + size / 8;
        CompletableFuture<String> sentRight = task(() -> send(left.here(), size, 1, digests));
        CompletableFuture<String> sentLeft = task(() -> send(right.here(), more, 2, digests));
        CompletableFuture<String> receivedRight =
                task(() -> receive(right.here(), size, 1, digests));
        CompletableFuture<String> receivedLeft = task(() -> receive(left.here(), more, 2, digests));
        assertThat(receivedRight.get()).isEqualTo(sentRight.get());
        assertThat(receivedLeft.get()).isEqualTo(sentLeft.get());
        assertThat(relay.join()).isZero();
        assertThat(relay.relay().leftToRight().bytes()).isEqualTo(size);
        assertThat(relay.relay().rightToLeft().bytes()).isEqualTo(more);
        left.close();
        right.close();
    }

    private static CompletableFuture<String> task(Supplier<String> work) {
        CompletableFuture<String> result = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                result.complete(work.get());
                            } catch (Throwable failure) {
                                result.completeExceptionally(failure);
                            }
                        });
        return result;
    }

    /**
     * Random bytes; the sequence that is sent repeats them. Twice, so that any part of it is in one
     * piece.
     */
    private static byte[] sequence(int seed) {
        byte[] bytes = new byte[PERIOD];
        new Random(seed).nextBytes(bytes);
        byte[] twice = Arrays.copyOf(bytes, 2 * PERIOD);
        System.arraycopy(bytes, 0, twice, PERIOD, PERIOD);
        return twice;
    }

    private static String send(Fd fd, long size, int seed, boolean digests) {
        MessageDigest digest = digest();
        Random random = new Random();
        byte[] sequence = sequence(seed);
        for (long sent = 0; sent < size; ) {
            int length = chunk(random, size - sent);
            int start = (int) (sent % PERIOD);
            if (digests) {
                digest.update(sequence, start, length);
            }
            for (int done = 0; done < length; ) {
                long count = Libc.write(fd.number(), sequence, start + done, length - done);
                done += (int) PosixException.check(count, "write()");
            }
            sent += length;
            dawdle(random);
        }
        Libc.shutdown(fd.number(), Linux.SHUT_WR);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String receive(Fd fd, long size, int seed, boolean digests) {
        MessageDigest digest = digest();
        Random random = new Random();
        byte[] sequence = sequence(seed);
        byte[] bytes = new byte[GREATEST_CHUNK];
        for (long received = 0; ; ) {
            long count = Libc.read(fd.number(), bytes, 0, chunk(random, bytes.length));
            if (count == -Errno.EINTR) {
                continue;
            }
            int length = (int) PosixException.check(count, "read()");
            if (length == 0) {
                assertThat(received).isEqualTo(size);
                return HexFormat.of().formatHex(digest.digest());
            }
            int start = (int) (received % PERIOD);
            int wrong = Arrays.mismatch(bytes, 0, length, sequence, start, start + length);
            assertThat(wrong).as("first difference from byte %s on", received).isEqualTo(-1);
            if (digests) {
                digest.update(bytes, 0, length);
            }
            received += length;
            dawdle(random);
        }
    }

    /** Mostly large, often small, sometimes single bytes. */
    private static int chunk(Random random, long most) {
        int kind = random.nextInt(20);
        int limit = kind == 0 ? 1 : kind < 4 ? 3000 : GREATEST_CHUNK;
        return (int) Math.min(most, 1 + random.nextInt(limit));
    }

    /** Now and then the other side has to wait. */
    private static void dawdle(Random random) {
        if (random.nextInt(400) == 0) {
            try {
                Thread.sleep(1 + random.nextInt(3));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void halfAGigabyte(Kind kind) throws Exception {
        transfer(kind.maker.get(), kind.maker.get(), settings(0), 512L << 20, false);
    }

    @Test
    void smallBlocks() throws Exception {
        transfer(Peer.tcp(), Peer.stream(), settings(777), 8L << 20, true);
    }

    @Test
    void referenceBlocks() throws Exception {
        transfer(Peer.stream(), Peer.tcp(), settings(8192), 32L << 20, true);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Tag("soak")
    void twoGigabytesWithDigests(Kind kind) throws Exception {
        transfer(kind.maker.get(), kind.maker.get(), settings(0), 2L << 30, true);
    }
}
