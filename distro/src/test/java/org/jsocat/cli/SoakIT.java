package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * One relay with {@code fork} under load for minutes: it leaks no descriptor and no thread, and its
 * memory stops growing. Run by {@code mvn verify -Psoak}.
 */
@Tag("soak")
final class SoakIT {
    private static final Path SOCAT = Path.of(System.getProperty("jsocat.image"), "bin", "socat");
    private static final int HELD = 5000;
    private static final int SHORT = 100_000;
    private static final int WARM_UP = 20_000;
    private static final int MESSAGE = 64;

    /** Two descriptors for each relayed connection on the relay's side, and on this one. */
    private static final int DESCRIPTORS_NEEDED = 2 * HELD + 500;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAGE_KIB = 4;

    private EchoServer server;
    private Process relay;
    private int port;

    @BeforeEach
    void startRelay() throws IOException {
        server = EchoServer.start();
        port = Ports.free();
        relay =
                new ProcessBuilder(
                                SOCAT.toString(),
                                "TCP4-LISTEN:"
                                        + port
                                        + ",bind=127.0.0.1,reuseaddr,backlog=4096,fork",
                                "TCP4:127.0.0.1:" + server.port())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .start();
        await("the relay listens", this::listens);
    }

    @AfterEach
    void endRelay() throws InterruptedException, IOException {
        relay.destroy();
        assertThat(relay.waitFor(60, TimeUnit.SECONDS)).isTrue();
        server.close();
    }

    @Test
    void manyConnectionsAreHeldAndEcho() throws IOException {
        long allowed = openFilesAllowed();
        assumeTrue(
                allowed >= DESCRIPTORS_NEEDED,
                () -> "needs " + DESCRIPTORS_NEEDED + " open files, " + allowed + " are allowed");
        inARow(WARM_UP / 10);
        awaitIdle();
        Figures before = figures();
        List<SocketChannel> connections = new ArrayList<>(HELD);
        for (int i = 0; i < HELD; i++) {
            connections.add(connect());
        }
        for (int round = 0; round < 3; round++) {
            echo(connections, new Random(round));
        }
        Figures held = figures();
        assertThat(held.descriptors()).isEqualTo(before.descriptors() + 2 * HELD);
        assertThat(held.threads()).as("threads").isLessThanOrEqualTo(before.threads() + 2);
        for (SocketChannel connection : connections) {
            connection.close();
        }
        awaitIdle();
        Figures after = figures();
        System.out.printf(
                "held: before %s, with %d connections %s, after %s%n", before, HELD, held, after);
        assertThat(after.descriptors()).as("descriptors").isEqualTo(before.descriptors());
        assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + 2);
        assertThat(held.memory() - before.memory())
                .as("KiB for all connections")
                .isLessThan(HELD * 8L);
    }

    @Test
    void manyShortConnectionsLeaveNothing() throws IOException {
        inARow(WARM_UP);
        awaitIdle();
        Figures before = figures();
        inARow(SHORT / 2);
        awaitIdle();
        Figures half = figures();
        inARow(SHORT / 2);
        awaitIdle();
        Figures after = figures();
        System.out.printf(
                "short: before %s, after %d %s, after %d %s%n",
                before, SHORT / 2, half, SHORT, after);
        assertThat(after.descriptors()).as("descriptors").isEqualTo(before.descriptors());
        assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + 2);
        assertThat(after.memory() - half.memory())
                .as("growth in KiB over the second half")
                .isLessThan(4096);
    }

    /** Connections one after another, each with one message there and back. */
    private void inARow(int count) throws IOException {
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
        ByteBuffer answer = ByteBuffer.allocateDirect(MESSAGE);
        for (int i = 0; i < count; i++) {
            try (SocketChannel connection = connect()) {
                message.clear().putInt(0, i);
                send(connection, message);
                receive(connection, answer);
                assertThat(answer.getInt(0)).isEqualTo(i);
            }
        }
    }

    /** A message through each of the connections, all on their way at the same time. */
    private static void echo(List<SocketChannel> connections, Random random) throws IOException {
        ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
        long first = random.nextLong();
        for (int i = 0; i < connections.size(); i++) {
            message.clear().putLong(0, first + i);
            send(connections.get(i), message);
        }
        for (int i = 0; i < connections.size(); i++) {
            receive(connections.get(i), message);
            assertThat(message.getLong(0)).isEqualTo(first + i);
        }
    }

    private static void send(SocketChannel connection, ByteBuffer message) throws IOException {
        while (message.hasRemaining()) {
            connection.write(message);
        }
    }

    private static void receive(SocketChannel connection, ByteBuffer message) throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            assertThat(connection.read(message)).as("bytes read").isPositive();
        }
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private boolean listens() {
        try (SocketChannel connection = connect()) {
            return connection.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /**
     * What the relay takes now.
     *
     * @param descriptors open files
     * @param threads of the kernel's
     * @param memory resident, KiB
     */
    private record Figures(long descriptors, long threads, long memory) {
        @Override
        public String toString() {
            return descriptors + " descriptors, " + threads + " threads, " + memory + " KiB";
        }
    }

    private Figures figures() throws IOException {
        String[] pages = Files.readString(ofRelay("statm")).split(" ");
        return new Figures(
                count(ofRelay("fd")), count(ofRelay("task")), Long.parseLong(pages[1]) * PAGE_KIB);
    }

    private Path ofRelay(String name) {
        return Path.of("/proc/" + relay.pid() + "/" + name);
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }

    /** Waits until the relay has no socket but the one that it listens on. */
    private void awaitIdle() {
        await("the sockets of connections are closed", () -> sockets() == 1);
    }

    private long sockets() {
        try (Stream<Path> descriptors = Files.list(ofRelay("fd"))) {
            return descriptors.filter(SoakIT::isSocket).count();
        } catch (IOException | UncheckedIOException ended) {
            return -1;
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closed) {
            return false;
        }
    }

    /** The limit for this process, which the relay inherits. */
    private static long openFilesAllowed() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
            if (line.startsWith("Max open files")) {
                return Long.parseLong(line.trim().split(" +")[3]);
            }
        }
        return Long.MAX_VALUE;
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(
                    TimeUnit.MILLISECONDS.toNanos(5)); // another process: there is no event
        }
    }
}
