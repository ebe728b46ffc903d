package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** jlink makes an image of the commands and only the plugins that one names, and it relays. */
final class CustomImageIT {
    private static final Pattern LISTENING = Pattern.compile("listening on .*:(\\d+)$");

    @TempDir private Path folder;

    @Test
    void relaysWithNothingButTcp() throws IOException, InterruptedException {
        Path image = folder.resolve("image");
        link(image);
        try (ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process socat =
                    new ProcessBuilder(
                                    image.resolve("bin/java").toString(),
                                    "--enable-native-access=org.jsocat.spi",
                                    "-m",
                                    "org.jsocat.cli/org.jsocat.cli.Socat",
                                    "-d",
                                    "-d",
                                    "TCP4-LISTEN:0,bind=127.0.0.1",
                                    "TCP4:127.0.0.1:" + target.getLocalPort())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (BufferedReader log = socat.errorReader();
                    Socket client = new Socket(InetAddress.getLoopbackAddress(), port(log));
                    Socket server = target.accept()) {
                exchange(client, server, "there");
                exchange(server, client, "and back");
                client.shutdownOutput();
                assertThat(server.getInputStream().read()).isEqualTo(-1);
                server.shutdownOutput();
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                assertThat(socat.waitFor()).isZero();
            } finally {
                socat.destroyForcibly();
            }
        }
    }

    /**
     * As a process: jlink takes the JDK's modules from the run-time it runs on, which a test has
     * patched.
     */
    private static void link(Path image) throws IOException, InterruptedException {
        Process jlink =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                                "--module-path="
                                        + System.getProperty("jsocat.modules")
                                        + ":"
                                        + System.getProperty("jsocat.jar"),
                                "--add-modules=org.jsocat.cli,org.jsocat.plugin.tcp",
                                "--output=" + image)
                        .redirectErrorStream(true)
                        .start();
        String output = new String(jlink.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jlink.waitFor()).as(output).isZero();
    }

    private static int port(BufferedReader log) throws IOException {
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw new AssertionError("the program ended before it listened");
    }

    private static void exchange(Socket from, Socket to, String text) throws IOException {
        byte[] sent = text.getBytes(StandardCharsets.UTF_8);
        from.getOutputStream().write(sent);
        InputStream input = to.getInputStream();
        assertThat(input.readNBytes(sent.length)).isEqualTo(sent);
    }
}
