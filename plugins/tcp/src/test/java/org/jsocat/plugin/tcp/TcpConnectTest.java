package org.jsocat.plugin.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsocat.plugin.tcp.TcpFixture.opening;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.SocketEnds;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

@Timeout(300)
class TcpConnectTest {
    private static ServerSocket server(String host) throws IOException {
        return new ServerSocket(0, 5, InetAddress.getByName(host));
    }

    /** Has its port, so that nobody gets it who does not share it, and does not listen. */
    private final Socket deaf = new Socket();

    @AfterEach
    void freePort() throws IOException {
        deaf.close();
    }

    private int refusedPort() throws IOException {
        if (!deaf.isBound()) {
            deaf.setReuseAddress(true);
            deaf.bind(new InetSocketAddress("127.0.0.1", 0));
        }
        return deaf.getLocalPort();
    }

    @Test
    void connectsAndLogsAsTheReferenceDoes() throws IOException {
        try (ServerSocket server = server("127.0.0.1")) {
            String port = Integer.toString(server.getLocalPort());
            Opening opening = opening("TCP", "127.0.0.1", port).with("nodelay");
            try (Endpoint endpoint = opening.open();
                    Socket peer = server.accept()) {
                ByteBuffer bytes = ByteBuffer.allocateDirect(5);
                bytes.put("hello".getBytes(StandardCharsets.US_ASCII)).flip();
                endpoint.write(bytes);
                endpoint.shutdownOutput();
                assertThat(peer.getInputStream().readAllBytes()).asString().isEqualTo("hello");
                int fd = endpoint.readDescriptor();
                assertThat(Libc.getsockopt(fd, Linux.SOL_TCP, Linux.TCP_NODELAY)).isEqualTo(1);
                assertThat(Libc.fcntl(fd, Linux.F_GETFL, 0) & Linux.O_NONBLOCK).isNotZero();
                assertThat(Libc.fcntl(fd, Linux.F_GETFD, 0)).isEqualTo(Linux.FD_CLOEXEC);
                assertThat(opening.lines().stream().filter(line -> line.startsWith("N")))
                        .containsExactly(
                                "N opening connection to 127.0.0.1:" + port,
                                "N opening connection to AF=2 127.0.0.1:" + port,
                                "N successfully connected from local address AF=2 127.0.0.1:"
                                        + peer.getPort(),
                                "N successfully connected to 127.0.0.1:" + port);
                assertThat(opening.unused()).isEmpty();
            }
        }
    }

    @Test
    void knowsBothEnds() throws IOException {
        try (ServerSocket server = server("127.0.0.1")) {
            String port = Integer.toString(server.getLocalPort());
            Endpoint endpoint = opening("TCP", "127.0.0.1", port).open();
            try (Socket peer = server.accept()) {
                SocketEnds ends = endpoint.known(SocketEnds.class).orElseThrow();
                assertThat(ends.local().orElseThrow().toInetSocketAddress())
                        .contains((InetSocketAddress) peer.getRemoteSocketAddress());
                assertThat(ends.peer().orElseThrow().toInetSocketAddress())
                        .contains((InetSocketAddress) server.getLocalSocketAddress());
                assertThat(ends.hasPorts()).isTrue();
                endpoint.close();
                assertThat(endpoint.known(SocketEnds.class)).contains(ends);
            }
        }
    }

    @Test
    void connectsOverIpv6() throws IOException {
        try (ServerSocket server = server("::1")) {
            String port = Integer.toString(server.getLocalPort());
            for (String keyword : List.of("TCP", "TCP6")) {
                try (Endpoint endpoint = opening(keyword, "[::1]", port).open();
                        Socket peer = server.accept()) {
                    assertThat(endpoint.readDescriptor()).isPositive();
                    assertThat(peer.getInetAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
                }
            }
        }
    }

    @Test
    void connectsOnAVirtualThread() throws Exception {
        try (ServerSocket server = server("127.0.0.1")) {
            List<Endpoint> opened = new ArrayList<>();
            Thread thread =
                    Thread.ofVirtual()
                            .start(
                                    () ->
                                            opened.add(
                                                    opening(
                                                                    "TCP4",
                                                                    "127.0.0.1",
                                                                    Integer.toString(
                                                                            server.getLocalPort()))
                                                            .open()));
            server.accept().close();
            thread.join();
            opened.getFirst().close();
        }
    }

    @Test
    void aRefusedConnectionIsToldAsTheReferenceDoes() throws IOException {
        int port = refusedPort();
        Opening opening = opening("TCP", "127.0.0.1", Integer.toString(port));
        assertThatThrownBy(opening::open)
                .isInstanceOfSatisfying(
                        AddressException.class,
                        failure ->
                                assertThat(failure.kind())
                                        .isEqualTo(AddressException.Kind.RETRYABLE))
                .hasMessage("TCP-CONNECT:127.0.0.1:" + port + ": Connection refused");
        assertThat(opening.lines().getLast())
                .matches(
                        "W connect\\(\\d+, AF=2 127.0.0.1:" + port + ", 16\\): Connection refused");
    }

    @Test
    void aFailureThatIsRetriedIsOnlyANotice() throws IOException {
        Opening opening = opening("TCP", "127.0.0.1", Integer.toString(refusedPort())).retried();
        assertThatThrownBy(opening::open).isInstanceOf(AddressException.class);
        assertThat(opening.lines().getLast()).startsWith("N connect(");
    }

    @Test
    void nothingIsLeftOpenAfterAFailure() throws IOException {
        String port = Integer.toString(refusedPort());
        assertThatThrownBy(() -> opening("TCP", "127.0.0.1", port).open())
                .isInstanceOf(AddressException.class);
        long before = descriptors();
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> opening("TCP", "127.0.0.1", port).open())
                    .isInstanceOf(AddressException.class);
            assertThatThrownBy(() -> opening("TCP", "127.0.0.1", port).with("tcp-md5sig").open())
                    .isInstanceOf(AddressException.class);
        }
        // What others have left to the garbage collector may be freed meanwhile.
        assertThat(descriptors()).isLessThanOrEqualTo(before);
    }

    private static long descriptors() {
        return new java.io.File("/proc/self/fd").list().length;
    }

    @Test
    void bindAndSourceportFixTheLocalAddress() throws IOException {
        int free = refusedPort();
        try (ServerSocket server = server("127.0.0.1")) {
            String port = Integer.toString(server.getLocalPort());
            try (Endpoint endpoint =
                            opening("TCP", "127.0.0.1", port).with("bind", "127.0.0.7").open();
                    Socket peer = server.accept()) {
                assertThat(peer.getInetAddress().getHostAddress()).isEqualTo("127.0.0.7");
                assertThat(endpoint.keepsPackets()).isFalse();
            }
            try (Endpoint endpoint =
                            opening("TCP", "127.0.0.1", port)
                                    .with("sourceport", Integer.toString(free))
                                    .with("reuseaddr")
                                    .open();
                    Socket peer = server.accept()) {
                assertThat(peer.getPort()).isEqualTo(free);
                assertThat(endpoint.writeDescriptor()).isPositive();
            }
            Opening both =
                    opening("TCP", "127.0.0.1", port).with("bind", "127.0.0.8:" + refusedPort());
            try (Endpoint endpoint = both.open();
                    Socket peer = server.accept()) {
                assertThat(peer.getInetAddress().getHostAddress()).isEqualTo("127.0.0.8");
                assertThat(endpoint.writeDescriptor()).isPositive();
            }
        }
    }

    @Test
    void anAddressThatIsTakenIsTold() throws IOException {
        try (ServerSocket server = server("127.0.0.1")) {
            int port = server.getLocalPort();
            Opening opening =
                    opening("TCP", "127.0.0.1", Integer.toString(port))
                            .with("bind", "127.0.0.1:" + port);
            assertThatThrownBy(opening::open).hasMessageEndingWith(": Address already in use");
            assertThat(opening.lines().getLast())
                    .matches(
                            "W bind\\(\\d+, \\{AF=2 127.0.0.1:"
                                    + port
                                    + "}, 16\\): Address already in use");
        }
    }

    @Test
    void bindOfAnotherVersionIsTold() throws IOException {
        Opening opening =
                opening("TCP", "127.0.0.1", Integer.toString(refusedPort())).with("bind", "[::1]");
        assertThatThrownBy(opening::open).hasMessageEndingWith(": Protocol not available");
        assertThat(opening.lines())
                .contains(
                        "W TCP-CONNECT: No bind address with matching address family (2) of"
                                + " 127.0.0.1 available");
    }

    @Test
    void lowportTakesAReservedPort() throws IOException {
        Assumptions.assumeTrue(Libc.geteuid() == 0, "ports below 1024 need root");
        try (ServerSocket server = server("127.0.0.1");
                Endpoint endpoint =
                        opening("TCP", "127.0.0.1", Integer.toString(server.getLocalPort()))
                                .with("lowport")
                                .open();
                Socket peer = server.accept()) {
            assertThat(peer.getPort()).isBetween(640, 1023);
            assertThat(endpoint.writeDescriptor()).isPositive();
        }
    }

    @Test
    void connectTimeoutIsReadWherePeersAnswerAtOnce() throws IOException {
        try (ServerSocket server = server("127.0.0.1")) {
            Opening opening =
                    opening("TCP", "127.0.0.1", Integer.toString(server.getLocalPort()))
                            .with("connect-timeout", "100");
            try (Endpoint endpoint = opening.open()) {
                assertThat(endpoint.readDescriptor()).isPositive();
                assertThat(opening.unused()).isEmpty();
            }
        }
    }

    /** A listener whose backlog is full lets connections wait. */
    @Test
    void connectTimeoutEndsWaiting() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            while (fits(full, waiting)) {
                // one more that is never accepted
            }
            Opening opening =
                    opening("TCP", "127.0.0.1", Integer.toString(full.getLocalPort()))
                            .with("connect-timeout", "0.1");
            assertThatThrownBy(opening::open)
                    .hasMessageEndingWith(": " + Errno.text(Errno.ETIMEDOUT));
            assertThat(opening.lines().getLast())
                    .isEqualTo(
                            "W connecting to AF=2 127.0.0.1:"
                                    + full.getLocalPort()
                                    + ": Connection timed out");
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private static boolean fits(ServerSocket full, List<Socket> waiting) {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
            socket.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()), 1000);
            return true;
        } catch (IOException timeout) {
            return false;
        }
    }

    /**
     * A name with both versions, of which only IPv4 answers: the next address is tried, with all
     * options.
     */
    @Test
    void theNextAddressOfAHostIsTried() throws IOException {
        Assumptions.assumeTrue(
                InetAddress.getAllByName("localhost").length > 1,
                "localhost has only one address here");
        try (ServerSocket server = server("::1")) {
            String port = Integer.toString(server.getLocalPort());
            try (Endpoint endpoint = opening("TCP", "localhost", port).with("nodelay").open();
                    Socket peer = server.accept()) {
                assertThat(
                                Libc.getsockopt(
                                        endpoint.readDescriptor(),
                                        Linux.SOL_TCP,
                                        Linux.TCP_NODELAY))
                        .isEqualTo(1);
                assertThat(peer.isConnected()).isTrue();
            }
        }
    }
}
