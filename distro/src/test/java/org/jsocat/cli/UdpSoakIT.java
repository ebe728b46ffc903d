package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * {@code UDP-LISTEN,fork} under load: each of many peers gets its own replies, silent sessions end
 * and leave nothing, and no datagram is lost or changed. Run by {@code mvn verify -Psoak}.
 */
@Tag("soak")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class UdpSoakIT {
    private static final Path SOCAT = Path.of(System.getProperty("jsocat.image"), "bin", "socat");
    private static final int PEERS = 10_000;
    private static final int DATAGRAMS = 100_000;
    private static final int UNDER_WAY = 64;
    private static final int BYTES = 64;
    private static final int ROOM = 4 << 20;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    private static final int BURST = 2000;
    private static final int QUIET_MILLIS = 1500;
    private static final int FEWEST_PEERS = 1000;
    private static final int OTHER_FILES = 200;

    @Test
    void everyPeerHasItsOwnSessionUntilItIsSilent() throws Exception {
        // A session has two sockets; this side has one for each peer.
        int number = (int) Math.min(PEERS, (openFilesAllowed() - OTHER_FILES) / 2);
        assumeTrue(number >= FEWEST_PEERS, "too few open files are allowed");
        int port = Ports.free();
        DatagramChannel service = bound();
        Thread echo = Thread.ofPlatform().daemon().start(() -> echo(service));
        Process relay =
                start(
                        "UDP4-LISTEN:" + port + ",bind=127.0.0.1,fork,session-timeout=20",
                        "UDP4:127.0.0.1:" + portOf(service));
        List<DatagramChannel> peers = new ArrayList<>();
        try {
            awaitListening(port);
            long idle = descriptors(relay);
            long before = 0;
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < number; i++) {
                    DatagramChannel peer = connect(port);
                    peers.add(peer);
                    send(peer, i);
                    assertThat(receive(peer)).as("the reply to peer %d", i).isEqualTo(i);
                }
                assertThat(descriptors(relay)).isGreaterThanOrEqualTo(idle + number);
                await("the sessions end", () -> descriptors(relay) < idle + OTHER_FILES);
                for (DatagramChannel peer : peers) {
                    peer.close();
                }
                peers.clear();
                long memory = memory(relay);
                System.out.printf(
                        "round %d: %d peers, %d descriptors, %d KiB%n",
                        round, number, descriptors(relay), memory);
                if (round > 0) {
                    // What sessions leave to the collector, which has had no reason to run.
                    assertThat(memory - before).as("growth in KiB").isLessThan(4L * number);
                }
                before = memory;
            }
        } finally {
            for (DatagramChannel peer : peers) {
                peer.close();
            }
            end(relay);
            service.close();
            echo.join();
        }
    }

    /** Who finds no descriptor left is not served, and whoever is hears nobody else's replies. */
    @Test
    void fewDescriptorsServeWhomTheyCan() throws Exception {
        int port = Ports.free();
        String relayed = "UDP4-LISTEN:" + port + ",bind=127.0.0.1,fork,session-timeout=2";
        Process relay =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "ulimit -n 1024; exec \"$0\" \"$@\"",
                                SOCAT.toString(),
                                relayed,
                                "PIPE")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        int answered = 0;
        try {
            awaitListening(port);
            for (int first = 0; first < 2 * PEERS; first += BURST) {
                answered += burst(port, first);
            }
            System.out.printf("%d of %d peers were served%n", answered, 2 * PEERS);
            assertThat(answered).isPositive();
            await("the sessions end", () -> descriptors(relay) < OTHER_FILES);
            try (DatagramChannel peer = connect(port)) {
                send(peer, 1);
                assertThat(receive(peer)).isOne();
            }
        } finally {
            end(relay);
        }
    }

    /** Many peers at once, each with an address of its own: how many were answered. */
    private static int burst(int port, int first) throws IOException {
        List<DatagramChannel> peers = new ArrayList<>();
        int answered = 0;
        try (Selector selector = Selector.open()) {
            for (int i = first; i < first + BURST; i++) {
                DatagramChannel peer = DatagramChannel.open();
                peers.add(peer);
                byte[] own = {127, 1, (byte) (i / 250), (byte) (1 + i % 250)};
                peer.bind(new InetSocketAddress(InetAddress.getByAddress(own), 0));
                peer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                peer.configureBlocking(false);
                peer.register(selector, SelectionKey.OP_READ, i);
                send(peer, i);
            }
            ByteBuffer buffer = ByteBuffer.allocate(BYTES + 1);
            while (selector.select(QUIET_MILLIS) > 0) {
                for (SelectionKey key : selector.selectedKeys()) {
                    ((DatagramChannel) key.channel()).read(buffer.clear());
                    // An empty one tells the end of a session.
                    if (buffer.flip().hasRemaining()) {
                        assertThat(check(buffer)).isEqualTo(key.attachment());
                        answered++;
                    }
                }
                selector.selectedKeys().clear();
            }
        } finally {
            for (DatagramChannel peer : peers) {
                peer.close();
            }
        }
        return answered;
    }

    @Test
    void nothingIsLostOrChanged() throws Exception {
        int port = Ports.free();
        // A pipe keeps no boundaries: a service that answers each datagram does.
        DatagramChannel service = bound();
        Thread echo = Thread.ofPlatform().daemon().start(() -> echo(service));
        Process relay =
                start(
                        "UDP4-LISTEN:" + port + ",bind=127.0.0.1,fork,so-rcvbuf=" + ROOM,
                        "UDP4:127.0.0.1:" + portOf(service) + ",so-rcvbuf=" + ROOM);
        try (DatagramChannel peer = connect(port);
                Selector selector = Selector.open()) {
            awaitListening(port);
            peer.setOption(StandardSocketOptions.SO_RCVBUF, ROOM);
            peer.configureBlocking(false);
            peer.register(selector, SelectionKey.OP_READ);
            boolean[] seen = new boolean[DATAGRAMS];
            int sent = 0;
            int got = 0;
            ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES + 1);
            long start = System.nanoTime();
            while (got < DATAGRAMS) {
                while (sent < DATAGRAMS && sent - got < UNDER_WAY) {
                    send(peer, sent++);
                }
                assertThat(selector.select(100_000)).as("replies after %d", got).isPositive();
                selector.selectedKeys().clear();
                while (peer.read(buffer.clear()) > 0) {
                    int number = check(buffer.flip());
                    assertThat(seen[number]).as("reply %d came before", number).isFalse();
                    seen[number] = true;
                    got++;
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("%d datagrams, %.0f /s%n", DATAGRAMS, DATAGRAMS / seconds);
        } finally {
            end(relay);
            service.close();
            echo.join();
        }
    }

    /** Sends back what comes, until it is closed. */
    private static void echo(DatagramChannel service) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES + 1);
        try {
            while (true) {
                SocketAddress peer = service.receive(buffer.clear());
                service.send(buffer.flip(), peer);
            }
        } catch (ClosedChannelException closed) {
            // The test has ended.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(SOCAT.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void end(Process relay) throws InterruptedException {
        relay.destroy();
        assertThat(relay.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private static DatagramChannel connect(int port) throws IOException {
        DatagramChannel peer = DatagramChannel.open();
        peer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return peer;
    }

    /** A datagram that is all determined by its number. */
    private static void send(DatagramChannel peer, int number) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES);
        while (buffer.hasRemaining()) {
            buffer.putInt(number + 31 * buffer.position());
        }
        peer.write(buffer.flip());
    }

    private static int receive(DatagramChannel peer) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES + 1);
        peer.socket().setSoTimeout(60_000);
        java.net.DatagramPacket packet = new java.net.DatagramPacket(buffer.array(), BYTES + 1);
        peer.socket().receive(packet);
        return check(buffer.limit(packet.getLength()));
    }

    private static int check(ByteBuffer buffer) {
        assertThat(buffer.remaining()).isEqualTo(BYTES);
        int number = buffer.getInt(0);
        for (int i = 0; i < BYTES; i += Integer.BYTES) {
            assertThat(buffer.getInt(i)).isEqualTo(number + 31 * i);
        }
        return number;
    }

    private static DatagramChannel bound() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, ROOM);
        return channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static int portOf(DatagramChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    private static void awaitListening(int port) {
        String wanted = String.format(":%04X ", port);
        await(
                "port " + port + " is bound",
                () -> {
                    try {
                        return Files.readString(Path.of("/proc/net/udp")).contains(wanted);
                    } catch (IOException unreadable) {
                        return false;
                    }
                });
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static long descriptors(Process process) {
        try (Stream<Path> entries = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return entries.count();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** What is resident, KiB. */
    private static long memory(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static long openFilesAllowed() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .mapToLong(line -> Long.parseLong(line.trim().split(" {2,}")[2]))
                .findFirst()
                .orElseThrow();
    }
}
