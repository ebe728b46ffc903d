package org.jsocat.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.xio.Xio;
import org.jsocat.xio.XioChannel;
import org.jsocat.xio.XioListener;
import org.jsocat.xio.XioRelay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The extension lets pass what ends, and tells by name what does not. */
@Timeout(300)
final class XioExtensionTest {
    private static final String ANY = "TCP4-LISTEN:0,bind=127.0.0.1";

    /** Enough for what happens, on a machine that is busy. */
    private static final Duration LONG = Duration.ofSeconds(60);

    /** Until what does not happen is given up. */
    private static final Duration SHORT = Duration.ofMillis(100);

    @RegisterExtension final XioExtension xio = XioExtension.standard().patience(LONG);

    /** One whose verdict a test looks at itself. */
    private final XioExtension judged = XioExtension.with(Xio.standard()).patience(LONG);

    private Socket connect(XioRelay relay) throws Exception {
        InetSocketAddress at = (InetSocketAddress) xio.listening(relay);
        return new Socket(at.getAddress(), at.getPort());
    }

    @Test
    void whatItOpensLivesAsLongAsTheTest() throws Exception {
        XioListener listener = xio.listen(ANY);
        InetSocketAddress at = (InetSocketAddress) listener.localAddress().orElseThrow();
        XioRelay relay = xio.relay(ANY + ",fork", "TCP4:127.0.0.1:" + at.getPort());
        try (Socket client = connect(relay);
                XioChannel server = listener.accept()) {
            client.getOutputStream().write('x');
            assertThat(server.input().read()).isEqualTo('x');
        }
        assertThat(relay.isRunning()).isTrue();
    }

    @Test
    void whatHasEndedPasses() throws Exception {
        judged.beforeEach(null);
        XioRelay relay = judged.relay(ANY + ",fork", "PIPE");
        try (Socket client = connect(relay)) {
            client.getOutputStream().write('x');
            assertThat(client.getInputStream().read()).isEqualTo('x');
        }
        XioChannel forgotten = judged.open("PIPE");
        judged.afterEach(null);
        assertThat(relay.isRunning()).isFalse();
        assertThat(forgotten.isOpen()).isFalse();
    }

    @Test
    void aConnectionThatIsStillCarriedFails() throws Exception {
        judged.beforeEach(null);
        XioRelay relay = judged.relay(ANY + ",fork", "PIPE");
        try (Socket client = connect(relay)) {
            client.getOutputStream().write('x');
            assertThat(client.getInputStream().read()).isEqualTo('x');
            judged.patience(SHORT);
            assertThatThrownBy(() -> judged.afterEach(null))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("relay " + ANY + ",fork PIPE still transfers")
                    .hasMessageContaining("(socket:[");
        }
        relay.await();
        assertThat(relay.isRunning()).isFalse();
    }

    @Test
    void aRelayOfAnyOriginFails() throws Exception {
        judged.beforeEach(null);
        try (XioRelay relay = Xio.relay(ANY + ",fork", "PIPE")) {
            judged.listening(relay);
            judged.patience(SHORT);
            assertThatThrownBy(() -> judged.afterEach(null)).hasMessageContaining("(socket:[");
        }
        judged.patience(LONG);
        assertThatCode(() -> judged.afterEach(null)).doesNotThrowAnyException();
    }

    @Test
    void anOpenFileFails() throws Exception {
        Path file = Files.createTempFile("left", "over");
        judged.beforeEach(null);
        try (var open = Files.newInputStream(file)) {
            assertThat(open.read()).isEqualTo(-1);
            judged.patience(SHORT);
            assertThatThrownBy(() -> judged.afterEach(null))
                    .hasMessageMatching("left over: descriptor \\d+ \\(" + file + "\\) is open");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void aThreadThatRunsFails() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        judged.beforeEach(null);
        Thread thread =
                Thread.ofPlatform()
                        .name("forgotten")
                        .start(
                                () -> {
                                    try {
                                        end.await();
                                    } catch (InterruptedException never) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        judged.patience(SHORT);
        assertThatThrownBy(() -> judged.afterEach(null))
                .hasMessage("left over: thread \"forgotten\" runs");
        end.countDown();
        thread.join();
        judged.patience(LONG);
        assertThatCode(() -> judged.afterEach(null)).doesNotThrowAnyException();
    }

    @Test
    void inAStaticFieldItHoldsForTheClass() throws Exception {
        judged.beforeAll(null);
        judged.beforeEach(null);
        XioRelay relay = judged.relay(ANY + ",fork", "PIPE");
        judged.listening(relay);
        judged.afterEach(null);
        assertThat(relay.isRunning()).isTrue();
        judged.afterAll(null);
        assertThat(relay.isRunning()).isFalse();
    }

    @Test
    void whatDoesNotListenSaysWhy() throws Exception {
        XioRelay taken;
        try (ServerSocket other = new ServerSocket(0, 1, null)) {
            taken = xio.relay("TCP6-LISTEN:" + other.getLocalPort(), "PIPE");
            assertThatThrownBy(() -> xio.listening(taken))
                    .isInstanceOf(AssertionError.class)
                    .cause()
                    .hasMessageContaining("Address already in use");
        }
        XioRelay silent = xio.relay("PIPE", "PIPE");
        judged.patience(SHORT);
        assertThatThrownBy(() -> judged.listening(silent)).hasMessageContaining("PT0.1S");
        silent.close();
    }
}
