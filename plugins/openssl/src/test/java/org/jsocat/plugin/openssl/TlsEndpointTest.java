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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Both sides of a connection, over a socket pair. */
@Timeout(300)
class TlsEndpointTest {
    @TempDir static Path folder;
    private static Openssl openssl;

    private final List<Endpoint> open = new ArrayList<>();
    private final Opening clientContext =
            opening(new TlsAddresses(), "OPENSSL-CLIENT", "host.test");
    private final Opening serverContext = opening(new TlsAddresses(), "OPENSSL-SERVER");
    private final int[] pair = new int[2];

    private static Opening opening(TlsAddresses table, String keyword, String... parameters) {
        return Opening.of(
                table, keyword, List.of(new OpensslOptions(), new TlsOptions()), parameters);
    }

    @BeforeAll
    static void makeCertificates() {
        openssl =
                new Openssl(folder)
                        .certificate("server", "rsa:2048", "/CN=host.test")
                        .certificate("client", "rsa:2048", "/C=XY/CN=client.test");
    }

    @AfterEach
    void closeAll() {
        open.forEach(Endpoint::close);
    }

    private void usually() {
        serverContext.with("cert", openssl.name("server.pem")).with("verify", "0");
        clientContext.with("cafile", openssl.name("server.crt"));
    }

    private Endpoint end(Opening context, int fd) {
        Endpoint endpoint = DescriptorEndpoint.over(context, new Fd(fd)).socket().build();
        open.add(endpoint);
        return endpoint;
    }

    private record Both(Endpoint client, Endpoint server) {}

    private Both connect() {
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK, 0, pair),
                () -> "socketpair()");
        Endpoint clientEnd = end(clientContext, pair[0]);
        Endpoint serverEnd = end(serverContext, pair[1]);
        CompletableFuture<Endpoint> server =
                CompletableFuture.supplyAsync(
                        () -> new ServerStage().open(serverContext, serverEnd));
        Endpoint client;
        try {
            client = new ClientStage().open(clientContext, clientEnd);
        } catch (AddressException failure) {
            server.handle((endpoint, alsoFailed) -> null).join();
            throw failure;
        }
        Both both = new Both(client, server.join());
        open.add(both.client());
        open.add(both.server());
        return both;
    }

    /** What one end reads while both are served, as a loop does: until there is nothing to do. */
    private static byte[] pump(Endpoint from, byte[] bytes, Endpoint to, boolean end) {
        ByteBuffer source = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        ByteBuffer target = ByteBuffer.allocateDirect(8192);
        ByteBuffer all = ByteBuffer.allocate(bytes.length + 1);
        boolean ended = false;
        int count = 0;
        while (end ? count != Endpoint.END : all.position() < bytes.length) {
            if (source.hasRemaining()) {
                from.write(source);
            } else if (end && !ended) {
                ended = true;
                from.shutdownOutput();
            }
            if (from.hasUnflushed()) {
                from.flush();
            }
            count = to.read(target.clear());
            if (count == 0) {
                Thread.yield();
            }
            if (count > 0) {
                all.put(target.flip());
            }
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS1.2", "TLS1.3"})
    void bytesGoBothWaysAndEachEndsAlone(String version) {
        usually();
        clientContext.with("max-proto-version", version).with("min-proto-version", version);
        Both both = connect();
        byte[] request = random(100_000);
        assertThat(pump(both.client(), request, both.server(), true)).isEqualTo(request);
        byte[] answer = random(300_000);
        assertThat(pump(both.server(), answer, both.client(), true)).isEqualTo(answer);
        assertThat(Opening.variables(both.client()))
                .containsEntry("SOCAT_OPENSSL_X509_COMMONNAME", "host.test")
                .containsEntry("SOCAT_OPENSSL_PROTO_VERSION", version.replace("TLS", "TLSv"));
        assertThat(clientContext.unused()).isEmpty();
    }

    @Test
    void smallRecordsAreSentWhereAskedFor() {
        usually();
        clientContext.with("maxsendfrag", "512");
        Both both = connect();
        byte[] bytes = random(5000);
        assertThat(pump(both.client(), bytes, both.server(), false)).isEqualTo(bytes);
    }

    @Test
    void bothSidesShowCertificates() {
        serverContext
                .with("cert", openssl.name("server.pem"))
                .with("cafile", openssl.name("client.crt"));
        clientContext
                .with("cafile", openssl.name("server.crt"))
                .with("cert", openssl.name("client.pem"));
        Both both = connect();
        assertThat(Opening.variables(both.server()))
                .containsEntry("SOCAT_OPENSSL_X509_SUBJECT", "C = XY, CN = client.test")
                .containsEntry("SOCAT_OPENSSL_X509_COUNTRYNAME", "XY");
        assertThat(serverContext.lines())
                .contains("N trusting certificate, no check of commonName");
    }

    @Test
    void anUnknownServerIsRefused() {
        usually();
        clientContext.with("cafile", openssl.name("client.crt"));
        assertThatThrownBy(this::connect)
                .isInstanceOf(AddressException.class)
                .hasMessage(
                        "SSL_connect(): self signed certificate: \"CN = host.test\" is not in"
                                + " cafile");
    }

    @Test
    void aServerOfAnotherNameIsRefused() {
        usually();
        clientContext.with("commonname", "other.test");
        assertThatThrownBy(this::connect)
                .isInstanceOf(AddressException.class)
                .hasMessageContaining("does not match hostname \"other.test\"")
                .hasMessageContaining("it is for host.test");
    }

    @Test
    void aClientWithoutCertificateIsRefused() {
        serverContext
                .with("cert", openssl.name("server.pem"))
                .with("cafile", openssl.name("client.crt"));
        clientContext.with("verify", "0").with("max-proto-version", "TLS1.2");
        assertThatThrownBy(this::connect)
                .isInstanceOf(AddressException.class)
                .hasMessageContaining("SSL_connect(): ");
    }

    @Test
    void garbageIsNoTls() {
        usually();
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK, 0, pair),
                () -> "socketpair()");
        byte[] garbage = "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        Libc.write(pair[0], garbage, 0, garbage.length);
        assertThatThrownBy(() -> new ServerStage().open(serverContext, end(serverContext, pair[1])))
                .isInstanceOf(AddressException.class)
                .hasMessage("SSL_accept(): wrong version number: the peer does not speak TLS");
        new Fd(pair[0]).close();
    }

    @Test
    void anEndWithoutCloseNotifyIsAnError() {
        usually();
        Both both = connect();
        open.getFirst();
        Libc.shutdown(pair[0], Linux.SHUT_WR);
        ByteBuffer target = ByteBuffer.allocateDirect(8192);
        assertThatThrownBy(
                        () -> {
                            while (both.server().read(target.clear()) == 0) {
                                Thread.yield();
                            }
                        })
                .isInstanceOf(AddressException.class)
                .hasMessageContaining("unexpected eof while reading");
    }

    @Test
    void forgedBytesEndTheConnection() {
        usually();
        Both both = connect();
        byte[] forged = {23, 3, 3, 0, 32, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        byte[] record = Arrays.copyOf(forged, 37);
        Libc.write(pair[0], record, 0, record.length);
        ByteBuffer target = ByteBuffer.allocateDirect(8192);
        assertThatThrownBy(
                        () -> {
                            while (both.server().read(target.clear()) == 0) {
                                Thread.yield();
                            }
                        })
                .isInstanceOf(AddressException.class)
                .hasMessageStartingWith("SSL_read(): ");
    }

    /** An alert of TLS 1.2 that ends the input is believed only once it has been checked. */
    @Test
    void aForgedEndOfTls12IsFoundOut() {
        usually();
        clientContext.with("max-proto-version", "TLS1.2");
        Both both = connect();
        byte[] forged = Arrays.copyOf(new byte[] {21, 3, 3, 0, 26}, 31);
        Libc.write(pair[0], forged, 0, forged.length);
        ByteBuffer target = ByteBuffer.allocateDirect(8192);
        int count = 0;
        while (count == 0) {
            count = both.server().read(target.clear());
        }
        assertThat(count).isEqualTo(Endpoint.END);
        assertThatThrownBy(() -> both.server().shutdownOutput())
                .isInstanceOf(AddressException.class)
                .hasMessageStartingWith("SSL_read(): ");
    }

    @Test
    void aHandshakeWithoutAnAnswerEndsWithTheConnection() {
        usually();
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK, 0, pair),
                () -> "socketpair()");
        CompletableFuture<Endpoint> client =
                CompletableFuture.supplyAsync(
                        () -> new ClientStage().open(clientContext, end(clientContext, pair[0])));
        new Fd(pair[1]).close();
        assertThatThrownBy(client::join)
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("SSL_connect(): ");
    }

    /** Groups that the runtime lacks. */
    @Test
    void postQuantumGroupsAreBouncyCastles() {
        usually();
        serverContext.with("groups", "X25519MLKEM768");
        clientContext.with("groups", "X25519MLKEM768");
        Both both = connect();
        byte[] bytes = random(20_000);
        assertThat(pump(both.client(), bytes, both.server(), false)).isEqualTo(bytes);
        assertThat(pump(both.server(), bytes, both.client(), false)).isEqualTo(bytes);
    }
}
