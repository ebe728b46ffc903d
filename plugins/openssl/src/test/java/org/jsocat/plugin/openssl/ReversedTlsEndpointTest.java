package org.jsocat.plugin.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A client reaches the stage through a relay, as {@code TCP-LISTEN:1 ^openssl-server|...}. */
@Timeout(300)
class ReversedTlsEndpointTest {
    @TempDir static Path folder;
    private static Openssl openssl;

    private final Opening clientContext = opening("OPENSSL-CLIENT", "host.test");
    private final Opening serverContext = opening("OPENSSL-SERVER");

    private static Opening opening(String keyword, String... parameters) {
        return Opening.of(
                new TlsAddresses(),
                keyword,
                List.of(new OpensslOptions(), new TlsOptions()),
                parameters);
    }

    @BeforeAll
    static void makeCertificates() {
        openssl = new Openssl(folder).certificate("server", "rsa:2048", "/CN=host.test");
    }

    private static Endpoint[] pair(Opening first, Opening second) {
        int[] pair = new int[2];
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK, 0, pair),
                () -> "socketpair()");
        return new Endpoint[] {
            DescriptorEndpoint.over(first, new Fd(pair[0])).socket().build(),
            DescriptorEndpoint.over(second, new Fd(pair[1])).socket().build()
        };
    }

    private Endpoint stage(Endpoint inner) {
        serverContext.with("cert", openssl.name("server.pem")).with("verify", "0");
        TlsSettings settings = TlsSettings.of(serverContext, true, false);
        return new ReversedTlsEndpoint(
                serverContext,
                inner,
                Credentials.of(settings, serverContext.log())
                        .context()
                        .engine(null, Optional.empty()),
                16384,
                session -> {});
    }

    /** On a thread of its own: the common pool may have one only. */
    private static CompletableFuture<Void> beside(Runnable task) {
        return CompletableFuture.runAsync(
                task, started -> Thread.ofPlatform().daemon().start(started));
    }

    /** Relays until both directions have ended, as an event loop does. */
    private static void relay(Endpoint left, Endpoint right) {
        ByteBuffer forth = ByteBuffer.allocateDirect(20_000).flip();
        ByteBuffer back = ByteBuffer.allocateDirect(20_000).flip();
        boolean[] ends = new boolean[2];
        while (!ends[0] || !ends[1]) {
            ends[0] = ends[0] || move(left, forth, right);
            ends[1] = ends[1] || move(right, back, left);
            Thread.yield();
        }
    }

    private static boolean move(Endpoint from, ByteBuffer block, Endpoint to) {
        if (to.hasUnflushed()) {
            to.flush();
        }
        if (!block.hasRemaining()) {
            int count = from.read(block.clear());
            block.flip();
            if (count == Endpoint.END) {
                to.shutdownOutput();
                return true;
            }
        }
        if (block.hasRemaining()) {
            to.write(block);
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS1.2", "TLS1.3"})
    void aClientTalksThroughIt(String version) {
        clientContext.with("cafile", openssl.name("server.crt")).with("max-proto-version", version);
        Endpoint[] wire = pair(clientContext, serverContext);
        Endpoint[] plain = pair(serverContext, serverContext);
        Endpoint stage = stage(plain[0]);
        CompletableFuture<Void> relay = beside(() -> relay(wire[1], stage));
        Endpoint client = new ClientStage().open(clientContext, wire[0]);
        CompletableFuture<Void> echo = beside(() -> relay(plain[1], plain[1]));

        byte[] question = "question".repeat(5000).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer source = ByteBuffer.allocateDirect(question.length).put(question).flip();
        ByteBuffer answer = ByteBuffer.allocateDirect(question.length + 1);
        int count = 0;
        boolean ended = false;
        while (count != Endpoint.END) {
            if (source.hasRemaining()) {
                client.write(source);
            } else if (!ended) {
                ended = true;
                client.shutdownOutput();
            }
            if (client.hasUnflushed()) {
                client.flush();
            }
            count = client.read(answer);
            Thread.yield();
        }
        byte[] got = new byte[answer.flip().remaining()];
        answer.get(got);
        assertThat(got).isEqualTo(question);
        client.close();
        echo.join();
        relay.join();
        stage.close();
        wire[1].close();
        plain[1].close();
    }

    @Test
    void garbageIsRefused() {
        Endpoint[] plain = pair(serverContext, serverContext);
        Endpoint stage = stage(plain[0]);
        byte[] garbage = "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocateDirect(garbage.length).put(garbage).flip();
        assertThatThrownBy(() -> stage.write(bytes))
                .isInstanceOf(AddressException.class)
                .hasMessage("SSL_accept(): wrong version number: the peer does not speak TLS");
        assertThat(plain[1].read(ByteBuffer.allocateDirect(10))).isZero();
        stage.close();
        plain[1].close();
    }
}
