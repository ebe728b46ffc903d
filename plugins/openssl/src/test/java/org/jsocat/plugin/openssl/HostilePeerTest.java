package org.jsocat.plugin.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Clients that keep to no rules: each ends with one line, and costs no more than it sends. */
@Timeout(300)
class HostilePeerTest {
    private static final int FLOOD = 2_000;

    @TempDir static Path folder;
    private static Openssl openssl;

    private final Opening context =
            Opening.of(
                    new TlsAddresses(),
                    "OPENSSL-SERVER",
                    List.of(new OpensslOptions(), new TlsOptions()));
    private Fd theirs;
    private Endpoint inner;
    private Endpoint server;

    @BeforeAll
    static void makeCertificate() {
        openssl = new Openssl(folder).certificate("server", "rsa:2048", "/CN=host.test");
    }

    @BeforeEach
    void connect() {
        int[] pair = new int[2];
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK, 0, pair),
                () -> "socketpair()");
        theirs = new Fd(pair[0]);
        inner = DescriptorEndpoint.over(context, new Fd(pair[1])).socket().build();
        context.with("cert", openssl.name("server.pem")).with("verify", "0");
    }

    @AfterEach
    void close() {
        theirs.close();
        if (server != null) {
            server.close();
        }
    }

    private void sends(byte[] bytes) {
        assertThat(Libc.write(theirs.number(), bytes, 0, bytes.length)).isPositive();
    }

    private Endpoint open() {
        return new ServerStage().open(context, inner);
    }

    private RawClient shaken(String version, int piece) throws Exception {
        CompletableFuture<Endpoint> opened = CompletableFuture.supplyAsync(this::open);
        RawClient client = new RawClient(theirs, version);
        client.handshake(piece);
        server = opened.join();
        return client;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "160301ffff | 40000 | Input record too big",
                "1603010004 01ffffff | 0 | handshake message (16777215) exceeds the maximum",
                "1603010000 1603010000 | 0 | Handshake packets must not be zero-length",
                "15030100020100 | 0 | Received close_notify during handshake",
                "1403010001 01 | 0 | the peer does not speak TLS",
                "1703030020 | 32 | the peer does not speak TLS",
                "000000000000000000 | 20 | the peer does not speak TLS",
                "16030300040e000000 | 0 | handshake message",
            })
    void whatIsNoHandshakeEndsItWithOneLine(String hex, int further, String message) {
        byte[] begin = HexFormat.of().parseHex(hex.replace(" ", "").strip());
        sends(Arrays.copyOf(begin, begin.length + further));
        Libc.shutdown(theirs.number(), Linux.SHUT_WR);
        assertThatThrownBy(this::open)
                .isInstanceOf(AddressException.class)
                .hasMessageStartingWith("SSL_accept(): ")
                .hasMessageContaining(message.strip())
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> inner.read(ByteBuffer.allocateDirect(10)))
                .as("it has been closed")
                .isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 60, 200})
    void aHelloThatBreaksOffIsAnEnd(int count) throws Exception {
        RawClient client = new RawClient(theirs, "TLSv1.3");
        client.send(Arrays.copyOf(client.hello(), count), count);
        Libc.shutdown(theirs.number(), Linux.SHUT_WR);
        assertThatThrownBy(this::open)
                .isInstanceOf(AddressException.class)
                .hasMessage("SSL_accept(): socket closed by peer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aHandshakeInSingleBytesIsOne(String version) throws Exception {
        RawClient client = shaken(version, 1);
        client.send(client.sealed("slow".getBytes(ISO_8859_1)), 1);
        assertThat(read(4)).isEqualTo("slow");
    }

    private String read(int count) {
        ByteBuffer target = ByteBuffer.allocateDirect(8192);
        while (target.position() < count) {
            if (server.read(target) == 0) {
                Thread.yield();
            }
            if (server.hasUnflushed()) {
                server.flush();
            }
        }
        return ISO_8859_1.decode(target.flip()).toString();
    }

    /** Each costs this side new keys and an answer. */
    @Test
    void aFloodOfKeyUpdatesEndsTheConnection() throws Exception {
        RawClient client = shaken("TLSv1.3", 1000);
        ByteBuffer target = ByteBuffer.allocateDirect(8192);
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < FLOOD; i++) {
                                client.sendAtOnce(client.another());
                                server.read(target.clear());
                                if (server.hasUnflushed()) {
                                    server.flush();
                                }
                            }
                        })
                .isInstanceOf(AddressException.class)
                .hasMessage("SSL_read(): too many records without data");
    }

    /** As a peer does that has much to say. */
    @Test
    void keyUpdatesAmongDataAreTaken() throws Exception {
        RawClient client = shaken("TLSv1.3", 1000);
        for (int i = 0; i < 100; i++) {
            client.send(client.another(), 1000);
            client.send(client.sealed("data".getBytes(ISO_8859_1)), 1000);
            assertThat(read(4)).isEqualTo("data");
            client.open();
        }
    }

    @Test
    void renegotiationIsRefused() throws Exception {
        RawClient client = shaken("TLSv1.2", 1000);
        client.send(client.another(), 1000);
        ByteBuffer target = ByteBuffer.allocateDirect(8192);
        assertThatThrownBy(
                        () -> {
                            while (server.read(target.clear()) == 0) {
                                Thread.yield();
                            }
                        })
                .isInstanceOf(AddressException.class)
                .hasMessage("SSL_read(): the peer asks for a renegotiation, which is refused");
    }

    @Test
    void aRecordThatIsTooLargeEndsTheConnection() throws Exception {
        shaken("TLSv1.3", 1000);
        byte[] record = Arrays.copyOf(HexFormat.of().parseHex("170303ffff"), 60_000);
        sends(record);
        ByteBuffer target = ByteBuffer.allocateDirect(8192);
        assertThatThrownBy(
                        () -> {
                            while (server.read(target.clear()) == 0) {
                                Thread.yield();
                            }
                        })
                .isInstanceOf(AddressException.class)
                .hasMessageStartingWith("SSL_read(): ");
    }
}
