package org.jsocat.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.core.open.OpeningFixture;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Program;
import org.jsocat.spi.posix.ChildProcess;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Spawn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.helpers.NOPLogger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Many relays on one loop. */
@Timeout(300)
class EventLoopTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final EventLoop loop = new EventLoop();
    private final Thread thread = Thread.ofPlatform().unstarted(loop::run);
    private final AtomicInteger failures = new AtomicInteger();

    @BeforeEach
    void start() {
        thread.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        loop.stop();
        thread.join();
        loop.close();
    }

    private CountDownLatch add(Endpoint left, Endpoint right, RelaySettings settings) {
        CountDownLatch end = new CountDownLatch(1);
        loop.add(
                new Relay(
                        Side.plain(left),
                        Side.plain(right),
                        settings,
                        NOPLogger.NOP_LOGGER,
                        (relay, status) -> {
                            failures.addAndGet(status);
                            end.countDown();
                        }));
        return end;
    }

    private CountDownLatch add(Peer left, Peer right) {
        return add(Endpoints.socket(left.there()), Endpoints.socket(right.there()), settings(null));
    }

    private static RelaySettings settings(Duration inactivity) {
        return new RelaySettings(
                Direction.BOTH, 0, LONG, Optional.ofNullable(inactivity), Optional.empty(), false);
    }

    @Test
    void twoHundredRelaysAtOnce() throws Exception {
        int count = 200;
        List<Thread> threads = new ArrayList<>();
        List<CountDownLatch> ends = new ArrayList<>();
        AtomicInteger wrong = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            Peer left = i % 2 == 0 ? Peer.tcp() : Peer.stream();
            Peer right = i % 3 == 0 ? Peer.tcp() : Peer.stream();
            ends.add(add(left, right));
            byte[] bytes = new byte[10_000 + 997 * i];
            new Random(i).nextBytes(bytes);
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        left.send(bytes).shutdown();
                                        byte[] back = left.receiveBytes();
                                        if (!java.util.Arrays.equals(bytes, back)) {
                                            wrong.incrementAndGet();
                                        }
                                        left.close();
                                    }));
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        right.send(right.receiveBytes()).shutdown();
                                        right.close();
                                    }));
        }
        for (Thread each : threads) {
            each.join();
        }
        for (CountDownLatch end : ends) {
            end.await();
        }
        assertThat(wrong).hasValue(0);
        assertThat(failures).hasValue(0);
    }

    @Test
    void aResetHarmsItsOwnRelayOnly() throws Exception {
        Peer reset = Peer.tcp();
        Peer other = Peer.tcp();
        CountDownLatch harmed = add(reset, Peer.stream());
        Peer left = Peer.stream();
        CountDownLatch well = add(left, other);
        reset.send("x").reset();
        harmed.await();
        assertThat(failures).hasValue(1);
        left.send("still there");
        assertThat(other.receive(11)).isEqualTo("still there");
        left.close();
        other.close();
        well.await();
    }

    /**
     * The number of a closed descriptor is given to the next one: what was known about it must be
     * forgotten.
     */
    @Test
    void descriptorNumbersAreReused() throws Exception {
        for (int i = 0; i < 500; i++) {
            Peer left = Peer.stream();
            Peer sink = Peer.sink();
            // A duplicate keeps the pipe open behind the relay's back, as a child of the program
            // does.
            Fd kept = sink.there().duplicate();
            CountDownLatch end =
                    add(
                            Endpoints.socket(left.there()),
                            Endpoints.file(sink.there(), Direction.WRITE),
                            settings(null));
            left.send("a").shutdown();
            assertThat(sink.receive(1)).isEqualTo("a");
            Peer next = Peer.stream();
            Peer nextRight = Peer.stream();
            CountDownLatch nextEnd = add(next, nextRight);
            next.send("b");
            assertThat(nextRight.receive(1)).isEqualTo("b");
            kept.close();
            sink.close();
            left.close();
            end.await();
            next.send("c");
            assertThat(nextRight.receive(1)).isEqualTo("c");
            next.close();
            nextRight.close();
            nextEnd.await();
        }
        assertThat(failures).hasValue(0);
    }

    /** One descriptor may belong to several relays: standard output under fork. */
    @Test
    void severalRelaysWriteToOneDescriptor() throws Exception {
        Peer sink = Peer.sink();
        List<Peer> sources = new ArrayList<>();
        List<CountDownLatch> ends = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Peer source = Peer.source();
            sources.add(source);
            ends.add(
                    add(
                            Endpoints.file(source.there(), Direction.READ),
                            Endpoints.kept(sink.there(), sink.there()),
                            new RelaySettings(
                                    Direction.READ,
                                    0,
                                    LONG,
                                    Optional.empty(),
                                    Optional.empty(),
                                    false)));
        }
        String block = "x".repeat(100_000);
        List<Thread> writers = new ArrayList<>();
        for (Peer source : sources) {
            writers.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        source.send(block);
                                        source.close();
                                    }));
        }
        assertThat(sink.receive(5 * block.length())).hasSize(5 * block.length());
        for (CountDownLatch end : ends) {
            end.await();
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(failures).hasValue(0);
    }

    @Test
    void thousandsOfTimeouts() throws Exception {
        int count =
                2000; // two descriptors each here, two in the test: within the usual limits of a
        // container
        RelaySettings settings = settings(Duration.ofMillis(400));
        List<Peer> peers = new ArrayList<>();
        List<CountDownLatch> ends = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            Peer left = Peer.stream();
            Peer right = Peer.stream();
            peers.add(left);
            peers.add(right);
            ends.add(
                    add(Endpoints.socket(left.there()), Endpoints.socket(right.there()), settings));
        }
        for (CountDownLatch end : ends) {
            end.await();
        }
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(400_000_000L);
        for (Peer peer : peers) {
            assertThat(peer.receive()).isEmpty();
            peer.close();
        }
        assertThat(failures).hasValue(0);
    }

    /** A relay that is busy all the time lets others have their turn. */
    @Test
    void bulkLeavesTimeForOthers() throws Exception {
        for (int i = 0; i < 4; i++) {
            Peer left = Peer.stream();
            Peer right = Peer.stream();
            add(left, right);
            byte[] bytes = new byte[1 << 20];
            Thread.ofPlatform()
                    .daemon()
                    .start(
                            () -> {
                                try {
                                    while (true) {
                                        left.send(bytes);
                                    }
                                } catch (RuntimeException closed) {
                                    left.close();
                                }
                            });
            Thread.ofPlatform()
                    .daemon()
                    .start(
                            () -> {
                                while (!right.receive(1 << 20).isEmpty()) {
                                    Thread.onSpinWait();
                                }
                            });
        }
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        CountDownLatch end = add(left, right);
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            left.send("ping");
            assertThat(right.receive(4)).isEqualTo("ping");
        }
        assertThat(System.nanoTime() - start).isLessThan(100_000_000_000L);
        left.close();
        right.close();
        end.await();
    }

    @Test
    void stoppingClosesWhatIsLeft() throws Exception {
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        CountDownLatch end = add(left, right);
        loop.stop();
        end.await();
        assertThat(left.receive()).isEmpty();
        assertThat(right.receive()).isEmpty();
    }

    /**
     * The end of a program is the end of its output, even where something else still holds it open.
     */
    @Test
    void aProgramThatEndsLeavesItsOutput() throws Exception {
        Peer output = Peer.source();
        Peer right = Peer.stream();
        output.send("last words"); // the test's end stays open, as a grandchild's would
        ChildProcess child = new Spawn("/bin/true").arguments(List.of("true")).start();
        Endpoint program =
                new WithProgram(
                        DescriptorEndpoint.over(
                                        OpeningFixture.context(
                                                Direction.READ, NOPLogger.NOP_LOGGER),
                                        output.there())
                                .build(),
                        child);
        CountDownLatch end = add(program, Endpoints.socket(right.there()), settings(null));
        assertThat(right.receiveAll()).isEqualTo("last words");
        right.shutdown();
        end.await();
        assertThat(failures).hasValue(0);
    }

    private record WithProgram(Endpoint inner, ChildProcess child) implements Endpoint {
        @Override
        public int read(java.nio.ByteBuffer target) {
            return inner.read(target);
        }

        @Override
        public int write(java.nio.ByteBuffer source) {
            int count = source.remaining();
            source.position(source.limit());
            return count;
        }

        @Override
        public void shutdownOutput() {}

        @Override
        public void close() {
            inner.close();
            child.close();
        }

        @Override
        public int readDescriptor() {
            return inner.readDescriptor();
        }

        @Override
        public int writeDescriptor() {
            return NONE;
        }

        @Override
        public Optional<Program> program() {
            return Optional.of(
                    new Program() {
                        @Override
                        public long pid() {
                            return child.pid();
                        }

                        @Override
                        public int exitDescriptor() {
                            return child.descriptor().number();
                        }

                        @Override
                        public OptionalInt poll() {
                            return child.poll()
                                    .map(status -> OptionalInt.of(status.status()))
                                    .orElse(OptionalInt.empty());
                        }
                    });
        }
    }
}
