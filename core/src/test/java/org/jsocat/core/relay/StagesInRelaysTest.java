package org.jsocat.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.ForwardingEndpoint;
import org.jsocat.spi.Program;
import org.jsocat.spi.Wakeup;
import org.jsocat.spi.Wakeups;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Pipe;
import org.jsocat.testkit.Opening;
import org.jsocat.testkit.sample.SampleStages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** What relays do for endpoints that are more than a descriptor. */
@Timeout(300)
class StagesInRelaysTest {
    private static final SampleStages STAGES = new SampleStages();

    private final RecordingLog log = new RecordingLog(Level.DEBUG);

    private static RelaySettings settings(Direction direction, Duration close) {
        return new RelaySettings(direction, 0, close, Optional.empty(), Optional.empty(), false);
    }

    private static Side stage(Side inner, String keyword, String... options) {
        Opening opening = Opening.of(STAGES, keyword, List.of(STAGES));
        for (String option : options) {
            opening.with(option.split("=")[0], option.split("=")[1]);
        }
        Endpoint endpoint = opening.waking(inner.wakeups()).stage(inner.endpoint());
        return Side.plain(endpoint, inner.wakeups());
    }

    private static Side side(Peer peer) {
        return Side.plain(Endpoints.socket(peer.there()));
    }

    private Running run(Side left, Side right, Duration close) {
        return new Running(left, right, settings(Direction.BOTH, close), log);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aStageThatRefusesWhileItHoldsBytesIsFlushed() {
        byte[] bytes = random(4 << 20);
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        Running relay = run(side(left), stage(side(right), "BASE64"), Duration.ofSeconds(20));
        CompletableFuture<byte[]> got = CompletableFuture.supplyAsync(right::receiveBytes);
        left.send(bytes).shutdown();
        assertThat(Base64.getDecoder().decode(got.join())).isEqualTo(bytes);
        right.here().close();
        assertThat(relay.join()).isZero();
    }

    @Test
    void theTailOfAStageGoesThroughAnotherThatIsSlow() {
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        Running relay =
                run(
                        side(left),
                        stage(stage(side(right), "THROTTLE", "rate=40"), "BASE64"),
                        Duration.ofMillis(1));
        left.send("hello, world").send("!").shutdown();
        assertThat(right.receiveAll())
                .isEqualTo(
                        Base64.getEncoder().encodeToString("hello, world!".getBytes(ISO_8859_1)));
        assertThat(relay.join()).isZero();
    }

    /** Keeps what it takes until the end, which closes the descriptor that was waited for. */
    private static final class Spooling extends ForwardingEndpoint {
        private final Pipe gate = Pipe.open(Linux.O_NONBLOCK);
        private final Wakeup wakeup;
        private final ByteBuffer spool = ByteBuffer.allocateDirect(1 << 16);
        private boolean ended;
        private boolean due;

        Spooling(Endpoint inner, Wakeup wakeup) {
            super(inner);
            this.wakeup = wakeup;
        }

        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            spool.put(source);
            return count;
        }

        @Override
        public int writeDescriptor() {
            return gate.writer().number();
        }

        @Override
        public int rawOutput() {
            return NONE;
        }

        @Override
        public void shutdownOutput() {
            ended = true;
            spool.flip();
            gate.writer().close();
            wakeup.after(Duration.ofMillis(5));
        }

        @Override
        public boolean hasUnflushed() {
            return ended && spool.hasRemaining();
        }

        @Override
        public void flush() {
            if (!due) {
                due = true; // not in the turn that ended it
                return;
            }
            if (hasUnflushed() && super.write(spool) > 0 && !spool.hasRemaining()) {
                super.shutdownOutput();
            }
        }

        @Override
        public void close() {
            gate.writer().close();
            gate.reader().close();
            super.close();
        }
    }

    @Test
    void aSinkMayCloseItsDescriptorWhileItHoldsBytes() {
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        Side inner = side(right);
        Endpoint spooling = new Spooling(inner.endpoint(), inner.wakeups().wakeup());
        Running relay =
                run(side(left), Side.plain(spooling, inner.wakeups()), Duration.ofSeconds(20));
        left.send("kept to the end").shutdown();
        assertThat(right.receiveAll()).isEqualTo("kept to the end");
        right.here().close();
        assertThat(relay.join()).isZero();
        assertThat(log.lines()).noneMatch(line -> line.startsWith("E"));
    }

    @Test
    void whatAStageHoldsBackIsWaitedFor() {
        Peer left = Peer.stream();
        Pipe pipe = Pipe.open(Linux.O_NONBLOCK);
        Side right = Side.plain(Endpoints.pair(pipe));
        Running relay =
                run(
                        side(left),
                        stage(right, "THROTTLE", "rate=20", "only=left"),
                        Duration.ofMillis(5));
        left.send("abcdef").shutdown();
        assertThat(left.receiveAll()).isEqualTo("abcdef");
        assertThat(relay.join()).isZero();
    }

    @Test
    void aTrailerGoesOutWhenSilenceEndsTheRelay() {
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        Running relay = run(stage(side(left), "BASE64"), side(right), Duration.ofMillis(50));
        right.send("x");
        assertThat(relay.isOver()).isFalse();
        left.shutdown();
        assertThat(left.receiveAll()).isEqualTo("eA==");
        assertThat(relay.join()).isZero();
    }

    @Test
    void wakeUpsComeFromAnyThread() {
        Queue<String> texts = new ConcurrentLinkedQueue<>();
        Wakeups wakeups = new Wakeups();
        Wakeup wakeup = wakeups.wakeup();
        Peer right = Peer.stream();
        Running relay =
                run(Side.plain(new Texts(texts), wakeups), side(right), Duration.ofSeconds(20));
        for (int i = 0; i < 100; i++) {
            texts.add("text" + i % 10);
            wakeup.now();
            assertThat(right.receive(5)).isEqualTo("text" + i % 10);
        }
        texts.add("");
        wakeup.now();
        assertThat(right.receiveAll()).isEmpty();
        right.here().close();
        assertThat(relay.join()).isZero();
    }

    /** Reads texts that others leave there; an empty one is the end. */
    private record Texts(Queue<String> texts) implements Endpoint {
        @Override
        public int read(ByteBuffer target) {
            String text = texts.poll();
            if (text == null) {
                return 0;
            }
            target.put(text.getBytes(ISO_8859_1));
            return text.isEmpty() ? END : text.length();
        }

        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            source.position(source.limit());
            return count;
        }

        @Override
        public void shutdownOutput() {}

        @Override
        public void close() {}

        @Override
        public int readDescriptor() {
            return NONE;
        }

        @Override
        public int writeDescriptor() {
            return NONE;
        }
    }

    @Test
    void whatMustWriteInOrderToReadIsTriedWhenItsOutputIsReady() {
        Peer source = Peer.source();
        Pipe answers = Pipe.open(Linux.O_NONBLOCK);
        byte[] zeros = new byte[4096];
        int filled = 0;
        for (long count = 1; count > 0; filled += (int) Math.max(0, count)) {
            count = Libc.write(answers.writer().number(), zeros, 0, zeros.length);
        }
        Endpoint both =
                new ForwardingEndpoint(
                        Endpoints.file(source.there(), Direction.READ),
                        Endpoints.file(answers.writer(), Direction.WRITE)) {
                    private boolean asked;

                    @Override
                    public int read(ByteBuffer target) {
                        if (!asked) {
                            asked = writing().write(ByteBuffer.allocateDirect(1)) == 1;
                        }
                        return asked ? super.read(target) : 0;
                    }

                    @Override
                    public int rawInput() {
                        return NONE;
                    }

                    @Override
                    public int rawOutput() {
                        return NONE;
                    }
                };
        Peer right = Peer.stream();
        Running relay =
                new Running(
                        Side.plain(both),
                        side(right),
                        settings(Direction.READ, Duration.ZERO),
                        log);
        source.send("there").close();
        answers.reader().setNonBlocking(false);
        byte[] drained = new byte[filled];
        for (int done = 0; done < filled; ) {
            done += (int) Libc.read(answers.reader().number(), drained, done, filled - done);
        }
        assertThat(right.receiveAll()).isEqualTo("there");
        assertThat(relay.join()).isZero();
        answers.reader().close();
    }

    private Side broken(Peer peer, UnaryOperator<Endpoint> defect) {
        return Side.plain(defect.apply(Endpoints.socket(peer.there())))
                .from(new Origin("BROKEN:x", "org.example.broken", this, Optional.empty()));
    }

    private void failsWith(UnaryOperator<Endpoint> defect, String line) {
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        Side broken = broken(left, defect);
        left.send("x");
        Running relay = run(broken, side(right), Duration.ofSeconds(20));
        assertThat(relay.join()).isOne();
        assertThat(right.receiveAll()).isEmpty();
        assertThat(log.lines())
                .contains("E address \"BROKEN:x\": plugin org.example.broken: " + line);
    }

    @Test
    void anErrorInReadingEndsItsRelayOnly() {
        failsWith(
                inner ->
                        new Wrapped(inner) {
                            @Override
                            public int read(ByteBuffer target) {
                                throw new NoClassDefFoundError("org/example/Missing");
                            }
                        },
                "failed: java.lang.NoClassDefFoundError: org/example/Missing");
    }

    @Test
    void aCountBelowTheEndIsADefect() {
        failsWith(
                inner ->
                        new Wrapped(inner) {
                            @Override
                            public int read(ByteBuffer target) {
                                return -7;
                            }
                        },
                "read() returned -7");
    }

    @Test
    void aCountThatIsNotThatOfTheBufferIsADefect() {
        failsWith(
                inner ->
                        new Wrapped(inner) {
                            @Override
                            public int read(ByteBuffer target) {
                                return 3;
                            }
                        },
                "read() returned 3 but filled 0");
    }

    @Test
    void aNullIsADefect() {
        Peer left = Peer.stream();
        Side broken =
                broken(
                        left,
                        inner ->
                                new Wrapped(inner) {
                                    @Override
                                    public Optional<Program> program() {
                                        return null;
                                    }
                                });
        Running relay = run(broken, side(Peer.stream()), Duration.ZERO);
        assertThat(relay.join()).isOne();
        assertThat(log.lines())
                .contains(
                        "E address \"BROKEN:x\": plugin org.example.broken: program() returned"
                                + " null");
    }

    @Test
    void anErrorInClosingKeepsNothingFromBeingClosed() {
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        Side broken =
                broken(
                        left,
                        inner ->
                                new Wrapped(inner) {
                                    @Override
                                    public void close() {
                                        super.close();
                                        throw new StackOverflowError();
                                    }
                                });
        Running relay = run(broken, side(right), Duration.ofSeconds(20));
        left.send("x").shutdown();
        assertThat(right.receiveAll()).isEqualTo("x");
        right.shutdown();
        assertThat(relay.join()).isOne();
        assertThat(log.lines())
                .contains(
                        "E address \"BROKEN:x\": plugin org.example.broken: failed:"
                                + " java.lang.StackOverflowError");
    }

    private static class Wrapped extends ForwardingEndpoint {
        Wrapped(Endpoint inner) {
            super(inner);
        }

        @Override
        public int rawInput() {
            return NONE;
        }

        @Override
        public int rawOutput() {
            return NONE;
        }
    }
}
