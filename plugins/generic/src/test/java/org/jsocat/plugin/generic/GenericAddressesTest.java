package org.jsocat.plugin.generic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.plugin.inet.RangeOptions;
import org.jsocat.plugin.socket.ListenOptions;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.plugin.socket.StreamListener;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

@Timeout(300)
class GenericAddressesTest {
    private static final List<OptionGroup> GROUPS =
            List.of(
                    new SocketOptions(),
                    new SocketOptions(),
                    new ListenOptions(),
                    new RangeOptions());

    private static Opening opening(String keyword, String... parameters) {
        return Opening.of(new GenericAddresses(), keyword, GROUPS, parameters);
    }

    private static String data(String host, int port) {
        StringBuilder data = new StringBuilder("x").append(String.format("%04x", port));
        for (String part : host.split("\\.")) {
            data.append(String.format("%02x", Integer.parseInt(part)));
        }
        return data.append("x0000000000000000").toString();
    }

    private static int port(Listener listener) {
        return ((SocketAddress.Inet4) ((StreamListener) listener).local()).port();
    }

    @Test
    void connectsOverTcp() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            int port = server.getLocalPort();
            Opening opening =
                    opening("SOCKET-CONNECT", "2", "6", data("127.0.0.1", port))
                            .with("bind", data("127.0.0.5", 0));
            try (Endpoint endpoint = opening.open();
                    Socket peer = server.accept()) {
                assertThat(endpoint.keepsPackets()).isFalse();
                assertThat(peer.getInetAddress().getHostAddress()).isEqualTo("127.0.0.5");
                assertThat(opening.lines())
                        .contains("N opening connection to AF=2 127.0.0.1:" + port);
            }
        }
    }

    @Test
    void connectsOverUnixSockets(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            try (Endpoint endpoint =
                            opening("SOCKET-CONNECT", "1", "0", "\"" + path + "\\0\"").open();
                    SocketChannel peer = server.accept()) {
                assertThat(endpoint.readDescriptor()).isPositive();
                assertThat(peer.isConnected()).isTrue();
            }
        }
    }

    @Test
    void aRefusalIsAnErrorWithTheCall() throws IOException {
        try (Socket deaf = new Socket()) {
            deaf.bind(new InetSocketAddress("127.0.0.1", 0));
            int port = deaf.getLocalPort();
            assertThatThrownBy(
                            () ->
                                    opening("SOCKET-CONNECT", "2", "6", data("127.0.0.1", port))
                                            .open())
                    .isInstanceOf(PosixException.class)
                    .hasMessageMatching(
                            "connect\\(\\d+, AF=2 127.0.0.1:"
                                    + port
                                    + ", 16\\): Connection refused");
        }
    }

    @Test
    void listensOverTcpWithinARange() throws IOException {
        Opening opening =
                opening("SOCKET-LISTEN", "2", "6", data("127.0.0.1", 0))
                        .with("range", "x00007f000002:x0000ffffffff");
        try (Listener listener = opening.listen();
                Socket refused = new Socket("127.0.0.1", port(listener));
                Socket taken =
                        new Socket(
                                "127.0.0.1",
                                port(listener),
                                InetAddress.getByName("127.0.0.2"),
                                0);
                Endpoint endpoint = opening.accept(listener).orElseThrow()) {
            assertThat(refused.getInputStream().read()).isEqualTo(-1);
            assertThat(endpoint.readDescriptor()).isPositive();
            assertThat(opening.environment())
                    .containsEntry("SOCAT_PEERADDR", "127.0.0.2")
                    .containsEntry("SOCAT_PEERPORT", Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void otherTypesOfSocketKeepPackets(@TempDir Path folder) {
        String address = "\"" + folder.resolve("p") + "\"";
        Opening server = opening("SOCKET-LISTEN", "1", "0", address).with("so-type", "5");
        Opening client =
                opening("SOCKET-CONNECT", "1", "0", address).with("type", "5").with("null-eof");
        try (Listener listener = server.listen();
                Endpoint connected = client.open();
                Endpoint accepted = server.accept(listener).orElseThrow()) {
            assertThat(connected.keepsPackets()).isTrue();
            assertThat(accepted.keepsPackets()).isTrue();
            assertThat(client.unused()).isEmpty();
        }
    }

    @Test
    void badParametersAreTold() {
        Opening garbage = opening("SOCKET-CONNECT", "99z", "0x6", "x00");
        assertThatThrownBy(garbage::open)
                .hasMessage("socket(99, 1, 6): Address family not supported by protocol");
        assertThat(garbage.lines()).contains("W garbage in parameter: \"z\"");
        assertThatThrownBy(() -> opening("SOCKET-CONNECT", "2", "6", "xabc").open())
                .isInstanceOf(AddressException.class)
                .hasMessageContaining("syntax error in \"xabc\"");
        assertThatThrownBy(() -> opening("SOCKET-LISTEN", "77", "6", "x00").listen())
                .isInstanceOf(PosixException.class)
                .hasMessage("socket(77, 1, 6): Address family not supported by protocol");
    }

    @Test
    void acceptsOnAnInheritedSocket() throws IOException {
        int number = Libc.socket(Linux.AF_INET, Linux.SOCK_STREAM, 0);
        Libc.bind(number, new SocketAddress.Inet4(new byte[] {127, 0, 0, 1}, 0));
        Libc.listen(number, 5);
        Opening opening = opening("ACCEPT", Integer.toString(number)).with("range", "127.0.0.0/8");
        try (Listener listener = opening.listen();
                Socket client = new Socket("127.0.0.1", port(listener));
                Endpoint endpoint = opening.accept(listener).orElseThrow()) {
            assertThat(opening.lines().getFirst())
                    .isEqualTo(
                            "N using file descriptor "
                                    + number
                                    + " accepting a connection for reading and writing");
            assertThat(Libc.fcntl(number, Linux.F_GETFL, 0) & Linux.O_NONBLOCK)
                    .as("the inherited socket stays as it was")
                    .isZero();
            assertThat(Libc.fcntl(endpoint.readDescriptor(), Linux.F_GETFL, 0) & Linux.O_NONBLOCK)
                    .isNotZero();
            assertThat(opening.environment())
                    .containsEntry("SOCAT_PEERPORT", Integer.toString(client.getLocalPort()));
        }
        assertThat(Libc.fcntl(number, Linux.F_GETFD, 0))
                .as("closed with the listener")
                .isNegative();
    }

    @Test
    void aDescriptorThatIsNoSocketIsTold(@TempDir Path folder) {
        try (Fd file = Fd.open(folder.toString(), Linux.O_RDONLY, 0)) {
            int number = file.number();
            assertThatThrownBy(() -> opening("ACCEPT-FD", Integer.toString(number)).listen())
                    .hasMessageEndingWith(": Socket operation on non-socket");
        }
        assertThatThrownBy(() -> opening("ACCEPT-FD", "x").listen())
                .hasMessage("error in FD number \"x\"");
        Opening missing = opening("ACCEPT-FD", "987");
        assertThatThrownBy(missing::listen).hasMessageEndingWith(": Bad file descriptor");
        assertThat(missing.lines().getFirst())
                .isEqualTo("W fcntl(987, F_SETFD, FD_CLOEXEC): Bad file descriptor");
    }
}
