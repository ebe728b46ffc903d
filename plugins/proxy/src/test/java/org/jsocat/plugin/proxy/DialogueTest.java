package org.jsocat.plugin.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is said to proxies and how their answers are taken, over a socket pair. */
@Timeout(300)
class DialogueTest {
    private static final String GRANTED4 = "\0\132\0\0\0\0\0\0";
    private static final String HELLO5 = "\5\0";
    private static final String GRANTED5 = "\5\0\0\1\177\0\0\1\0\120";

    private Fd ours;
    private Fd proxy;

    @BeforeEach
    void connect() {
        int[] pair = new int[2];
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK, 0, pair),
                () -> "socketpair()");
        ours = new Fd(pair[0]);
        proxy = new Fd(pair[1]);
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private static Opening address(String keyword, String host, String port) {
        return Opening.of(
                new ProxyAddresses(),
                keyword,
                List.of(new HttpOptions(), new SocksOptions()),
                host,
                port);
    }

    private void answers(String answer) {
        byte[] bytes = answer.getBytes(ISO_8859_1);
        assertThat(Libc.write(proxy.number(), bytes, 0, bytes.length)).isEqualTo(bytes.length);
    }

    private String asked() {
        byte[] bytes = new byte[4096];
        int count = (int) Libc.read(proxy.number(), bytes, 0, bytes.length);
        return new String(bytes, 0, Math.max(0, count), ISO_8859_1);
    }

    private Endpoint open(Opening address) {
        return address.stage(DescriptorEndpoint.over(address, ours).socket().build());
    }

    /** Opens it and reads the data behind the answer. */
    private void opens(Opening address) {
        try (Endpoint endpoint = open(address)) {
            ByteBuffer data = ByteBuffer.allocateDirect(100);
            assertThat(endpoint.read(data)).isEqualTo(4);
            assertThat(ISO_8859_1.decode(data.flip()).toString()).isEqualTo("data");
            assertThat(endpoint.read(data.clear())).isZero();
        }
        assertThat(address.unused()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\n\r\n",
                "HTTP/1.1 200 Connection established\r\nVia: a\r\nX: b\r\n\r\n",
                "HTTP/1.0   200\r\n\r\n"
            })
    void proxyConnects(String answer) {
        answers(answer + "data");
        opens(address("PROXY", "host.test", "80"));
        assertThat(asked()).isEqualTo("CONNECT host.test:80 HTTP/1.0\r\n\r\n");
    }

    @Test
    void optionsOfTheRequest(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("credentials"), "user:s3cret\n");
        answers("HTTP/1.0 200 OK\n\ndata");
        Opening address =
                address("PROXY", "localhost", "http")
                        .with("ignorecr")
                        .with("http-version", "1.1")
                        .with("resolve")
                        .with("proxyauthfile", file.toString());
        opens(address);
        assertThat(asked())
                .isEqualTo(
                        "CONNECT 127.0.0.1:80 HTTP/1.1\r\n"
                                + "Proxy-authorization: Basic dXNlcjpzM2NyZXQ=\r\n\r\n");
        assertThat(address.lines()).noneMatch(line -> line.contains("dXNlcjpz"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"HTTP/1.0 403  Forbidden - by rule\" | CONNECT a.test:80: Forbidden - by rule",
                "SSH-2.0-OpenSSH                       | proxy: invalid answer \"SSH-2.0-OpenSSH\"",
            })
    void proxyRefuses(String line, String message) {
        answers(line.strip() + "\r\n\r\n");
        assertThatThrownBy(() -> open(address("PROXY", "a.test", "80"))).hasMessage(message);
    }

    @Test
    void proxyThatEndsOrNeverDoesIsNone() {
        answers("HTTP/1.0 200 OK\r\nX: " + "x".repeat(3000));
        assertThatThrownBy(() -> open(address("PROXY", "a.test", "80")))
                .hasMessage("proxy answer exceeds 2048 bytes, aborting");
        connect();
        answers("HTTP/1.0 200 OK\r\n" + "X: y\r\n".repeat(12_000));
        assertThatThrownBy(() -> open(address("PROXY", "a.test", "80")))
                .hasMessage("proxy answer exceeds 65536 bytes, aborting");
        connect();
        answers("HTTP/1.0 200 OK\r\n");
        Libc.shutdown(proxy.number(), Linux.SHUT_WR);
        assertThatThrownBy(() -> open(address("PROXY", "a.test", "80")))
                .hasMessage("proxy_connect: connection closed by proxy");
    }

    @Test
    void socks4Connects() {
        answers(GRANTED4 + "data");
        opens(address("SOCKS4", "127.0.0.2", "80").with("socksuser", "me"));
        assertThat(asked()).isEqualTo("\4\1\0P\177\0\0\2me\0");
    }

    @Test
    void socks4aLeavesTheNameToTheServer() {
        answers(GRANTED4 + "data");
        opens(address("SOCKS4A", "host.test", "80").with("socksuser", ""));
        assertThat(asked()).isEqualTo("\4\1\0P\0\0\0\1\0host.test\0");
    }

    @ParameterizedTest
    @CsvSource({
        "91, connect request rejected or failed",
        "92, ident refused by client",
        "93, ident failed",
        "7, undefined status 7"
    })
    void socks4Refuses(int status, String reason) {
        answers("\0" + (char) status + "\0\0\0\0\0\0");
        assertThatThrownBy(() -> open(address("SOCKS4", "127.0.0.1", "80")))
                .hasMessage("socks: " + reason);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 1:127-0-0-1",
        "::1, 4:0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-1",
        "[::1], 4:0-0-0-0-0-0-0-0-0-0-0-0-0-0-0-1",
        "h.test, 3:6-104-46-116-101-115-116",
    })
    void socks5Connects(String host, String target) {
        answers(HELLO5 + GRANTED5 + "data");
        opens(address("SOCKS5-CONNECT", host, "80"));
        StringBuilder bytes = new StringBuilder("\5\1\0\5\1\0");
        bytes.append((char) Integer.parseInt(target.substring(0, 1)));
        for (String part : target.substring(2).split("-")) {
            bytes.append((char) Integer.parseInt(part));
        }
        assertThat(asked()).isEqualTo(bytes.append("\0P").toString());
    }

    @Test
    void socks5TellsWhoAsks() {
        answers("\5\2\1\0" + GRANTED5 + "data");
        Opening address =
                address("SOCKS5", "127.0.0.1", "80")
                        .with("socksuser", "me")
                        .with("sockspass", "s3cret");
        opens(address);
        assertThat(asked()).startsWith("\5\2\0\2\1\2me\6s3cret\5\1\0");
        assertThat(address.lines()).noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void socks5WaitsForAConnection() {
        answers(HELLO5 + GRANTED5 + "\5\0\0\3\4host\0P" + "data");
        opens(address("SOCKS5-LISTEN", "127.0.0.1", "80"));
        assertThat(asked()).startsWith("\5\1\0\5\2\0\1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5-255               | SOCKS5 authentication negotiation failed - client & server"
                        + " have no common supported methods",
                "4-0                 | SOCKS5 server hello version was 4, not the expected 5, peer"
                        + " might not be a SOCKS5 server",
                "5-2                 | authentication with SOCKS5 server failed",
                "5-0-5-5-0-1-0-0-0-0-0-0 | SOCKS5 server error 5: connection refused",
                "5-0-5-0-0-9-0-0     | invalid SOCKS5 reply address type (9)",
                "5-0-4-0-0-1-0-0-0-0-0-0 | SOCKS5 reply version was 4, not the expected 5, peer"
                        + " might not be a SOCKS5 server",
            })
    void socks5Refuses(String answer, String message) {
        StringBuilder bytes = new StringBuilder();
        for (String part : answer.strip().split("-")) {
            bytes.append((char) Integer.parseInt(part));
        }
        answers(bytes.toString());
        assertThatThrownBy(() -> open(address("SOCKS5", "127.0.0.1", "80"))).hasMessage(message);
    }

    @Test
    void credentialsThatOthersCanSeeAreWarnedAbout() {
        Opening address = address("PROXY", "a.test", "80").with("proxyauth", "me:s3cret");
        new HttpConnect().prepare(address);
        assertThat(address.lines())
                .containsExactly(
                        "W the list of processes shows the value of proxy-authorization;"
                                + " proxy-authorization-file keeps it");
    }

    @Test
    void whatIsTooLongIsSaid() {
        assertThatThrownBy(() -> open(address("SOCKS5", "h".repeat(256), "80")))
                .hasMessage("target hostname too long (>255 bytes), aborting");
    }
}
