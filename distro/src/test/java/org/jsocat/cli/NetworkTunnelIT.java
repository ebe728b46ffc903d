package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Networks of two namespaces that are joined by TUN on either side. */
@Timeout(300)
@ExtendWith(ShowsPrograms.class)
final class NetworkTunnelIT {
    @TempDir private Path folder;
    private final String left = "jsocat-l" + ProcessHandle.current().pid();
    private final String right = "jsocat-r" + ProcessHandle.current().pid();

    @BeforeEach
    void makeNamespaces() throws Exception {
        assumeTrue(RunningSocat.isThere("ip"), "ip is missing");
        assumeTrue(RunningSocat.isThere("ping"), "ping is missing");
        assumeTrue(Files.isReadable(Path.of("/dev/net/tun")), "/dev/net/tun is missing");
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        for (String namespace : List.of(left, right)) {
            RunningSocat.run("ip", "netns", "add", namespace);
            in(namespace, "ip", "link", "set", "lo", "up");
        }
    }

    @AfterEach
    void removeNamespaces() throws IOException, InterruptedException {
        for (String namespace : List.of(left, right)) {
            new ProcessBuilder("ip", "netns", "del", namespace).start().waitFor();
        }
    }

    private static String in(String namespace, String... command) throws Exception {
        String[] all = new String[command.length + 4];
        all[0] = "ip";
        all[1] = "netns";
        all[2] = "exec";
        all[3] = namespace;
        System.arraycopy(command, 0, all, 4, command.length);
        return RunningSocat.run(all);
    }

    private static boolean isUp(String namespace, String device) throws Exception {
        return in(namespace, "ip", "-br", "link", "show")
                .lines()
                .anyMatch(line -> line.startsWith(device) && line.contains("UP"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "TCP4-LISTEN:PORT,bind=127.0.0.1; TCP4:127.0.0.1:PORT; tun",
                "TCP4-LISTEN:PORT,bind=127.0.0.1; TCP4:127.0.0.1:PORT; tap",
                "UDP4-LISTEN:PORT,bind=127.0.0.1; UDP4:127.0.0.1:PORT; tun",
                "UDP4-LISTEN:PORT,bind=127.0.0.1; UDP4:127.0.0.1:PORT; tap",
                "OPENSSL-LISTEN:PORT,pf=ip4,bind=127.0.0.1,cert=PEM,key=PEM.key,cafile=PEM;"
                    + " OPENSSL:127.0.0.1:PORT,cert=PEM,key=PEM.key,cafile=PEM,commonname=vpn; tun",
                "OPENSSL-DTLS-SERVER:PORT,pf=ip4,bind=127.0.0.1,cert=PEM,key=PEM.key,cafile=PEM;"
                    + " OPENSSL-DTLS-CLIENT:127.0.0.1:PORT,cert=PEM,key=PEM.key,cafile=PEM,commonname=vpn;"
                    + " tun"
            })
    void packetsCross(String listen, String connect, String type) throws Exception {
        String port = Integer.toString(Ports.free());
        Path pem = folder.resolve("pem");
        if (listen.contains("PEM")) {
            assumeTrue(RunningSocat.isThere("openssl"), "openssl is missing");
            RunningSocat.certificate(pem, "vpn");
        }
        String options = ",up,tun-name=vpn0,if-mtu=1400,tun-type=" + type + ",netns=";
        try (RunningSocat server =
                RunningSocat.start(
                        "TUN:10.99.7.1/24" + options + left,
                        listen.replace("PORT", port).replace("PEM", pem.toString()))) {
            server.await(Pattern.compile("listening on .*AF=2"));
            try (RunningSocat client =
                    RunningSocat.start(
                            "TUN:10.99.7.2/24" + options + right,
                            connect.replace("PORT", port).replace("PEM", pem.toString()))) {
                client.await(Pattern.compile("starting data transfer loop"));
                assertThat(in(right, "ping", "-c", "3", "-w", "60", "10.99.7.1"))
                        .contains("3 received");
                assertThat(in(right, "ip", "link", "show", "vpn0")).contains("mtu 1400");
                if (RunningSocat.isThere("iperf3")) {
                    measure();
                }
            }
        }
        RunningSocat.await("the interface goes with its program", () -> !isUp(left, "vpn0"));
    }

    /** A connection that crosses the tunnel moves bytes. */
    private void measure() throws Exception {
        Process server =
                new ProcessBuilder(
                                "ip",
                                "netns",
                                "exec",
                                left,
                                "iperf3",
                                "-s",
                                "-1",
                                "--forceflush",
                                "-B",
                                "10.99.7.1")
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader lines = server.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.contains("Server listening")) {
                line = lines.readLine();
            }
            assertThat(line).isNotNull();
            assertThat(in(right, "iperf3", "-c", "10.99.7.1", "-n", "2M", "-f", "m"))
                    .contains("receiver");
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    @Test
    void aListenerInANamespaceIsReachedFromThereOnly() throws Exception {
        try (RunningSocat server =
                RunningSocat.start("TCP4-LISTEN:0,bind=127.0.0.1,fork,netns=" + left, "PIPE")) {
            String port = Integer.toString(server.port());
            String address = "TCP4:127.0.0.1:" + port;
            String echo = "echo hello | " + RunningSocat.PROGRAM + " -t 20 - " + address;
            assertThat(in(left, "sh", "-c", echo)).isEqualTo("hello\n");
            assertThat(in(right, "sh", "-c", echo + " 2>&1 || true"))
                    .contains("Connection refused");
        }
    }
}
