package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jsocat.cli.RunningSocat.Conversation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** ssh through socat, and socat through ssh, with a server of the test's own. */
@Timeout(300)
@ExtendWith(ShowsPrograms.class)
final class RemoteLoginIT {
    /** What sshd wants to be there: an empty folder, which its service makes when it starts. */
    private static final Path SEPARATION = Path.of("/run/sshd");

    @TempDir private Path folder;
    private Process sshd;
    private int port;

    @BeforeEach
    void startServer() throws IOException, InterruptedException {
        assumeTrue(RunningSocat.isThere("sshd"), "sshd is missing");
        assumeTrue(RunningSocat.isThere("ssh"), "ssh is missing");
        assumeTrue("root".equals(System.getProperty("user.name")), "the test is not run by root");
        if (!Files.exists(SEPARATION)) {
            Files.createDirectory(SEPARATION);
        }
        key("host");
        key("login");
        port = Ports.free();
        Files.writeString(
                folder.resolve("config"),
                """
                ListenAddress 127.0.0.1:%d
                HostKey %s/host
                AuthorizedKeysFile %s/login.pub
                PidFile none
                StrictModes no
                PermitRootLogin yes
                """
                        .formatted(port, folder, folder));
        sshd =
                new ProcessBuilder(
                                "/usr/sbin/sshd", "-D", "-e", "-f", folder.resolve("config") + "")
                        .redirectErrorStream(true)
                        .start();
        awaitServer(sshd.inputReader());
    }

    private static void awaitServer(BufferedReader log) throws IOException {
        String line = log.readLine();
        while (line != null && !line.startsWith("Server listening")) {
            line = log.readLine();
        }
        assertThat(line).as("sshd listens").isNotNull();
        Thread.ofVirtual().start(() -> log.lines().forEach(ignored -> {}));
    }

    @AfterEach
    void endServer() throws InterruptedException {
        if (sshd != null) {
            sshd.toHandle().destroy(); // Process.destroy closes the pipe of its log
            assertThat(sshd.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void key(String name) throws IOException, InterruptedException {
        RunningSocat.run(
                "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve(name) + "");
    }

    private List<String> ssh() {
        return new ArrayList<>(
                List.of(
                        "ssh",
                        "-F",
                        "none",
                        "-i",
                        folder.resolve("login").toString(),
                        "-oBatchMode=yes",
                        "-oIdentitiesOnly=yes",
                        "-oStrictHostKeyChecking=no",
                        "-oLogLevel=ERROR",
                        "-oUserKnownHostsFile=" + folder.resolve("known"),
                        "-p" + port));
    }

    @Test
    void sshGoesThroughSocat() throws Exception {
        List<String> command = ssh();
        command.add("-oProxyCommand=" + RunningSocat.PROGRAM + " - TCP:%h:%p");
        command.add("root@127.0.0.1");
        command.add("echo from $((3*5)) there; cat; exit 7");
        Path log = folder.resolve("log");
        Process client = new ProcessBuilder(command).redirectError(log.toFile()).start();
        byte[] data = new byte[3_000_000];
        new Random(1).nextBytes(data);
        CompletableFuture<Void> sent =
                CompletableFuture.runAsync(
                        () -> {
                            try (OutputStream output = client.getOutputStream()) {
                                output.write(data);
                            } catch (IOException failure) {
                                throw new UncheckedIOException(failure);
                            }
                        });
        byte[] greeting = client.getInputStream().readNBytes("from 15 there\n".length());
        assertThat(greeting).as(Files.readString(log)).asString().isEqualTo("from 15 there\n");
        assertThat(client.getInputStream().readAllBytes()).isEqualTo(data);
        sent.get(60, TimeUnit.SECONDS);
        assertThat(client.waitFor()).isEqualTo(7);
    }

    /** ssh over TLS over an HTTP proxy: the server of TLS stands before sshd. */
    @Test
    void sshGoesThroughTlsThroughAProxy() throws Exception {
        assumeTrue(RunningSocat.isThere("tinyproxy"), "tinyproxy is missing");
        assumeTrue(RunningSocat.isThere("openssl"), "openssl is missing");
        Path certificate = folder.resolve("tls.pem");
        RunningSocat.certificate(certificate, "localhost");
        final int proxyPort = Ports.free();
        Path configuration = folder.resolve("proxy.conf");
        Files.writeString(
                configuration,
                "Port " + proxyPort + "\nListen 127.0.0.1\nAllow 127.0.0.1\nTimeout 60\n");
        Process proxy =
                new ProcessBuilder("tinyproxy", "-d", "-c", configuration.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("proxy.log").toFile())
                        .start();
        try (RunningSocat terminator =
                RunningSocat.start(
                        "OPENSSL-LISTEN:0,pf=ip4,bind=127.0.0.1,fork,verify=0,cert="
                                + certificate
                                + ",key="
                                + certificate
                                + ".key",
                        "TCP4:127.0.0.1:" + port)) {
            List<String> command = ssh();
            command.add(
                    "-oProxyCommand="
                            + RunningSocat.PROGRAM
                            + " - 'ssl,verify=0|proxy-connect:%h:"
                            + terminator.port()
                            + "|tcp:127.0.0.1:"
                            + proxyPort
                            + ",retry=600,interval=0.1'");
            command.add("root@127.0.0.1");
            command.add("echo from $((3*5)) there");
            assertThat(RunningSocat.run(command.toArray(String[]::new)))
                    .isEqualTo("from 15 there\n");
        } finally {
            proxy.destroy();
            assertThat(proxy.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** {@code ssh -D} is a server of SOCKS. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SOCKS4:127.0.0.1:127.0.0.1:ECHO,socksport=SOCKS",
                "SOCKS4A:127.0.0.1:localhost:ECHO,socksport=SOCKS",
                "SOCKS5-CONNECT:127.0.0.1:SOCKS:127.0.0.1:ECHO",
                "socks5:localhost:ECHO|tcp:127.0.0.1:SOCKS"
            })
    void sshIsAServerOfSocks(String address) throws Exception {
        int socksPort = Ports.free();
        List<String> command = ssh();
        command.addAll(List.of("-D127.0.0.1:" + socksPort, "-N", "root@127.0.0.1"));
        Process ssh = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (EchoServer server = EchoServer.start();
                RunningSocat socat =
                        RunningSocat.start(
                                "-",
                                address.replace("ECHO", Integer.toString(server.port()))
                                                .replaceAll(
                                                        "(?<=[:=])SOCKS(?=$|[:,])",
                                                        Integer.toString(socksPort))
                                        + ",retry=600,interval=0.1")) {
            Conversation talk = socat.conversation();
            talk.say("through ssh\n");
            assertThat(talk.hear("\n")).isEqualTo("through ssh\n");
        } finally {
            ssh.destroy();
            assertThat(ssh.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void terminalLeadsToAProgramBehindSsh() throws Exception {
        Path link = folder.resolve("terminal");
        String ssh = String.join(" ", ssh()) + " root@127.0.0.1 ";
        try (EchoServer server = EchoServer.start();
                RunningSocat socat =
                        RunningSocat.start(
                                "PTY,link=" + link + ",raw,echo=0,wait-slave,pty-interval=0.05",
                                "EXEC:\""
                                        + ssh
                                        + RunningSocat.PROGRAM
                                        + " - TCP4\\:127.0.0.1\\:"
                                        + server.port()
                                        + "\"")) {
            socat.await(Pattern.compile("PTY is /dev/pts/"));
            RunningSocat.await("the link is there", () -> Files.exists(link));
            try (FileOutputStream output = new FileOutputStream(link.toFile());
                    FileInputStream input = new FileInputStream(link.toFile())) {
                socat.await(Pattern.compile("starting data transfer loop"));
                Conversation far = new Conversation(input, output, () -> {});
                far.say("\u0003\u0004\r\n raw \u0000 bytes\n.");
                assertThat(far.hear(".")).isEqualTo("\u0003\u0004\r\n raw \u0000 bytes\n.");
            }
            assertThat(socat.status()).isZero();
            assertThat(socat.children()).isEmpty();
        }
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }
}
