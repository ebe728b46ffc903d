package org.jsocat.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;

import org.jsocat.testkit.RecordingLogger;
import org.jsocat.xio.Xio;
import org.jsocat.xio.XioChannel;
import org.jsocat.xio.XioRelay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What a program that embeds jsocat has of its own: clients, threads, logging, settings. */
@Timeout(300)
final class ApplicationTest {
    private static final String ANY = "TCP4-LISTEN:0,bind=127.0.0.1";

    @RegisterExtension
    final XioExtension xio = XioExtension.standard().patience(Duration.ofSeconds(60));

    @TempDir private Path folder;

    private int port(XioRelay relay) throws InterruptedException {
        return ((InetSocketAddress) xio.listening(relay)).getPort();
    }

    /** The client knows TCP only, the relays take it over a socket in the file system. */
    @Test
    void anHttpClientSpeaksThroughALoopbackRelay() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        Path socket = folder.resolve("http");
        XioRelay inner =
                xio.relay(
                        "UNIX-LISTEN:" + socket + ",fork",
                        "TCP4:127.0.0.1:" + server.getAddress().getPort());
        xio.listening(inner);
        XioRelay outer = xio.relay(ANY + ",fork", "UNIX-CONNECT:" + socket);
        byte[] large = new byte[500_000];
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (byte[] body : new byte[][] {{1, 2, 3}, large}) {
                HttpRequest request =
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(outer) + "/"))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build();
                HttpResponse<byte[]> answer =
                        client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(body);
            }
        } finally {
            server.stop(0);
        }
        assertThat(outer.statistics().bytesToFirst()).isGreaterThan(500_000);
    }

    /** A call that waits, on a platform thread that is interrupted. */
    private static Throwable interrupted(Waiting call) throws InterruptedException {
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread thread =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        call.run();
                                        outcome.complete(new AssertionError("it has returned"));
                                    } catch (IOException end) {
                                        outcome.complete(end);
                                    }
                                });
        while (thread.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        Throwable end = outcome.join();
        thread.join();
        return end;
    }

    private interface Waiting {
        void run() throws IOException;
    }

    @Test
    void anInterruptWakesAThreadThatReads() throws Exception {
        try (XioChannel channel = xio.open("PIPE")) {
            assertThat(interrupted(() -> channel.input().read()))
                    .isInstanceOf(ClosedByInterruptException.class);
            assertThat(channel.isOpen()).isFalse();
        }
    }

    @Test
    void anInterruptWakesAThreadThatOpens() throws Exception {
        assertThat(interrupted(() -> xio.open(ANY))).isInstanceOf(IOException.class);
        assertThat(interrupted(() -> xio.open("UNIX-LISTEN:" + folder.resolve("never"))))
                .isInstanceOf(IOException.class);
    }

    /** The provider that this class path has, and no other. */
    @Test
    void linesGoToTheApplicationsOwnBackend() throws Exception {
        RecordingLogger backend = (RecordingLogger) LoggerFactory.getLogger("org.jsocat.xio");
        XioRelay relay = xio.relay("UNIX-CONNECT:" + folder.resolve("nobody"), "PIPE");
        assertThat(relay.await().status()).isEqualTo(1);
        assertThat(backend.lines())
                .anyMatch(
                        line ->
                                line.startsWith("E ")
                                        && line.contains(folder.resolve("nobody").toString()));
    }

    @Test
    void settingsAreARelaysOwn() throws Exception {
        RecordingLogger first = new RecordingLogger();
        RecordingLogger second = new RecordingLogger();
        Xio hasty = Xio.builder().inactivityTimeout(Duration.ofMillis(50)).log(first).build();
        Xio patient = Xio.builder().log(second).build();
        try (XioRelay ends = hasty.join(ANY, "PIPE");
                XioRelay stays = patient.join(ANY, "PIPE");
                Socket one = new Socket(InetAddress.getLoopbackAddress(), port(ends));
                Socket other = new Socket(InetAddress.getLoopbackAddress(), port(stays))) {
            other.getOutputStream().write('x');
            assertThat(other.getInputStream().read()).isEqualTo('x');
            assertThat(one.getInputStream().read()).isEqualTo(-1);
            assertThat(ends.await().status()).isZero();
            assertThat(stays.isRunning()).isTrue();
            other.getOutputStream().write('y');
            assertThat(other.getInputStream().read()).isEqualTo('y');
            assertThat(first.lines()).anyMatch(line -> line.contains("inactivity timeout"));
            assertThat(second.lines())
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("inactivity timeout"));
        }
        assertThatThrownBy(() -> Xio.builder().bufferSize(0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
