package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jsocat.cli.RunningSocat.Conversation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Options of TLS that are the whole process's in the Java runtime, and peers that only wait. */
@Timeout(300)
@ExtendWith(ShowsPrograms.class)
final class TlsOptionsIT {
    @TempDir private Path folder;
    private Path pem;

    @BeforeEach
    void makeCertificate() throws Exception {
        assumeTrue(RunningSocat.isThere("openssl"), "openssl is missing");
        pem = folder.resolve("pem");
        RunningSocat.certificate(pem, "localhost");
    }

    private RunningSocat server(String options) throws Exception {
        return RunningSocat.start(
                "OPENSSL-LISTEN:0,pf=ip4,bind=127.0.0.1,fork,verify=0,cert="
                        + pem
                        + ",key="
                        + pem
                        + ".key"
                        + options,
                "PIPE");
    }

    /** What openssl's client says of a connection; it leaves when a line has come back. */
    private static String client(int port, String... further) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        command.addAll(List.of(further));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder text = new StringBuilder();
        try (OutputStream input = process.getOutputStream()) {
            input.write("echoed\n".getBytes(ISO_8859_1));
            input.flush();
            int next = process.getInputStream().read();
            while (next >= 0 && !text.toString().endsWith("echoed")) {
                text.append((char) next);
                next = process.getInputStream().read();
            }
        } catch (IOException over) {
            // It has ended already: what it said tells why.
        }
        text.append(new String(process.getInputStream().readAllBytes(), ISO_8859_1));
        process.waitFor();
        return text.toString();
    }

    @Test
    void theFirstVersionOfTlsIsThereWhereItIsAskedFor() throws Exception {
        String[] old = {"-tls1", "-cipher", "ALL:@SECLEVEL=0"};
        try (RunningSocat server = server(",min-proto-version=TLS1.0")) {
            assertThat(client(server.port(), old)).contains("New, TLSv1.0, Cipher is ECDHE-RSA");
        }
        try (RunningSocat server = server("")) {
            assertThat(client(server.port(), old)).doesNotContain("Cipher is ECDHE-RSA");
        }
    }

    @Test
    void sessionsAreResumed() throws Exception {
        String session = folder.resolve("session").toString();
        try (RunningSocat server = server("")) {
            for (String version : List.of("-tls1_2", "-tls1_3")) {
                assertThat(client(server.port(), version, "-sess_out", session)).contains("New, ");
                assertThat(client(server.port(), version, "-sess_in", session))
                        .contains("Reused, ");
            }
        }
    }

    /** Counts the longest record that goes through it, from the server to the client. */
    private static final class RecordGauge implements AutoCloseable {
        private final ServerSocket listener =
                new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final AtomicInteger toClient = new AtomicInteger();
        private final AtomicInteger toServer = new AtomicInteger();
        private final int target;

        RecordGauge(int target) throws IOException {
            this.target = target;
            Thread.ofVirtual().start(this::serve);
        }

        int port() {
            return listener.getLocalPort();
        }

        private void serve() {
            try (Socket client = listener.accept();
                    Socket server = new Socket()) {
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                Thread there = Thread.ofVirtual().start(() -> copy(client, server, toServer));
                copy(server, client, toClient);
                there.join();
            } catch (IOException | InterruptedException over) {
                // The test looks at what was counted.
            }
        }

        private static void copy(Socket from, Socket to, AtomicInteger longest) {
            try {
                InputStream input = from.getInputStream();
                byte[] header = input.readNBytes(5);
                while (header.length == 5) {
                    int length = (header[3] & 0xff) << 8 | (header[4] & 0xff);
                    byte[] content = input.readNBytes(length);
                    if (header[0] == 23) {
                        longest.accumulateAndGet(length, Math::max);
                    }
                    to.getOutputStream().write(header);
                    to.getOutputStream().write(content);
                    header = input.readNBytes(5);
                }
                to.shutdownOutput();
            } catch (IOException over) {
                // The other direction ends, too.
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    /** What the longest records were when 20,000 bytes had gone there and back. */
    private RecordGauge echoed(String clientOptions, String serverOptions) throws Exception {
        try (RunningSocat server = server(serverOptions);
                RecordGauge gauge = new RecordGauge(server.port());
                RunningSocat client =
                        RunningSocat.start(
                                "-",
                                "OPENSSL:127.0.0.1:"
                                        + gauge.port()
                                        + ",verify=0,max-proto-version=TLS1.2"
                                        + clientOptions)) {
            Conversation talk = client.conversation();
            String line = "x".repeat(19_999) + "\n";
            talk.say(line);
            assertThat(talk.hear("\n")).isEqualTo(line);
            return gauge;
        }
    }

    @Test
    void recordsAreAsLongAsIsAskedFor() throws Exception {
        int overhead = 64;
        RecordGauge usual = echoed("", "");
        assertThat(usual.toServer.get()).isGreaterThan(4096 + overhead);
        RecordGauge sent = echoed(",maxsendfrag=600", ",maxsendfrag=700");
        assertThat(sent.toServer.get()).isBetween(500, 600 + overhead);
        assertThat(sent.toClient.get()).isBetween(600, 700 + overhead);
        RecordGauge agreed = echoed(",maxfraglen=1024", "");
        assertThat(agreed.toServer.get()).isBetween(500, 1024 + overhead);
        assertThat(agreed.toClient.get()).isBetween(500, 1024 + overhead);
    }

    @Test
    void clientsThatSayNothingDoNotKeepOthersWaiting() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try (RunningSocat server = server("")) {
            for (int i = 0; i < 200; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
                silent.getLast().getOutputStream().write(new byte[] {22, 3, 1, 1}, 0, i % 5);
            }
            try (RunningSocat client =
                    RunningSocat.start("-", "OPENSSL:127.0.0.1:" + server.port() + ",verify=0")) {
                Conversation talk = client.conversation();
                talk.say("beside them\n");
                assertThat(talk.hear("\n")).isEqualTo("beside them\n");
            }
        } finally {
            for (Socket one : silent) {
                one.close();
            }
        }
    }
}
