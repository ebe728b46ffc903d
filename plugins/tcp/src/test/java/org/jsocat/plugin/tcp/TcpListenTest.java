package org.jsocat.plugin.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsocat.plugin.tcp.TcpFixture.opening;
import static org.jsocat.plugin.tcp.TcpFixture.port;

import org.jsocat.plugin.socket.StreamListener;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.IpVersion;
import org.jsocat.spi.Listener;
import org.jsocat.spi.Settings;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

@Timeout(300)
class TcpListenTest {
    @Test
    void acceptsAndLogsAsTheReferenceDoes() throws IOException {
        Opening opening = opening("TCP-L", "0");
        try (Listener listener = opening.listen();
                Socket client = new Socket("127.0.0.1", port(listener));
                Endpoint endpoint = opening.accept(listener).orElseThrow()) {
            String server = "AF=2 127.0.0.1:" + port(listener);
            String peer = "AF=2 127.0.0.1:" + client.getLocalPort();
            assertThat(
                            opening.lines().stream()
                                    .filter(line -> !line.startsWith("D"))
                                    .map(line -> line.replaceAll("-> [0-9]+$", "-> N"))
                                    .map(
                                            line ->
                                                    line.replaceAll(
                                                            "^I accept\\([0-9]+", "I accept(N")))
                    .containsExactly(
                            "I socket(2, 1, 6) -> N",
                            "I Setting SO_REUSADDR on TCP listen socket implicitly",
                            "N listening on AF=2 0.0.0.0:" + port(listener),
                            "N accepting connection from " + peer + " on " + server,
                            "I accept(N, " + peer + ") -> N",
                            "I permitting connection from " + peer);
            int fd = endpoint.readDescriptor();
            assertThat(Libc.fcntl(fd, Linux.F_GETFL, 0) & Linux.O_NONBLOCK).isNotZero();
            assertThat(Libc.fcntl(fd, Linux.F_GETFD, 0)).isEqualTo(Linux.FD_CLOEXEC);
            assertThat(opening.environment())
                    .containsEntry("SOCAT_SOCKADDR", "127.0.0.1")
                    .containsEntry("SOCAT_SOCKPORT", Integer.toString(port(listener)))
                    .containsEntry("SOCAT_PEERADDR", "127.0.0.1")
                    .containsEntry("SOCAT_PEERPORT", Integer.toString(client.getLocalPort()));
        }
    }

    @Test
    void ipv6HasLongAddressesInItsVariables() throws IOException {
        Opening opening = opening("TCP6-LISTEN", "0");
        try (Listener listener = opening.listen();
                Socket client = new Socket("::1", port(listener));
                Endpoint endpoint = opening.accept(listener).orElseThrow()) {
            assertThat(endpoint.readDescriptor()).isPositive();
            assertThat(client.isConnected()).isTrue();
            assertThat(opening.environment())
                    .containsEntry("SOCAT_PEERADDR", "[0000:0000:0000:0000:0000:0000:0000:0001]");
        }
    }

    /** IPv6 takes IPv4 too, unless it is told not to. */
    @Test
    void ipv6IsDualUnlessV6only() throws IOException {
        Opening dual = opening("TCP6-LISTEN", "0");
        try (Listener listener = dual.listen();
                Socket client = new Socket("127.0.0.1", port(listener));
                Endpoint endpoint = dual.accept(listener).orElseThrow()) {
            assertThat(endpoint.readDescriptor()).isPositive();
            assertThat(client.isConnected()).isTrue();
            assertThat(dual.environment())
                    .containsEntry("SOCAT_PEERADDR", "[0000:0000:0000:0000:0000:ffff:7f00:0001]");
        }
        Opening only = opening("TCP6-LISTEN", "0").with("ipv6only");
        try (Listener listener = only.listen()) {
            int port = port(listener);
            assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void theVersionComesFromTheCommandLineOrFromPf() {
        Settings six = new Settings("socat", 8192, IpVersion.IPV6, IpVersion.ANY, false, false);
        assertThat(family(opening("TCP-LISTEN", "0"))).isEqualTo(Linux.AF_INET);
        assertThat(family(opening("TCP-LISTEN", "0").under(six))).isEqualTo(Linux.AF_INET6);
        assertThat(family(opening("TCP-LISTEN", "0").under(six).with("pf", "ip4")))
                .isEqualTo(Linux.AF_INET);
        assertThat(family(opening("TCP4-LISTEN", "0").under(six))).isEqualTo(Linux.AF_INET);
        assertThat(family(opening("TCP-LISTEN", "0").with("pf", "ip6").with("bind", "[::1]")))
                .isEqualTo(Linux.AF_INET6);
    }

    private static int family(Opening opening) {
        try (Listener listener = opening.listen()) {
            return ((StreamListener) listener).local().family();
        }
    }

    @Test
    void reuseaddrIsOnUnlessToldOtherwise() {
        assertThat(reuseAddress(opening("TCP-LISTEN", "0"))).isEqualTo(1);
        assertThat(reuseAddress(opening("TCP-LISTEN", "0").with("reuseaddr"))).isEqualTo(1);
        assertThat(reuseAddress(opening("TCP-LISTEN", "0").with("reuseaddr", "0"))).isZero();
        assertThat(reuseAddress(opening("TCP-LISTEN", "0").with("reuseaddr", ""))).isZero();
    }

    private static long reuseAddress(Opening opening) {
        try (Listener listener = opening.listen()) {
            int fd = descriptorOf(port(listener));
            return Libc.getsockopt(fd, Linux.SOL_SOCKET, Linux.SO_REUSEADDR);
        }
    }

    /** The descriptor of this process that is bound to a port. */
    private static int descriptorOf(int port) {
        for (int fd = 3; fd < 1000; fd++) {
            try {
                if (Libc.getsockopt(fd, Linux.SOL_SOCKET, Linux.SO_ACCEPTCONN) == 1
                        && port(org.jsocat.spi.posix.SocketAddress.local(fd)) == port) {
                    return fd;
                }
            } catch (PosixException | ClassCastException notTheOne) {
                // the next one
            }
        }
        throw new AssertionError("no listening socket on port " + port);
    }

    @Test
    void aTakenPortIsTold() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThatThrownBy(() -> opening("TCP-LISTEN", port).with("bind", "127.0.0.1").listen())
                    .isInstanceOf(PosixException.class)
                    .hasMessageMatching(
                            "bind\\(\\d+, \\{AF=2 127.0.0.1:"
                                    + port
                                    + "}, 16\\): Address already in use");
        }
    }

    /** The first peer is refused, the second one taken. */
    private static void refuses(Opening opening, Optional<InetSocketAddress> second, String reason)
            throws IOException {
        try (Listener listener = opening.listen();
                Socket refused = new Socket();
                Socket taken = new Socket()) {
            InetSocketAddress server = new InetSocketAddress("127.0.0.1", port(listener));
            refused.bind(new InetSocketAddress("127.0.0.1", 0));
            refused.connect(server);
            if (second.isPresent()) {
                taken.setReuseAddress(true);
                taken.bind(second.get());
                taken.connect(server);
                try (Endpoint endpoint = opening.accept(listener).orElseThrow()) {
                    assertThat(endpoint.readDescriptor()).isPositive();
                    assertThat(opening.environment())
                            .containsEntry(
                                    "SOCAT_PEERADDR", second.get().getAddress().getHostAddress());
                }
            } else {
                assertThat(opening.accept(listener)).isEmpty();
            }
            assertThat(refused.getInputStream().read()).isEqualTo(-1);
            assertThat(opening.lines())
                    .contains(
                            "W refusing connection from AF=2 127.0.0.1:"
                                    + refused.getLocalPort()
                                    + " due to "
                                    + reason);
        }
    }

    @Test
    void rangeRefuses() throws IOException {
        refuses(
                opening("TCP4-LISTEN", "0").with("range", "127.0.0.2/32"),
                Optional.of(new InetSocketAddress("127.0.0.2", 0)),
                "range option");
    }

    @Test
    void sourceportRefuses() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        refuses(
                opening("TCP4-LISTEN", "0").with("sourceport", Integer.toString(port)),
                Optional.of(new InetSocketAddress("127.0.0.3", port)),
                "wrong sourceport");
    }

    @Test
    void lowportRefuses() throws IOException {
        refuses(
                opening("TCP4-LISTEN", "0").with("lowport").with("accept-timeout", "0.3"),
                Optional.empty(),
                "lowport option");
    }

    @Test
    void wrappersRefuse(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("hosts.allow"), "echo: 127.0.0.2\n");
        Files.writeString(folder.resolve("hosts.deny"), "ALL: ALL\n");
        refuses(
                opening("TCP4-LISTEN", "0")
                        .with("tcpwrap", "echo")
                        .with("tcpwrap-etc", folder.toString()),
                Optional.of(new InetSocketAddress("127.0.0.2", 0)),
                "tcpwrapper option");
    }

    @Test
    void wrappersTakeTablesAndTheProgramsName(@TempDir Path folder) throws IOException {
        Path deny = Files.writeString(folder.resolve("deny"), "socat: 127.0.0.1\n");
        refuses(
                opening("TCP4-LISTEN", "0").with("hosts-deny", deny.toString()),
                Optional.of(new InetSocketAddress("127.0.0.2", 0)),
                "tcpwrapper option");
    }

    @Test
    void acceptTimeoutEndsWaiting() {
        Opening opening = opening("TCP-LISTEN", "0").with("accept-timeout", "0.05");
        try (Listener listener = opening.listen()) {
            assertThat(opening.accept(listener)).isEmpty();
        }
    }

    @Test
    void acceptsOnAVirtualThreadThatWaits() throws Exception {
        Opening opening = opening("TCP-LISTEN", "0");
        try (Listener listener = opening.listen()) {
            CompletableFuture<Endpoint> accepted = new CompletableFuture<>();
            Thread.ofVirtual()
                    .start(() -> accepted.complete(opening.accept(listener).orElseThrow()));
            try (Socket client = new Socket("127.0.0.1", port(listener))) {
                accepted.get(100, TimeUnit.SECONDS).close();
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void closingEndsAVirtualThreadThatWaits() throws Exception {
        Opening opening = opening("TCP-LISTEN", "0");
        Listener listener = opening.listen();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread waiting =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        opening.accept(listener);
                                    } catch (RuntimeException expected) {
                                        failure.complete(expected);
                                    }
                                });
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        listener.close();
        assertThat(failure.get(100, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void optionsOfTheListeningSocketDoNotActOnTheConnectionAgain() throws IOException {
        Opening opening =
                opening("TCP-LISTEN", "0")
                        .with("so-keepalive")
                        .with("nodelay")
                        .with("rcvbuf", "65536");
        try (Listener listener = opening.listen();
                Socket client = new Socket("127.0.0.1", port(listener));
                Endpoint endpoint = opening.accept(listener).orElseThrow()) {
            int fd = endpoint.readDescriptor();
            assertThat(client.isConnected()).isTrue();
            assertThat(Libc.getsockopt(fd, Linux.SOL_SOCKET, Linux.SO_KEEPALIVE)).isEqualTo(1);
            assertThat(Libc.getsockopt(fd, Linux.SOL_TCP, Linux.TCP_NODELAY)).isEqualTo(1);
            assertThat(opening.unused()).isEmpty();
        }
    }
}
