package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jsocat.cli.RunningSocat.Conversation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** TLS with others: openssl, curl, a web server, and over terminals. */
@Timeout(300)
@ExtendWith(ShowsPrograms.class)
final class TlsIT {
    private static final String BOUND = ",bind=127.0.0.1,reuseaddr";

    @TempDir private Path folder;

    @BeforeEach
    void requireOpenssl() {
        assumeTrue(RunningSocat.isThere("openssl"), "openssl is missing");
    }

    /** A certificate that signs itself; its file with the key, too. */
    private String certificate(String name, String... algorithm) throws Exception {
        Path pem = folder.resolve(name + ".pem");
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes"));
        command.addAll(List.of(algorithm));
        command.addAll(List.of("-subj", "/CN=localhost", "-days", "2"));
        command.addAll(List.of("-keyout", pem + ".key", "-out", folder.resolve(name) + ".crt"));
        RunningSocat.run(command.toArray(String[]::new));
        Files.writeString(
                pem,
                Files.readString(Path.of(pem + ".key"))
                        + Files.readString(folder.resolve(name + ".crt")));
        return pem.toString();
    }

    private String rsa(String name) throws Exception {
        return certificate(name, "-newkey", "rsa:2048");
    }

    private static Conversation talk(Process process) {
        return new Conversation(process.getInputStream(), process.getOutputStream(), () -> {});
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1_2, -newkey rsa:2048",
        "-tls1_3, -newkey rsa:2048",
        "-tls1_2, -newkey ec -pkeyopt ec_paramgen_curve:P-256",
        "-tls1_3, -newkey ec -pkeyopt ec_paramgen_curve:P-384",
        "-tls1_2, -newkey ed25519",
        "-tls1_3, -newkey ed25519",
    })
    void opensslsClientAndServerTalkWithOurs(String version, String algorithm) throws Exception {
        String pem = certificate("server", algorithm.split(" "));
        String trusted = folder.resolve("server.crt").toString();
        try (RunningSocat server =
                RunningSocat.start(
                        "OPENSSL-LISTEN:0,pf=ip4,verify=0,cert=" + pem + BOUND, "PIPE")) {
            Process client =
                    new ProcessBuilder(
                                    "openssl",
                                    "s_client",
                                    "-quiet",
                                    "-verify_return_error",
                                    "-CAfile",
                                    trusted,
                                    version,
                                    "-connect",
                                    "127.0.0.1:" + server.port())
                            .redirectError(folder.resolve("client.log").toFile())
                            .start();
            try (Conversation talk = talk(client)) {
                talk.say("to our server\n");
                assertThat(talk.hear("\n")).isEqualTo("to our server\n");
            } finally {
                client.destroy();
            }
        }
        int port = Ports.free();
        Process server =
                new ProcessBuilder(
                                "openssl",
                                "s_server",
                                "-quiet",
                                "-cert",
                                pem,
                                version,
                                "-rev",
                                "-accept",
                                "127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .start();
        try (RunningSocat client =
                RunningSocat.start(
                        "-",
                        "OPENSSL:127.0.0.1:"
                                + port
                                + ",commonname=localhost,retry=600,interval=0.1,cafile="
                                + trusted)) {
            Conversation talk = client.conversation();
            talk.say("to theirs\n");
            assertThat(talk.hear("\n")).isEqualTo("srieht ot\n");
        } finally {
            server.destroy();
        }
    }

    @Test
    void eachSideKnowsTheOtherOrEnds() throws Exception {
        String ours = rsa("server");
        String theirs = rsa("client");
        String other = rsa("stranger");
        try (RunningSocat server =
                RunningSocat.start(
                        "OPENSSL-LISTEN:0,pf=ip4,fork,cert="
                                + ours
                                + ",cafile="
                                + folder
                                + "/client.crt"
                                + BOUND,
                        "SYSTEM:echo $SOCAT_OPENSSL_X509_COMMONNAME; cat")) {
            int port = server.port();
            String address =
                    "OPENSSL:localhost:" + port + ",pf=ip4,cafile=" + folder + "/server.crt,cert=";
            try (RunningSocat client = RunningSocat.start("-", address + theirs)) {
                Conversation talk = client.conversation();
                talk.say("known\n");
                assertThat(talk.hear("known\n")).isEqualTo("localhost\nknown\n");
            }
            try (RunningSocat stranger = RunningSocat.start("-", address + other)) {
                assertThat(stranger.conversation().rest()).isEmpty();
                server.await(Pattern.compile(" E .*certificate"));
            }
        }
    }

    @Test
    void curlGetsFilesOfAWebServerThroughATerminator() throws Exception {
        assumeTrue(RunningSocat.isThere("curl"), "curl is missing");
        assumeTrue(RunningSocat.isThere("nginx"), "nginx is missing");
        byte[] data = new byte[3_000_000];
        new Random(4).nextBytes(data);
        Path root = Files.createDirectory(folder.resolve("root"));
        Files.write(root.resolve("file"), data);
        int port = Ports.free();
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(
                configuration,
                """
                daemon off; master_process off; worker_processes 1; pid %s/pid; error_log %s/error;
                events { }
                http { access_log off; client_body_temp_path %s/t1; proxy_temp_path %s/t2;
                  fastcgi_temp_path %s/t3; uwsgi_temp_path %s/t4; scgi_temp_path %s/t5;
                  server { listen 127.0.0.1:%d; root %s; } }
                """
                        .formatted(
                                folder, folder, folder, folder, folder, folder, folder, port,
                                root));
        Process nginx =
                new ProcessBuilder("nginx", "-c", configuration.toString(), "-p", folder + "/")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("nginx.log").toFile())
                        .start();
        try (RunningSocat socat =
                RunningSocat.start(
                        "OPENSSL-LISTEN:0,pf=ip4,fork,verify=0,cert=" + rsa("server") + BOUND,
                        "TCP4:127.0.0.1:" + port + ",retry=600,interval=0.1")) {
            String url = "https://127.0.0.1:" + socat.port() + "/file";
            List<Process> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(
                        new ProcessBuilder("curl", "-sSk", "-o", folder + "/got" + i, url)
                                .inheritIO()
                                .start());
            }
            for (int i = 0; i < 4; i++) {
                assertThat(clients.get(i).waitFor()).as("curl's status").isZero();
                assertThat(Files.readAllBytes(folder.resolve("got" + i))).isEqualTo(data);
            }
        } finally {
            nginx.destroy();
            assertThat(nginx.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void twoThatConnectMeetAtTwoThatListen() throws Exception {
        String ours = rsa("server");
        String theirs = rsa("client");
        int inside = Ports.free();
        int meeting = Ports.free();
        try (EchoServer server = EchoServer.start();
                RunningSocat doubleServer =
                        RunningSocat.start(
                                "TCP4-LISTEN:" + inside + ",fork" + BOUND,
                                "OPENSSL-LISTEN:"
                                        + meeting
                                        + ",pf=ip4,retry=600,interval=0.1,cert="
                                        + ours
                                        + ",cafile="
                                        + folder
                                        + "/client.crt"
                                        + BOUND);
                RunningSocat doubleClient =
                        RunningSocat.start(
                                "OPENSSL:localhost:"
                                        + meeting
                                        + ",pf=ip4,fork,forever,interval=0.1,cert="
                                        + theirs
                                        + ",cafile="
                                        + folder
                                        + "/server.crt",
                                "TCP4:127.0.0.1:" + server.port() + ",forever,interval=0.1")) {
            assertThat(doubleServer.port()).isEqualTo(inside);
            for (int i = 0; i < 3; i++) {
                try (Conversation talk = RunningSocat.connect(inside)) {
                    talk.say("through the firewall " + i + ".");
                    assertThat(talk.hear(".")).isEqualTo("through the firewall " + i + ".");
                }
            }
            assertThat(doubleClient.pid()).isPositive();
        }
    }

    @Test
    void aTerminalIsCarriedByTls() throws Exception {
        Path link = folder.resolve("terminal");
        try (RunningSocat server =
                        RunningSocat.start(
                                "OPENSSL-LISTEN:0,pf=ip4,verify=0,cert=" + rsa("server") + BOUND,
                                "PIPE");
                RunningSocat client =
                        RunningSocat.start(
                                "PTY,link=" + link + ",raw,echo=0",
                                "OPENSSL:127.0.0.1:" + server.port() + ",verify=0")) {
            client.await(Pattern.compile("starting data transfer loop"));
            try (FileOutputStream output = new FileOutputStream(link.toFile());
                    FileInputStream input = new FileInputStream(link.toFile())) {
                Conversation far = new Conversation(input, output, () -> {});
                far.say("\u0003\u0004\r\n raw \u0000 bytes\n.");
                assertThat(far.hear(".")).isEqualTo("\u0003\u0004\r\n raw \u0000 bytes\n.");
            }
        }
    }
}
