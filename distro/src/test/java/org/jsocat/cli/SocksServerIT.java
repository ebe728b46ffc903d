package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jsocat.cli.RunningSocat.Conversation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** SOCKS with dante's server. */
@Timeout(180)
@ExtendWith(ShowsPrograms.class)
final class SocksServerIT {
    @TempDir private Path folder;
    private Process dante;
    private int port;

    @BeforeEach
    void startServer() throws Exception {
        assumeTrue(RunningSocat.isThere("danted"), "danted is missing");
        assumeTrue("root".equals(System.getProperty("user.name")), "the test is not run by root");
        port = Ports.free();
        Path configuration = folder.resolve("danted.conf");
        Files.writeString(
                configuration,
                """
                logoutput: stderr
                internal: 127.0.0.1 port = %d
                external: lo
                clientmethod: none
                socksmethod: none
                user.privileged: root
                user.unprivileged: nobody
                client pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }
                socks pass { from: 0.0.0.0/0 to: 0.0.0.0/0 }
                """
                        .formatted(port));
        dante =
                new ProcessBuilder("/usr/sbin/danted", "-N", "1", "-f", configuration.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("danted.log").toFile())
                        .start();
    }

    @AfterEach
    void endServer() throws InterruptedException {
        if (dante != null) {
            dante.destroy();
            assertThat(dante.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private String address(String pattern, int target) {
        return pattern.replace("PORT", Integer.toString(port))
                        .replace("TARGET", Integer.toString(target))
                + ",retry=600,interval=0.1";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SOCKS4:127.0.0.1:127.0.0.1:TARGET,socksport=PORT",
                "SOCKS5-CONNECT:127.0.0.1:PORT:127.0.0.1:TARGET",
                "socks5:127.0.0.1:TARGET|tcp:127.0.0.1:PORT"
            })
    void danteConnects(String pattern) throws Exception {
        try (EchoServer server = EchoServer.start();
                RunningSocat socat = RunningSocat.start("-", address(pattern, server.port()))) {
            Conversation talk = socat.conversation();
            talk.say("through dante\n");
            assertThat(talk.hear("\n")).isEqualTo("through dante\n");
        }
    }

    /** Port 1 of the loopback interface has no server. */
    @ParameterizedTest
    @CsvSource({
        "SOCKS4:127.0.0.1:127.0.0.1:1;socksport=PORT, socks: connect request rejected or failed",
        "SOCKS5-CONNECT:127.0.0.1:PORT:127.0.0.1:1, SOCKS5 server error 5: connection refused"
    })
    void whatDanteRefusesIsTold(String pattern, String message) throws Exception {
        RunningSocat.await("danted listens", this::listens);
        try (RunningSocat socat =
                RunningSocat.start("-", address(pattern.replace(';', ','), 1).split(",retry")[0])) {
            socat.await(Pattern.compile(Pattern.quote(message)));
            assertThat(socat.status()).isEqualTo(1);
        }
    }
}
