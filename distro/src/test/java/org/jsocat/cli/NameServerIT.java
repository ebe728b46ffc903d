package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.cli.RunningSocat.Conversation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Relays whose names are looked up do not wait for each other's name server. */
@Timeout(300)
@ExtendWith(ShowsPrograms.class)
final class NameServerIT {
    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final int RELAYS = 6;

    /**
     * Answers questions for an address, with 127.0.0.1, 2 s after they came and not before all
     * relays have asked: who waits for another's answer never gets one.
     */
    private static final class SlowServer implements AutoCloseable {
        private static final int HEADER = 12;
        private static final byte[] ANSWERED = {(byte) 0x81, (byte) 0x80, 0, 1, 0, 1, 0, 0, 0, 0};

        /** The name of the question, A, IN, 60 s, four bytes (RFC 1035, 3.2.1). */
        private static final byte[] LOOPBACK = {
            (byte) 0xc0, HEADER, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1
        };

        private final DatagramSocket socket;
        private final ScheduledExecutorService later = Executors.newScheduledThreadPool(1);
        private final Set<SocketAddress> asking = new HashSet<>();
        private final List<DatagramPacket> questions = new ArrayList<>();

        SlowServer() throws IOException {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            Thread.ofPlatform().daemon().start(this::serve);
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve() {
            try {
                while (true) {
                    DatagramPacket query = new DatagramPacket(new byte[512], 512);
                    socket.receive(query);
                    questions.add(query);
                    asking.add(query.getSocketAddress());
                    if (asking.size() >= RELAYS) {
                        List<DatagramPacket> all = List.copyOf(questions);
                        questions.clear();
                        later.schedule(
                                () -> all.forEach(this::send),
                                SLOW.toMillis(),
                                TimeUnit.MILLISECONDS);
                    }
                }
            } catch (IOException closed) {
                later.shutdownNow();
            }
        }

        private static byte[] answer(byte[] query) {
            int end = HEADER;
            while (query[end] != 0) {
                end += query[end] + 1;
            }
            end += 5;
            byte[] answer = Arrays.copyOf(query, end + LOOPBACK.length);
            System.arraycopy(ANSWERED, 0, answer, 2, ANSWERED.length);
            System.arraycopy(LOOPBACK, 0, answer, end, LOOPBACK.length);
            return answer;
        }

        private void send(DatagramPacket query) {
            byte[] answer = answer(Arrays.copyOf(query.getData(), query.getLength()));
            try {
                socket.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
            } catch (IOException closed) {
                later.shutdownNow();
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @Test
    void forkedRelaysLookTheirNamesUpAtTheSameTime() throws Exception {
        List<Conversation> peers = new ArrayList<>();
        try (SlowServer names = new SlowServer();
                RunningSocat echo =
                        RunningSocat.start("TCP4-LISTEN:0,bind=127.0.0.1,fork", "PIPE");
                RunningSocat socat =
                        RunningSocat.start(
                                "TCP4-LISTEN:0,bind=127.0.0.1,fork",
                                "TCP4:slow.test:"
                                        + echo.port()
                                        + ",res-nsaddr=127.0.0.1:"
                                        + names.port())) {
            int port = socat.port();
            long begin = System.nanoTime();
            for (int i = 0; i < RELAYS; i++) {
                peers.add(RunningSocat.connect(port));
                peers.get(i).say("relay " + i + "\n");
            }
            for (int i = 0; i < RELAYS; i++) {
                assertThat(peers.get(i).hear("\n")).isEqualTo("relay " + i + "\n");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(SLOW);
        } finally {
            for (Conversation peer : peers) {
                peer.close();
            }
        }
    }
}
