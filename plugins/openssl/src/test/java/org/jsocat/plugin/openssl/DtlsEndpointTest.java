package org.jsocat.plugin.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.ForwardingEndpoint;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Both sides of DTLS, over a pair of datagram sockets. */
@Timeout(300)
class DtlsEndpointTest {
    @TempDir static Path folder;
    private static Openssl openssl;

    private final List<Endpoint> open = new ArrayList<>();
    private final Opening clientContext = opening("OPENSSL-DTLS-CLIENT", "host.test", "0");
    private final Opening serverContext = opening("OPENSSL-DTLS-SERVER", "0");

    private static Opening opening(String keyword, String... parameters) {
        return Opening.of(
                new OpensslAddresses(),
                keyword,
                List.of(new OpensslOptions(), new TlsOptions()),
                parameters);
    }

    @BeforeAll
    static void makeCertificates() {
        openssl =
                new Openssl(folder)
                        .certificate("server", "rsa:2048", "/CN=host.test")
                        .certificate("client", "rsa:2048", "/CN=client.test");
    }

    @AfterEach
    void closeAll() {
        open.forEach(Endpoint::close);
    }

    /** Passes datagrams on, but not all of them, and not all in their order. */
    private static final class Lossy extends ForwardingEndpoint {
        private final AtomicInteger count = new AtomicInteger();
        private final List<Integer> lost;
        private final int late;
        private ByteBuffer held = ByteBuffer.allocate(0);

        Lossy(Endpoint inner, List<Integer> lost, int late) {
            super(inner);
            this.lost = lost;
            this.late = late;
        }

        @Override
        public int write(ByteBuffer source) {
            int number = count.incrementAndGet();
            int size = source.remaining();
            if (lost.contains(number)) {
                source.position(source.limit());
                return size;
            }
            if (number == late) {
                held = ByteBuffer.allocateDirect(size).put(source).flip();
                return size;
            }
            int written = super.write(source);
            if (held.hasRemaining()) {
                super.write(held);
            }
            return written;
        }
    }

    private record Both(Endpoint client, Endpoint server) {}

    private Both connect(List<Integer> lost, int late) {
        int[] pair = new int[2];
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_DGRAM | Linux.SOCK_NONBLOCK, 0, pair),
                () -> "socketpair()");
        Endpoint clientEnd = new Lossy(end(clientContext, pair[0]), lost, late);
        Endpoint serverEnd = end(serverContext, pair[1]);
        CompletableFuture<Endpoint> server =
                CompletableFuture.supplyAsync(
                        () -> new DtlsServerStage().open(serverContext, serverEnd));
        Endpoint client;
        try {
            client = new DtlsClientStage().open(clientContext, clientEnd);
        } catch (AddressException failure) {
            server.handle((endpoint, alsoFailed) -> null).join();
            throw failure;
        }
        Both both = new Both(client, server.join());
        open.add(both.client());
        open.add(both.server());
        return both;
    }

    private Endpoint end(Opening context, int fd) {
        Endpoint endpoint =
                DescriptorEndpoint.over(context, new Fd(fd)).socket().packets(false).build();
        open.add(endpoint);
        return endpoint;
    }

    private void usually() {
        serverContext.with("cert", openssl.name("server.pem")).with("verify", "0");
        clientContext.with("cafile", openssl.name("server.crt"));
    }

    private static void send(Endpoint endpoint, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer block = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        assertThat(endpoint.write(block)).isEqualTo(bytes.length);
    }

    /** The next block, or END. */
    private static String receive(Endpoint endpoint) {
        ByteBuffer block = ByteBuffer.allocateDirect(65536);
        int count = 0;
        while (count == 0) {
            count = endpoint.read(block);
        }
        byte[] bytes = new byte[Math.max(0, count)];
        block.flip().get(bytes);
        return count < 0 ? "END" : new String(bytes, StandardCharsets.US_ASCII);
    }

    @Test
    void blocksGoBothWaysAndEachEndsAlone() {
        usually();
        Both both = connect(List.of(), 0);
        send(both.client(), "question");
        both.client().shutdownOutput();
        assertThat(receive(both.server())).isEqualTo("question");
        assertThat(receive(both.server())).isEqualTo("END");
        send(both.server(), "answer");
        both.server().shutdownOutput();
        assertThat(receive(both.client())).isEqualTo("answer");
        assertThat(receive(both.client())).isEqualTo("END");
        assertThat(Opening.variables(both.client()))
                .containsEntry("SOCAT_OPENSSL_X509_COMMONNAME", "host.test")
                .containsEntry("SOCAT_OPENSSL_PROTO_VERSION", "DTLSv1.2");
    }

    @Test
    void aHandshakeSurvivesLossAndDisorder() {
        usually();
        Both both = connect(List.of(1, 3), 4);
        send(both.client(), "data");
        assertThat(receive(both.server())).isEqualTo("data");
    }

    @Test
    void bothSidesShowCertificates() {
        serverContext
                .with("cert", openssl.name("server.pem"))
                .with("cafile", openssl.name("client.crt"));
        clientContext
                .with("cafile", openssl.name("server.crt"))
                .with("cert", openssl.name("client.pem"));
        Both both = connect(List.of(), 0);
        assertThat(Opening.variables(both.server()))
                .containsEntry("SOCAT_OPENSSL_X509_SUBJECT", "CN = client.test");
    }

    @Test
    void anUnknownServerIsRefused() {
        usually();
        clientContext.with("cafile", openssl.name("client.crt"));
        assertThatThrownBy(() -> connect(List.of(), 0))
                .isInstanceOf(AddressException.class)
                .hasMessageContaining("self signed certificate: \"CN = host.test\"");
    }

    @Test
    void forgedDatagramsAreDropped() {
        usually();
        Both both = connect(List.of(), 0);
        Endpoint below = open.getFirst();
        byte[] forged = {21, (byte) 0xfe, (byte) 0xfd, 0, 1, 0, 0, 0, 0, 0, 9, 0, 2, 1, 0};
        below.write(ByteBuffer.allocateDirect(forged.length).put(forged).flip());
        open.get(1).write(ByteBuffer.allocateDirect(forged.length).put(forged).flip());
        send(both.client(), "data");
        assertThat(receive(both.server())).isEqualTo("data");
    }

    @Test
    void aBlockThatFitsNoRecordIsRefused() {
        usually();
        Both both = connect(List.of(), 0);
        assertThatThrownBy(() -> both.client().write(ByteBuffer.allocateDirect(16385)))
                .isInstanceOf(AddressException.class)
                .hasMessageContaining("too large");
    }
}
