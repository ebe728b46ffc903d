package org.jsocat.plugin.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.spi.posix.Errno;
import org.jsocat.xio.Xio;
import org.jsocat.xio.XioChannel;
import org.jsocat.xio.XioException;
import org.jsocat.xio.XioListener;
import org.jsocat.xio.XioRelay;
import org.jsocat.xio.XioResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** TCP inside other programs: listeners, relays whose port the kernel chooses, sockets. */
@Timeout(300)
class TcpEmbeddingTest {
    private static final String ANY = "TCP-LISTEN:0,bind=127.0.0.1";

    private static int port(XioListener listener) {
        return ((InetSocketAddress) listener.localAddress().orElseThrow()).getPort();
    }

    private static int port(XioRelay relay) {
        return ((InetSocketAddress) relay.listening().join()).getPort();
    }

    private static Socket connect(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    /** Answers each peer with what it says. */
    private static XioRelay echo() throws XioException {
        XioListener listener = Xio.listen(ANY);
        XioRelay echo = Xio.relay(ANY + ",fork", "TCP:127.0.0.1:" + port(listener));
        Thread.startVirtualThread(
                () -> {
                    try (listener) {
                        for (XioChannel peer : listener) {
                            Thread.startVirtualThread(() -> serve(peer));
                        }
                    }
                });
        return echo;
    }

    private static void serve(XioChannel peer) {
        try (peer) {
            peer.input().transferTo(peer.output());
            peer.shutdownOutput();
        } catch (IOException gone) {
            // the peer's own affair
        }
    }

    @Test
    void aListenerYieldsOneChannelForEachPeer() throws Exception {
        try (XioListener listener = Xio.listen(ANY)) {
            for (int i = 0; i < 3; i++) {
                try (Socket peer = connect(port(listener));
                        XioChannel channel = listener.accept()) {
                    assertThat(channel.peerAddress()).contains(peer.getLocalSocketAddress());
                    assertThat(channel.localAddress()).contains(peer.getRemoteSocketAddress());
                    channel.output().write(i);
                    assertThat(peer.getInputStream().read()).isEqualTo(i);
                }
            }
        }
    }

    @Test
    void closingAListenerEndsTheWait() throws Exception {
        XioListener listener = Xio.listen(ANY);
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread waiting =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        listener.accept();
                                    } catch (IOException ended) {
                                        outcome.complete(ended);
                                    }
                                });
        listener.close();
        assertThat(outcome.join()).isInstanceOf(ClosedChannelException.class);
        waiting.join();
        assertThat(listener.iterator().hasNext()).isFalse();
    }

    @Test
    void whatListensSaysWhere() throws Exception {
        try (XioRelay echo = echo();
                Socket peer = connect(port(echo))) {
            peer.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
            peer.shutdownOutput();
            assertThat(peer.getInputStream().readAllBytes())
                    .isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aRelayThatIsDrainedEndsWithItsLastPeer() throws Exception {
        try (XioRelay echo = echo();
                Socket peer = connect(port(echo))) {
            peer.getOutputStream().write('a');
            assertThat(peer.getInputStream().read()).isEqualTo('a');
            assertThat(echo.drain()).isTrue();
            peer.getOutputStream().write('b');
            assertThat(peer.getInputStream().read()).isEqualTo('b');
            peer.shutdownOutput();
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
            XioResult result = echo.await();
            assertThat(result.status()).isZero();
            assertThat(result.statistics().bytesToSecond()).isEqualTo(2);
            assertThat(result.statistics().bytesToFirst()).isEqualTo(2);
        }
    }

    @Test
    void aRefusedConnectionSaysWhy() throws Exception {
        try (Socket deaf = new Socket()) {
            deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = deaf.getLocalPort();
            assertThatThrownBy(() -> Xio.open("TCP:127.0.0.1:" + port))
                    .isInstanceOfSatisfying(
                            XioException.class,
                            refused -> {
                                assertThat(refused.kind()).isEqualTo(XioException.Kind.TRANSIENT);
                                assertThat(refused.errno()).hasValue(Errno.ECONNREFUSED);
                            });
            assertThatThrownBy(() -> Xio.listen("TCP:127.0.0.1:" + port))
                    .isInstanceOf(XioException.class)
                    .hasMessageContaining("does not listen");
        }
    }

    @Test
    void socketsAreChannels() throws Exception {
        try (XioRelay echo = echo();
                Socket socket =
                        Xio.socketFactory("TCP:%h:%p").createSocket("127.0.0.1", port(echo))) {
            socket.setSoTimeout(1);
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketTimeoutException.class);
            socket.setSoTimeout(0);
            socket.getOutputStream().write("through".getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            assertThat(socket.getInputStream().readAllBytes())
                    .isEqualTo("through".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getPort()).isEqualTo(port(echo));
            assertThat(socket.getLocalPort()).isPositive();
        }
    }

    @Test
    void aHostThatIsNoneIsNotPutIntoAnAddress() {
        assertThatThrownBy(
                        () ->
                                Xio.socketFactory("TCP:%h:%p")
                                        .createSocket("localhost:1,fork|EXEC:x", 80))
                .isInstanceOf(java.net.UnknownHostException.class);
    }
}
