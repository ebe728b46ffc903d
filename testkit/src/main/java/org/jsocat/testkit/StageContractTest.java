package org.jsocat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.BlockingView;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.ForwardingEndpoint;
import org.jsocat.spi.Wakeup;
import org.jsocat.spi.Wakeups;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a relay relies on in every stage that works both ways: nothing is lost, changed or held up,
 * whatever the inner endpoint takes and gives at once, and however it ends. A plugin's test extends
 * it for each of its stages.
 *
 * @since 1.0
 */
@Timeout(300)
public abstract class StageContractTest {
    private static final int MUCH = (4 << 20) + 4711;
    private static final int SOME = 50_001;

    /** For subclasses. */
    protected StageContractTest() {}

    /** An opening of the stage that has not been opened. */
    protected abstract Opening opening();

    /** What the inner endpoint has got when all of these bytes were written, to the end. */
    protected abstract byte[] encoded(byte[] plain);

    /** The bytes that were written, from what the inner endpoint has got. */
    protected abstract byte[] decoded(byte[] wire);

    /** The bytes that came, from those that were read; for stages that add something. */
    protected byte[] arrived(byte[] read) {
        return read;
    }

    /** Bytes to send. */
    protected byte[] plain(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** The stage over one end of a socket pair, and the other end, which blocks. */
    private final class Rig implements AutoCloseable {
        final Fd far;
        final Endpoint stage;
        final BlockingView view;
        final AtomicInteger closed = new AtomicInteger();

        /** An inner endpoint of a shape; 0 for one as it is. */
        Rig(int most, boolean refuses) {
            int[] pair = new int[2];
            PosixException.check(
                    Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM, 0, pair), "socketpair()");
            far = new Fd(pair[0]);
            Fd near = new Fd(pair[1]);
            near.setNonBlocking(true);
            Endpoint inner =
                    new ForwardingEndpoint(
                            DescriptorEndpoint.over(near, Direction.BOTH).socket().build()) {
                        @Override
                        public void close() {
                            closed.incrementAndGet();
                            super.close();
                        }
                    };
            Opening opening = opening();
            Wakeups wakeups = opening.wakeups();
            Wakeup wakeup = refuses ? wakeups.wakeup() : null;
            stage = opening.stage(most == 0 ? inner : new ShapedEndpoint(inner, most, wakeup));
            view = new BlockingView(stage, wakeups);
            view.within(Duration.ofSeconds(100));
        }

        /** Reads what the stage sends, to its end, in pieces of this size. */
        CompletableFuture<byte[]> sink(int piece) {
            return CompletableFuture.supplyAsync(
                    () -> {
                        ByteArrayOutputStream all = new ByteArrayOutputStream();
                        byte[] bytes = new byte[piece];
                        long count;
                        while ((count = Libc.read(far.number(), bytes, 0, piece)) > 0) {
                            all.write(bytes, 0, (int) count);
                        }
                        return all.toByteArray();
                    },
                    task -> Thread.ofPlatform().daemon().start(task));
        }

        /** Sends bytes to the stage, in pieces up to this size, then the end. */
        CompletableFuture<Void> source(byte[] bytes, int piece) {
            return CompletableFuture.runAsync(
                    () -> {
                        Random random = new Random(3);
                        for (int done = 0; done < bytes.length; ) {
                            int count = Math.min(bytes.length - done, 1 + random.nextInt(piece));
                            done += (int) Libc.write(far.number(), bytes, done, count);
                        }
                        Libc.shutdown(far.number(), Linux.SHUT_WR);
                    },
                    task -> Thread.ofPlatform().daemon().start(task));
        }

        byte[] readAll() throws IOException {
            return arrived(view.inputStream().readAllBytes());
        }

        void writeInPieces(byte[] bytes, int piece) throws IOException {
            Random random = new Random(5);
            for (int done = 0; done < bytes.length; ) {
                int count = Math.min(bytes.length - done, 1 + random.nextInt(piece));
                view.write(ByteBuffer.wrap(bytes, done, count));
                done += count;
            }
        }

        @Override
        public void close() {
            view.close();
            far.close();
        }
    }

    private void writes(int size, int piece, int most, boolean refuses, int sinkPiece)
            throws Exception {
        byte[] bytes = plain(size);
        try (Rig rig = new Rig(most, refuses)) {
            CompletableFuture<byte[]> sink = rig.sink(sinkPiece);
            rig.writeInPieces(bytes, piece);
            rig.view.shutdownOutput();
            assertSame(decoded(sink.get()), bytes);
        }
    }

    private void reads(int size, int piece, int most, boolean refuses) throws Exception {
        byte[] bytes = plain(size);
        try (Rig rig = new Rig(most, refuses)) {
            CompletableFuture<Void> source = rig.source(encoded(bytes), piece);
            assertSame(rig.readAll(), bytes);
            source.get();
        }
    }

    private static void assertSame(byte[] got, byte[] wanted) {
        assertThat(got.length).isEqualTo(wanted.length);
        assertThat(Arrays.mismatch(got, wanted)).isEqualTo(-1);
    }

    @Test
    void muchIsWrittenWhole() throws Exception {
        writes(MUCH, 1 << 18, 0, false, 1 << 16);
    }

    @Test
    void muchIsReadWhole() throws Exception {
        reads(MUCH, 1 << 18, 0, false);
    }

    @Test
    void oneByteAtATimeIsWrittenWhole() throws Exception {
        writes(SOME, 1, 1, false, 1);
    }

    @Test
    void oneByteAtATimeIsReadWhole() throws Exception {
        reads(SOME, 1, 1, false);
    }

    @Test
    void chunksOfAnySizeAreWrittenWhole() throws Exception {
        writes(MUCH / 4, 20_000, 9_000, false, 5_000);
    }

    @Test
    void chunksOfAnySizeAreReadWhole() throws Exception {
        reads(MUCH / 4, 9_000, 5_000, false);
    }

    @Test
    void anInnerEndpointThatRefusesNowAndThenGetsAll() throws Exception {
        writes(MUCH / 4, 30_000, 7_000, true, 3_000);
    }

    @Test
    void anInnerEndpointThatHasNothingNowAndThenIsReadWhole() throws Exception {
        reads(MUCH / 4, 30_000, 7_000, true);
    }

    @Test
    void bothWaysAtOnce() throws Exception {
        byte[] bytes = plain(MUCH / 2);
        try (Rig rig = new Rig(0, false)) {
            CompletableFuture<byte[]> sink = rig.sink(10_000);
            CompletableFuture<Void> source = rig.source(encoded(bytes), 10_000);
            CompletableFuture<byte[]> read =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return rig.readAll();
                                } catch (IOException failure) {
                                    throw new AssertionError(failure);
                                }
                            },
                            task -> Thread.ofPlatform().daemon().start(task));
            rig.writeInPieces(bytes, 50_000);
            rig.view.shutdownOutput();
            assertSame(decoded(sink.get()), bytes);
            assertSame(read.get(), bytes);
            source.get();
        }
    }

    @Test
    void halfCloseEndsOneWayOnly() throws Exception {
        byte[] bytes = plain(100);
        try (Rig rig = new Rig(0, false)) {
            CompletableFuture<byte[]> sink = rig.sink(100);
            rig.view.write(ByteBuffer.wrap(bytes));
            rig.view.shutdownOutput();
            rig.view.shutdownOutput();
            assertSame(decoded(sink.get()), bytes);
            CompletableFuture<Void> source = rig.source(encoded(bytes), 100);
            assertSame(rig.readAll(), bytes);
            source.get();
        }
    }

    @Test
    void whatBelongsToTheEndGoesOutBeforeClosing() throws Exception {
        byte[] bytes = plain(100);
        try (Rig rig = new Rig(3, true)) {
            CompletableFuture<byte[]> sink = rig.sink(100);
            rig.view.write(ByteBuffer.wrap(bytes));
            rig.view.finish(Duration.ofSeconds(20));
            rig.view.close();
            assertSame(decoded(sink.get()), bytes);
        }
    }

    @Test
    void nothingIsMadeUp() {
        try (Rig rig = new Rig(0, false)) {
            assertThat(rig.stage.read(ByteBuffer.allocateDirect(100))).isZero();
            assertThat(rig.stage.hasPending()).isFalse();
            assertThat(rig.stage.holdsInput()).isFalse();
            assertThat(rig.stage.hasUnflushed()).isFalse();
        }
    }

    @Test
    void closingClosesTheInnerEndpoint() {
        try (Rig rig = new Rig(0, false)) {
            rig.stage.close();
            rig.stage.close();
            assertThat(Libc.read(rig.far.number(), new byte[1], 0, 1)).isLessThanOrEqualTo(0);
            assertThat(rig.closed.get()).isPositive();
        }
    }

    @Test
    void itsBytesAreNotThoseOfADescriptor() {
        try (Rig rig = new Rig(0, false)) {
            assertThat(rig.stage.rawInput()).isEqualTo(Endpoint.NONE);
            assertThat(rig.stage.rawOutput()).isEqualTo(Endpoint.NONE);
        }
    }
}
