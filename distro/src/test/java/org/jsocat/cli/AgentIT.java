package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that know nothing of jsocat, and connect through chains by its agent. */
@Timeout(120)
final class AgentIT {
    private static final Path TARGET = Path.of(System.getProperty("jsocat.agent", "/nonexistent"));
    private static final byte[] GRANTED = {5, 0, 0, 1, 0, 0, 0, 0, 0, 0};

    private static final String WEB_CLIENTS =
            """
            import java.net.*;
            import java.net.http.*;
            public final class Program {
                public static void main(String[] urls) throws Exception {
                    URI url = URI.create(urls[0]);
                    URLConnection connection = url.toURL().openConnection();
                    System.out.println(new String(connection.getInputStream().readAllBytes()));
                    try (HttpClient client = HttpClient.newHttpClient()) {
                        System.out.println(client.send(
                            HttpRequest.newBuilder(url).build(),
                            HttpResponse.BodyHandlers.ofString()).body());
                    }
                    try {
                        new Socket("refused.example.onion", 9).close();
                    } catch (ConnectException refused) {
                        System.out.println("refused: " + refused.getMessage());
                    }
                }
            }
            """;

    private static final String DATABASE_CLIENT =
            """
            import java.sql.*;
            public final class Program {
                public static void main(String[] url) throws Exception {
                    try (Connection connection = DriverManager.getConnection(url[0]);
                            Statement statement = connection.createStatement();
                            ResultSet row = statement.executeQuery("select 6 * 7, inet_server_addr() is null")) {
                        row.next();
                        System.out.println(row.getInt(1) + " " + row.getBoolean(2));
                    }
                }
            }
            """;

    @TempDir private Path folder;

    @BeforeEach
    void theAgentIsThere() {
        assumeTrue(Files.isDirectory(TARGET.resolve("lib")), "the module agent was not built");
    }

    private static Path agent() throws IOException {
        try (Stream<Path> jars = Files.list(TARGET)) {
            return jars.filter(jar -> jar.toString().endsWith(".jar")).findFirst().orElseThrow();
        }
    }

    /** Runs a program as its users do, with nothing but a switch of the JVM more. */
    private String run(String source, String rules, Optional<Path> jar, String argument)
            throws IOException, InterruptedException {
        Path program = Files.writeString(folder.resolve("Program.java"), source);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-javaagent:" + agent() + "=" + rules));
        jar.ifPresent(path -> command.addAll(List.of("-cp", path.toString())));
        command.addAll(List.of(program.toString(), argument));
        return RunningSocat.run(command.toArray(String[]::new));
    }

    /** A server of SOCKS5 that has every host itself: it answers requests with the host's name. */
    private static void serve(ServerSocket server) {
        while (true) {
            try (Socket client = server.accept();
                    DataInputStream input = new DataInputStream(client.getInputStream())) {
                input.readFully(new byte[input.readShort() & 0xff]);
                client.getOutputStream().write(new byte[] {5, 0});
                input.readFully(new byte[4]);
                String host =
                        new String(input.readNBytes(input.readByte()), StandardCharsets.US_ASCII);
                int port = input.readUnsignedShort();
                client.getOutputStream().write(GRANTED);
                while (!line(input).isEmpty()) {
                    // the request's head
                }
                String body = host + " at " + port;
                String answer =
                        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s";
                client.getOutputStream()
                        .write(
                                answer.formatted(body.length(), body)
                                        .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException over) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    private static String line(DataInputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Test
    void clientsOfTheWebGoThroughAProxy() throws IOException, InterruptedException {
        try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> serve(proxy));
            Path rules =
                    Files.writeString(
                            folder.resolve("rules"),
                            """
                            # a name that only the proxy knows
                            refused.*:* = UNIX-CONNECT:%1$s/nobody
                            *.onion:* = socks5:%%h:%%p|TCP:127.0.0.1:%2$d
                            """
                                    .formatted(folder, proxy.getLocalPort()));
            assertThat(run(WEB_CLIENTS, rules.toString(), Optional.empty(), "http://hidden.onion/"))
                    .startsWith("hidden.onion at 80\nhidden.onion at 80\nrefused: connect(")
                    .contains(folder + "/nobody\"")
                    .endsWith(": No such file or directory\n");
        }
    }

    @Test
    void aDatabaseIsReachedByItsOwnSocket() throws Exception {
        Path driver =
                Path.of(
                        Class.forName("org.postgresql.Driver")
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        try (Database database = Database.start(folder)) {
            assertThat(
                            run(
                                    DATABASE_CLIENT,
                                    "db.example.invalid:5432=UNIX-CONNECT:" + database.socket(),
                                    Optional.of(driver),
                                    "jdbc:postgresql://db.example.invalid/postgres?user=postgres&sslmode=disable"))
                    .isEqualTo("42 true\n");
        }
    }

    @Test
    void aRuleThatIsWrongEndsTheProgramBeforeItBegins() throws IOException, InterruptedException {
        Process program =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-javaagent:" + agent() + "=somewhere = TCP:127.0.0.1:1",
                                "-version")
                        .redirectErrorStream(true)
                        .start();
        assertThat(program.inputReader().lines())
                .contains(
                        "jsocat agent: rule \"somewhere = TCP:127.0.0.1:1\": it is not of the form"
                                + " HOST:PORT = CHAIN");
        assertThat(program.waitFor()).isOne();
    }
}
