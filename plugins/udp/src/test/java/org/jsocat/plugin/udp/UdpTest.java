package org.jsocat.plugin.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.plugin.inet.Ip4Options;
import org.jsocat.plugin.inet.Ip6Options;
import org.jsocat.plugin.inet.RangeOptions;
import org.jsocat.plugin.socket.ListenOptions;
import org.jsocat.plugin.socket.SessionListener;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.SocketEnds;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Readiness;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

@Timeout(300)
class UdpTest {
    private static final List<OptionGroup> GROUPS =
            List.of(
                    new FdOptions(),
                    new SocketOptions(),
                    new ListenOptions(),
                    new RangeOptions(),
                    new Ip4Options(),
                    new Ip6Options(),
                    new UdpOptions());

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static Opening opening(String keyword, String... parameters) {
        return Opening.of(new UdpAddresses(), keyword, GROUPS, parameters);
    }

    /** Reads the next packet, waiting for it. */
    private static String read(Endpoint endpoint) {
        return read(endpoint, 64);
    }

    private static String read(Endpoint endpoint, int room) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(room);
        int count;
        while ((count = endpoint.read(buffer)) == 0) {
            assertThat(Readiness.await(endpoint.readDescriptor(), Linux.POLLIN, 100_000_000_000L))
                    .isPositive();
        }
        if (count < 0) {
            return "END";
        }
        byte[] bytes = new byte[count];
        buffer.flip().get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void write(Endpoint endpoint, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        assertThat(endpoint.write(buffer)).isEqualTo(bytes.length);
    }

    private static String receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[64], 64);
        socket.setSoTimeout(100_000);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    private static void send(DatagramSocket socket, int port, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress(LOOPBACK, port)));
    }

    private static int port(Endpoint endpoint) {
        SocketAddress local = SocketAddress.local(endpoint.readDescriptor());
        return ((SocketAddress.Inet4) local).port();
    }

    /** The port that the log tells. */
    private static int port(Opening opening, String what) {
        Pattern line = Pattern.compile(".*" + what + ".*:(\\d+)$");
        return opening.lines().stream()
                .map(line::matcher)
                .filter(Matcher::matches)
                .map(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private static DatagramSocket peer() throws IOException {
        return new DatagramSocket(0, LOOPBACK);
    }

    @Test
    void sendToHearsItsPeerOnly() throws IOException {
        try (DatagramSocket peer = peer();
                DatagramSocket stranger = peer();
                Endpoint endpoint =
                        opening("UDP4-SENDTO", "127.0.0.1", Integer.toString(peer.getLocalPort()))
                                .open()) {
            assertThat(endpoint.keepsPackets()).isTrue();
            write(endpoint, "hello");
            assertThat(receive(peer)).isEqualTo("hello");
            send(stranger, port(endpoint), "strange");
            send(peer, port(endpoint), "answer");
            assertThat(read(endpoint)).isEqualTo("answer");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UDP4-SENDTO", "UDP4-DATAGRAM", "UDP4-CONNECT"})
    void knowsBothEnds(String keyword) throws IOException {
        try (DatagramSocket peer = peer();
                Endpoint endpoint =
                        opening(keyword, "127.0.0.1", Integer.toString(peer.getLocalPort()))
                                .with("bind", "127.0.0.1")
                                .open()) {
            SocketEnds ends = endpoint.known(SocketEnds.class).orElseThrow();
            assertThat(ends.local().orElseThrow().toInetSocketAddress())
                    .contains(new InetSocketAddress(LOOPBACK, port(endpoint)));
            assertThat(ends.peer().orElseThrow().toInetSocketAddress())
                    .contains((InetSocketAddress) peer.getLocalSocketAddress());
            assertThat(ends.hasPorts()).isTrue();
        }
    }

    @Test
    void whatOnlyHearsKnowsWhereItIsBound() throws IOException {
        Opening opening = opening("UDP4-RECV", "0").toward(Direction.READ);
        try (Endpoint endpoint = opening.open()) {
            SocketEnds ends = endpoint.known(SocketEnds.class).orElseThrow();
            assertThat(ends.peer()).isEmpty();
            assertThat(((SocketAddress.Inet4) ends.local().orElseThrow()).port())
                    .isEqualTo(port(endpoint));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bind=127.0.0.1", "bind=127.0.0.1:0"})
    void datagramHearsEveryoneInRange(String bind) throws IOException {
        Opening opening = opening("UDP4-DATAGRAM", "127.0.0.1", "9");
        opening.with("bind", bind.substring(5)).with("range", "127.0.0.2/32");
        try (Endpoint endpoint = opening.open();
                DatagramSocket refused = peer();
                DatagramSocket taken = new DatagramSocket(0, InetAddress.getByName("127.0.0.2"))) {
            send(refused, port(endpoint), "refused");
            send(taken, port(endpoint), "taken");
            assertThat(read(endpoint)).isEqualTo("taken");
            assertThat(opening.lines())
                    .contains(
                            "W refusing connection from AF=2 127.0.0.1:"
                                    + refused.getLocalPort()
                                    + " due to range option");
        }
    }

    @Test
    void emptyPacketsAreSkippedAndLongOnesCut() throws IOException {
        Opening opening = opening("UDP4-RECV", "0").toward(Direction.READ);
        try (Endpoint endpoint = opening.open();
                DatagramSocket peer = peer()) {
            send(peer, port(endpoint), "");
            send(peer, port(endpoint), "truncated");
            send(peer, port(endpoint), "next");
            assertThat(read(endpoint, 5)).isEqualTo("trunc");
            assertThat(read(endpoint, 5)).isEqualTo("next");
        }
    }

    @Test
    void anEmptyPacketIsTheEndWithNullEof() throws IOException {
        Opening opening = opening("UDP4-RECV", "0").toward(Direction.READ).with("null-eof");
        try (Endpoint endpoint = opening.open();
                DatagramSocket peer = peer()) {
            send(peer, port(endpoint), "");
            assertThat(read(endpoint)).isEqualTo("END");
        }
    }

    @Test
    void receiveFromAnswersOnePacket() throws IOException {
        Opening opening = opening("UDP4-RECVFROM", "0").with("ip-recvttl").with("ip-pktinfo");
        try (Listener listener = opening.listen();
                DatagramSocket peer = peer()) {
            send(peer, port(opening, "bound to"), "question");
            try (Endpoint endpoint = opening.accept(listener).orElseThrow()) {
                write(endpoint, "answer");
                assertThat(receive(peer)).isEqualTo("answer");
                assertThat(read(endpoint)).isEqualTo("question");
                assertThat(read(endpoint)).isEqualTo("END");
                assertThat(opening.environment())
                        .containsEntry("SOCAT_PEERADDR", "127.0.0.1")
                        .containsEntry("SOCAT_PEERPORT", Integer.toString(peer.getLocalPort()))
                        .containsEntry("SOCAT_IP_TTL", "64")
                        .containsEntry("SOCAT_IP_DSTADDR", "127.0.0.1")
                        .containsEntry("SOCAT_IP_IF", "lo");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UDP4-SENDTO", "UDP4-DATAGRAM"})
    void whatConnectsToNobodyTakesConnectTimeoutToo(String keyword) {
        Opening opening = opening(keyword, "127.0.0.1", "9").with("connect-timeout", "1");
        opening.open().close();
        assertThat(opening.unused()).isEmpty();
    }

    @Test
    void aListenerOfUdpLiteTellsPortsToo() {
        Opening opening = opening("UDPLITE4-LISTEN", "0").with("bind", "127.0.0.1");
        try (Listener listener = opening.listen()) {
            SessionListener sessions = (SessionListener) listener;
            String port = Integer.toString(((SocketAddress.Inet4) sessions.local()).port());
            try (Endpoint peer = opening("UDPLITE4-CONNECT", "127.0.0.1", port).open()) {
                write(peer, "hello");
                try (Endpoint endpoint = opening.accept(listener).orElseThrow()) {
                    assertThat(read(endpoint)).isEqualTo("hello");
                    assertThat(opening.environment())
                            .containsEntry("SOCAT_SOCKPORT", port)
                            .containsKey("SOCAT_PEERPORT");
                }
            }
        }
    }

    @Test
    void listenConnectsToItsFirstPeer() throws IOException {
        Opening opening = opening("UDP4-LISTEN", "0").with("bind", "127.0.0.1");
        try (Listener listener = opening.listen();
                DatagramSocket peer = peer();
                DatagramSocket stranger = peer()) {
            int port = ((SocketAddress.Inet4) ((SessionListener) listener).local()).port();
            send(peer, port, "first");
            send(stranger, port, "strange");
            send(peer, port, "second");
            try (Endpoint endpoint = opening.accept(listener).orElseThrow()) {
                assertThat(read(endpoint)).isEqualTo("first");
                assertThat(read(endpoint)).isEqualTo("second");
                write(endpoint, "answer");
                assertThat(receive(peer)).isEqualTo("answer");
                assertThat(opening.environment())
                        .containsEntry("SOCAT_SOCKADDR", "127.0.0.1")
                        .containsEntry("SOCAT_SOCKPORT", Integer.toString(port));
                endpoint.shutdownOutput();
                assertThat(receive(peer)).as("an empty packet tells the end").isEmpty();
                send(peer, port, "");
                assertThat(read(endpoint)).isEqualTo("END");
            }
        }
    }

    @Test
    void aPortThatIsTakenIsTold() throws IOException {
        try (DatagramSocket taken = peer()) {
            Opening opening =
                    opening("UDP4-LISTEN", Integer.toString(taken.getLocalPort()))
                            .with("bind", "127.0.0.1");
            assertThatThrownBy(opening::listen)
                    .hasMessageMatching(
                            "bind\\(\\d+, \\{AF=2 127.0.0.1:"
                                    + taken.getLocalPort()
                                    + "}, 16\\): Address already in use");
        }
    }
}
