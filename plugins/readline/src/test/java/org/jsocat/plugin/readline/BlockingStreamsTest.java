package org.jsocat.plugin.readline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.BlockingStreams;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class BlockingStreamsTest {
    private static final int MUCH = 3_000_000;

    private static Endpoint over(InputStream input, OutputStream output) {
        AddressProvider provider =
                () ->
                        List.of(
                                AddressType.named("STREAMS")
                                        .opens(
                                                Parameters.NONE,
                                                Direction.BOTH,
                                                context ->
                                                        BlockingStreams.over(
                                                                context, input, output)));
        return Opening.of(provider, "STREAMS", List.of()).open();
    }

    private static byte[] readAll(Endpoint endpoint) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocateDirect(10_000);
        for (int count = endpoint.read(buffer);
                count != Endpoint.END;
                count = endpoint.read(buffer.clear())) {
            byte[] bytes = new byte[buffer.flip().remaining()];
            buffer.get(bytes);
            all.writeBytes(bytes);
            if (count == 0) {
                Libc.poll(endpoint.readDescriptor(), Linux.POLLIN, -1);
            }
        }
        return all.toByteArray();
    }

    private static void writeAll(Endpoint endpoint, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        while (buffer.hasRemaining()) {
            if (endpoint.write(buffer) == 0) {
                Libc.poll(endpoint.writeDescriptor(), Linux.POLLOUT, -1);
            }
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[MUCH];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @Test
    void whatTheStreamHasIsReadToItsEnd() {
        byte[] bytes = random();
        try (Endpoint endpoint =
                over(new ByteArrayInputStream(bytes), OutputStream.nullOutputStream())) {
            assertThat(Arrays.equals(readAll(endpoint), bytes)).isTrue();
        }
    }

    @Test
    void whatWasWrittenReachesTheStreamBeforeItSaysThatNothingIsLeft() {
        byte[] bytes = random();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (Endpoint endpoint = over(InputStream.nullInputStream(), output)) {
            writeAll(endpoint, bytes);
            finish(endpoint);
            assertThat(Arrays.equals(output.toByteArray(), bytes)).isTrue();
        }
    }

    @Test
    void closingWaitsForNothingAndLosesNothing() throws Exception {
        byte[] bytes = {1, 2, 3};
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        OutputStream slow =
                new OutputStream() {
                    @Override
                    public void write(int single) {
                        try {
                            go.await();
                        } catch (InterruptedException interrupted) {
                            throw new AssertionError(interrupted);
                        }
                        all.write(single);
                    }

                    @Override
                    public void close() {
                        closed.countDown();
                    }
                };
        Endpoint endpoint = over(InputStream.nullInputStream(), slow);
        writeAll(endpoint, bytes);
        endpoint.close();
        assertThat(all.size()).isZero();
        go.countDown();
        assertThat(closed.await(100, TimeUnit.SECONDS)).isTrue();
        assertThat(all.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void anErrorInAStreamIsNoEnd() {
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() {
                        throw new NoClassDefFoundError("org/example/Missing");
                    }
                };
        try (Endpoint endpoint = over(broken, OutputStream.nullOutputStream())) {
            assertThatThrownBy(() -> readAll(endpoint))
                    .isInstanceOf(AddressException.class)
                    .hasMessageContaining("address \"STREAMS")
                    .hasMessageContaining("NoClassDefFoundError: org/example/Missing");
        }
    }

    /** As a relay does. */
    private static void finish(Endpoint endpoint) {
        endpoint.finish();
        while (endpoint.hasUnflushed()) {
            endpoint.flush();
            Thread.onSpinWait();
        }
    }

    @Test
    void shuttingOutputDownClosesTheStreamAndReadingGoesOn() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        OutputStream output =
                new ByteArrayOutputStream() {
                    @Override
                    public void close() {
                        closed.countDown();
                    }
                };
        PipedInputStream input = new PipedInputStream();
        PipedOutputStream feed = new PipedOutputStream(input);
        try (Endpoint endpoint = over(input, output)) {
            endpoint.shutdownOutput();
            assertThat(closed.await(100, TimeUnit.SECONDS)).isTrue();
            feed.write(new byte[] {1, 2, 3});
            feed.close();
            assertThat(readAll(endpoint)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aStreamThatFailsFailsTheEndpoint() {
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the device caught fire");
                    }
                };
        try (Endpoint endpoint = over(broken, OutputStream.nullOutputStream())) {
            assertThatThrownBy(() -> readAll(endpoint))
                    .isInstanceOf(AddressException.class)
                    .hasMessage("the device caught fire");
        }
    }

    @Test
    void aStreamThatTakesNothingFailsWriting() {
        OutputStream full =
                new OutputStream() {
                    @Override
                    public void write(int single) throws IOException {
                        throw new IOException("the disc is full");
                    }
                };
        try (Endpoint endpoint = over(InputStream.nullInputStream(), full)) {
            assertThatThrownBy(() -> writeAll(endpoint, random()))
                    .isInstanceOf(AddressException.class)
                    .hasMessage("the disc is full");
        }
    }

    @Test
    void closingEndsAReadThatWaits() {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        reading.countDown();
                        try {
                            new CountDownLatch(1).await();
                            return 0;
                        } catch (InterruptedException interrupted) {
                            ended.countDown();
                            throw new IOException(interrupted);
                        }
                    }
                };
        assertThat(endsAfterClosing(endless, reading, ended)).isTrue();
    }

    private static boolean endsAfterClosing(
            InputStream input, CountDownLatch reading, CountDownLatch ended) {
        try (Endpoint endpoint = over(input, OutputStream.nullOutputStream())) {
            assertThat(endpoint.read(ByteBuffer.allocateDirect(1))).isZero();
            assertThat(reading.await(100, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        try {
            return ended.await(100, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
