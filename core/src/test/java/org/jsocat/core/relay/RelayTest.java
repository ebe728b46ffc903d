package org.jsocat.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.core.open.OpeningFixture;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Pipe;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Pty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

@Timeout(300)
class RelayTest {
    private static final RelaySettings PLAIN = RelaySettings.DEFAULT;

    private final RecordingLog log = new RecordingLog(Level.DEBUG);

    private static RelaySettings closingAfter(Duration time) {
        return with(Direction.BOTH, time, null, false);
    }

    private static RelaySettings with(
            Direction direction, Duration close, Duration inactivity, boolean sloppy) {
        return new RelaySettings(
                direction, 0, close, Optional.ofNullable(inactivity), Optional.empty(), sloppy);
    }

    private Running relay(Peer left, Peer right, RelaySettings settings) {
        return relay(Endpoints.socket(left.there()), Endpoints.socket(right.there()), settings);
    }

    private Running relay(Endpoint left, Endpoint right, RelaySettings settings) {
        return Running.between(left, right, settings, log);
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }

    @Test
    void bytesPassBothWaysAndEachEndIsPassedOn() {
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        Running relay = relay(left, right, closingAfter(Duration.ofSeconds(20)));
        left.send("hello");
        assertThat(right.receive(5)).isEqualTo("hello");
        left.shutdown();
        assertThat(right.receiveAll()).isEmpty();
        right.send("after").send(" the end").shutdown();
        assertThat(left.receiveAll()).isEqualTo("after the end");
        assertThat(relay.join()).isZero();
        assertThat(relay.relay().leftToRight()).isEqualTo(new Transferred(1, 5));
        assertThat(relay.relay().rightToLeft().bytes()).isEqualTo(13);
        assertThat(log.lines())
                .anyMatch(line -> line.startsWith("N starting data transfer loop with FDs ["))
                .anyMatch(line -> line.matches("I transferred 5 bytes from \\d+ to \\d+"))
                .anyMatch(line -> line.matches("N socket 1 \\(fd \\d+\\) is at EOF"))
                .anyMatch(line -> line.matches("N socket 2 \\(fd \\d+\\) is at EOF"));
    }

    @Test
    void nothingIsReadForWhatCannotBeWritten() {
        Peer left = Peer.stream();
        Pipe full = Pipe.open(Linux.O_NONBLOCK);
        byte[] zeros = new byte[1 << 16];
        while (Libc.write(full.writer().number(), zeros, 0, zeros.length) > 0) {
            // until it takes nothing more
        }
        Endpoint source = Endpoints.socket(left.there());
        int input = source.rawInput();
        int duplicate = Libc.fcntl(input, Linux.F_DUPFD_CLOEXEC, 3);
        left.send("kept");
        Running relay =
                relay(
                        source,
                        new Shaped(Endpoints.file(full.writer(), Direction.WRITE)),
                        with(Direction.READ, Duration.ZERO, Duration.ofMillis(100), false));
        assertThat(relay.join()).isZero();
        try (Fd unread = new Fd(duplicate)) {
            byte[] bytes = new byte[8];
            assertThat(Libc.read(unread.number(), bytes, 0, bytes.length)).isEqualTo(4);
        }
        full.reader().close();
    }

    /** An endpoint whose bytes are not those of its descriptor. */
    private record Shaped(Endpoint inner) implements Endpoint {
        @Override
        public int read(ByteBuffer target) {
            return inner.read(target);
        }

        @Override
        public int write(ByteBuffer source) {
            return inner.write(source);
        }

        @Override
        public void shutdownOutput() {
            inner.shutdownOutput();
        }

        @Override
        public void close() {
            inner.close();
        }

        @Override
        public Direction direction() {
            return inner.direction();
        }

        @Override
        public int readDescriptor() {
            return inner.readDescriptor();
        }

        @Override
        public int writeDescriptor() {
            return inner.writeDescriptor();
        }
    }

    @Test
    void silenceAfterTheFirstEndEndsTheRelay() {
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        Running relay = relay(left, right, closingAfter(Duration.ofMillis(300)));
        long start = System.nanoTime();
        left.shutdown();
        assertThat(relay.join()).isZero();
        assertThat(millis(start)).isGreaterThanOrEqualTo(290);
        assertThat(log.lines())
                .contains("I poll timed out (no data within 0.300000 seconds)")
                .noneMatch(line -> line.contains("socket 2"));
    }

    @Test
    void activityRestartsTheCloseTimeout() throws Exception {
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        // Much more than a pause, which a busy machine makes longer.
        Running relay = relay(left, right, closingAfter(Duration.ofSeconds(3)));
        left.shutdown();
        long start = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            Thread.sleep(400); // the passing of time is what is tested
            right.send("x");
            assertThat(left.receive(1)).isEqualTo("x");
        }
        relay.join();
        assertThat(millis(start)).isGreaterThanOrEqualTo(4590);
    }

    @Test
    void closeTimeoutIsNotKeptWaitingByALongerInactivityTimeout() {
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        Running relay =
                relay(
                        left,
                        right,
                        with(Direction.BOTH, Duration.ofMillis(100), Duration.ofHours(1), false));
        left.send("x");
        right.receive(1);
        left.shutdown();
        assertThat(relay.join()).isZero();
    }

    @Test
    void noTimeToClose() {
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        right.send("there before the end");
        left.shutdown();
        Running relay = relay(left, right, closingAfter(Duration.ZERO));
        assertThat(left.receiveAll()).isEqualTo("there before the end");
        assertThat(relay.join()).isZero();
    }

    @Test
    void timesOfAnyLengthAreTaken() {
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
        Running relay = relay(left, right, with(Direction.BOTH, endless, endless, false));
        left.shutdown();
        right.shutdown();
        assertThat(relay.join()).isZero();
    }

    @Test
    void inactivityEndsTheRelay() throws Exception {
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        long start = System.nanoTime();
        Running relay =
                relay(
                        left,
                        right,
                        with(Direction.BOTH, Duration.ofHours(1), Duration.ofSeconds(3), false));
        Thread.sleep(400); // the passing of time is what is tested
        left.send("x");
        right.receive(1);
        Thread.sleep(400);
        right.send("y");
        left.receive(1);
        assertThat(relay.join()).isZero();
        assertThat(millis(start)).isGreaterThanOrEqualTo(3790);
        assertThat(log.lines()).contains("N inactivity timeout triggered");
    }

    @Test
    void oneWayEndsWithItsSource() {
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        right.send("never read");
        left.send("one way").shutdown();
        Running relay = relay(left, right, with(Direction.READ, Duration.ofHours(1), null, false));
        assertThat(right.receive(7)).isEqualTo("one way");
        assertThat(relay.join()).isZero();
        assertThat(relay.relay().rightToLeft().bytes()).isZero();
    }

    @Test
    void theOtherWay() {
        Peer left = Peer.stream();
        Peer right = Peer.stream();
        right.send("other way").shutdown();
        Running relay = relay(left, right, with(Direction.WRITE, Duration.ofHours(1), null, false));
        assertThat(left.receiveAll()).isEqualTo("other way");
        assertThat(relay.join()).isZero();
    }

    @Test
    void anAddressThatCannotBeReadHasNoEnd() {
        Peer left = Peer.sink();
        Peer right = Peer.stream();
        Running relay =
                relay(
                        Endpoints.file(left.there(), Direction.WRITE),
                        Endpoints.socket(right.there()),
                        closingAfter(Duration.ofHours(1)));
        right.send("text").shutdown();
        assertThat(left.receiveAll()).isEqualTo("text");
        assertThat(relay.join()).isZero();
    }

    @Test
    void regularFilesFromBeginningToEnd(@TempDir Path folder) throws IOException {
        Path from = folder.resolve("from");
        Path to = folder.resolve("to");
        byte[] content = new byte[3_000_001];
        new java.util.Random(7).nextBytes(content);
        Files.write(from, content);
        Fd source = Fd.open(from.toString(), Linux.O_RDONLY, 0);
        Fd sink = Fd.open(to.toString(), Linux.O_WRONLY | Linux.O_CREAT, 0600);
        Running relay =
                relay(
                        Endpoints.file(source, Direction.READ),
                        Endpoints.file(sink, Direction.WRITE),
                        closingAfter(Duration.ofHours(1)));
        assertThat(relay.join()).isZero();
        assertThat(to).hasBinaryContent(content);
    }

    @Test
    void aFileThatIsAppendedToIsWrittenAlthoughItCannotBeSpliced(@TempDir Path folder)
            throws IOException {
        Path to = folder.resolve("to");
        Files.writeString(to, "before");
        Fd sink = Fd.open(to.toString(), Linux.O_WRONLY, 0);
        Endpoint end = Endpoints.file(sink, Direction.WRITE);
        // From now on the kernel refuses to splice, which the endpoint does not know.
        PosixException.check(
                Libc.fcntl(sink.number(), Linux.F_SETFL, Linux.O_APPEND), "fcntl(F_SETFL)");
        assertThat(end.rawOutput()).isNotEqualTo(Endpoint.NONE);
        Peer left = Peer.stream();
        byte[] content = new byte[8 << 20];
        new java.util.Random(8).nextBytes(content);
        Running relay =
                relay(
                        Endpoints.socket(left.there()),
                        end,
                        with(Direction.READ, Duration.ofHours(1), null, false));
        left.send(content).shutdown();
        assertThat(relay.join()).isZero();
        byte[] written = Files.readAllBytes(to);
        assertThat(java.util.Arrays.copyOfRange(written, 6, written.length)).isEqualTo(content);
    }

    @Test
    void sameDescriptorsOnBothSides() {
        Pipe in = Pipe.open(0);
        Pipe out = Pipe.open(0);
        Fd input = in.reader();
        Fd output = out.writer();
        Running relay =
                relay(
                        Endpoints.kept(input, output),
                        Endpoints.kept(input, output),
                        closingAfter(Duration.ofHours(1)));
        Peer test = new Peer(in.writer(), input);
        test.send("to itself");
        assertThat(new Peer(out.reader(), output).receive(9)).isEqualTo("to itself");
        in.writer().close();
        assertThat(relay.join()).isZero();
        input.close();
        output.close();
        out.reader().close();
    }

    @Test
    void anInheritedPipeTakesMoreThanAPage() {
        Peer left = Peer.stream();
        Pipe out = Pipe.open(0);
        assertThat(out.writer().isNonBlocking()).isFalse();
        Running relay =
                relay(
                        Endpoints.socket(left.there()),
                        Endpoints.kept(out.writer(), out.writer()),
                        with(Direction.READ, Duration.ofHours(1), null, false));
        // Less than the pipe holds: nobody reads, so no event tells that there is room.
        String text = "0123456789abcdef".repeat(2000);
        left.send(text).shutdown();
        assertThat(relay.join()).isZero();
        assertThat(out.writer().isNonBlocking()).isFalse();
        assertThat(new Peer(out.reader(), out.writer()).receive(text.length())).isEqualTo(text);
        out.close();
    }

    @Test
    void terminals() {
        try (Pty pty = Pty.open(0)) {
            Fd slave = pty.openSlave(Linux.O_NONBLOCK);
            Peer right = Peer.stream();
            Running relay =
                    relay(
                            Endpoints.file(slave, Direction.BOTH),
                            Endpoints.socket(right.there()),
                            closingAfter(Duration.ofHours(1)));
            Peer terminal = new Peer(pty.master(), slave);
            terminal.send("one\ntwo\nthree\n");
            assertThat(right.receive(14)).isEqualTo("one\ntwo\nthree\n");
            terminal.send("\u0004");
            assertThat(right.receiveAll()).isEmpty();
            right.send("bye").shutdown();
            assertThat(relay.join()).isZero();
        }
    }

    @Test
    void readErrorEndsTheRelay() {
        Peer left = Peer.tcp();
        Peer right = Peer.stream();
        Running relay = relay(left, right, PLAIN);
        left.send("x");
        right.receive(1);
        left.reset();
        assertThat(relay.join()).isOne();
        assertThat(log.lines())
                .anyMatch(
                        line ->
                                line.matches(
                                        "E read\\(\\d+, 0x[0-9a-f]+, \\d+\\): Connection reset by"
                                                + " peer"));
    }

    @Test
    void sloppyRelaysGoOnAfterAReadError() {
        Peer left = Peer.tcp();
        Peer right = Peer.stream();
        Running relay =
                relay(left, right, with(Direction.BOTH, Duration.ofMillis(200), null, true));
        left.send("x");
        right.receive(1);
        left.reset();
        assertThat(right.receiveAll()).isEmpty();
        assertThat(relay.join()).isZero();
        assertThat(log.lines())
                .contains("N socket 1 to socket 2 is in error")
                .anyMatch(line -> line.startsWith("E read("))
                .anyMatch(line -> line.matches("N socket 1 \\(fd \\d+\\) is at EOF"));
    }

    @Test
    void writeErrorEndsTheRelay() {
        Peer left = Peer.stream();
        Peer right = Peer.sink();
        right.here().close();
        Running relay =
                relay(
                        Endpoints.socket(left.there()),
                        Endpoints.file(right.there(), Direction.WRITE),
                        with(Direction.READ, Duration.ofHours(1), null, false));
        left.send("x");
        assertThat(relay.join()).isOne();
        assertThat(log.lines())
                .anyMatch(line -> line.matches("E write\\(\\d+, 0x[0-9a-f]+, 1\\): Broken pipe"));
    }

    @Test
    void coolWriteTakesABrokenPipeLightly() {
        Peer left = Peer.stream();
        Peer right = Peer.sink();
        right.here().close();
        Endpoint cool =
                DescriptorEndpoint.over(
                                OpeningFixture.context(Direction.WRITE, log, FdOptions.COOL_WRITE),
                                right.there())
                        .build();
        Running relay =
                relay(
                        Endpoints.socket(left.there()),
                        cool,
                        with(Direction.BOTH, Duration.ofMillis(100), null, false));
        left.send("x");
        assertThat(relay.join()).isZero();
        assertThat(log.lines())
                .contains("N socket 1 to socket 2 is in error")
                .anyMatch(line -> line.matches("N write\\(\\d+, 0x[0-9a-f]+, 1\\): Broken pipe"));
    }

    @Test
    void emptyPacketsAreNoEnd() {
        Peer left = Peer.datagrams();
        Peer right = Peer.datagrams();
        byte[] nothing = new byte[0];
        Libc.write(left.here().number(), nothing, 0, 0);
        left.send("after the empty one");
        Running relay =
                relay(Endpoints.packets(left.there()), Endpoints.packets(right.there()), PLAIN);
        assertThat(right.receive()).isEqualTo("after the empty one");
        left.send("one");
        left.send("two");
        assertThat(right.receive()).isEqualTo("one");
        assertThat(right.receive()).isEqualTo("two");
        assertThat(relay.isOver()).isFalse();
    }
}
