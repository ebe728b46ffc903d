package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A program that embeds jsocat, in an image of its own that holds core and one plugin only. */
final class EmbeddingIT {
    private static final Path MODULES = Path.of(System.getProperty("jsocat.modules"));

    private static final String PROGRAM =
            """
            package test.embedding;
            import java.nio.ByteBuffer;
            import org.jsocat.xio.*;
            public final class Main {
                public static void main(String[] ports) throws Exception {
                    try (XioRelay relay = Xio.relay("TCP4:127.0.0.1:" + ports[0], "TCP4:127.0.0.1:" + ports[1])) {
                        XioResult result = relay.await();
                        System.out.println(result.status() + " " + result.statistics().bytesToSecond() + " " + result.statistics().bytesToFirst());
                    }
                    try (XioChannel channel = Xio.open("TCP4:127.0.0.1:" + ports[1])) {
                        ByteBuffer bytes = ByteBuffer.allocate(100);
                        while (channel.read(bytes) >= 0) {
                            continue;
                        }
                        channel.write(bytes.flip());
                    }
                }
            }
            """;

    @TempDir private Path folder;

    @Test
    void relaysWithNothingButCoreAndTcp() throws IOException, InterruptedException {
        Path java = image().resolve("bin/java");
        assertThat(output(java.toString(), "--list-modules").lines())
                .filteredOn(line -> line.startsWith("org.jsocat"))
                .extracting(line -> line.replaceFirst("@.*", ""))
                .containsExactlyInAnyOrder(
                        "org.jsocat.core",
                        "org.jsocat.plugin.inet",
                        "org.jsocat.plugin.socket",
                        "org.jsocat.plugin.tcp",
                        "org.jsocat.spi");
        relays(
                java.toString(),
                "--enable-native-access=org.jsocat.spi",
                "-m",
                "test.embedding/test.embedding.Main");
    }

    @Test
    void relaysOnTheClassPath() throws IOException, InterruptedException {
        StringBuilder path = new StringBuilder(compiled().toString());
        for (String jar :
                List.of(
                        "jsocat-core-",
                        "jsocat-spi-",
                        "jsocat-plugin-inet-",
                        "jsocat-plugin-socket-",
                        "jsocat-plugin-tcp-",
                        "slf4j-api-")) {
            path.append(':').append(jar(jar));
        }
        relays(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                path.toString(),
                "test.embedding.Main");
    }

    private static void relays(String... command) throws IOException, InterruptedException {
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> all = new ArrayList<>(List.of(command));
            all.add(Integer.toString(first.getLocalPort()));
            all.add(Integer.toString(second.getLocalPort()));
            Process program =
                    new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try {
                try (Socket left = first.accept();
                        Socket right = second.accept()) {
                    exchange(left, right, "there");
                    exchange(right, left, "and back");
                    left.shutdownOutput();
                    assertThat(right.getInputStream().read()).isEqualTo(-1);
                }
                try (Socket channel = second.accept()) {
                    channel.getOutputStream().write(bytes("said and returned"));
                    channel.shutdownOutput();
                    assertThat(channel.getInputStream().readAllBytes())
                            .isEqualTo(bytes("said and returned"));
                }
                assertThat(program.inputReader().readLine()).isEqualTo("0 5 8");
                assertThat(program.waitFor()).isZero();
            } finally {
                program.destroyForcibly();
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void exchange(Socket from, Socket to, String text) throws IOException {
        from.getOutputStream().write(bytes(text));
        assertThat(to.getInputStream().readNBytes(bytes(text).length)).isEqualTo(bytes(text));
    }

    private Path compiled() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Files.writeString(
                sources.resolve("module-info.java"),
                "module test.embedding { requires org.jsocat.core; }");
        Files.writeString(sources.resolve("Main.java"), PROGRAM);
        return PluginJar.compile(sources, folder.resolve("classes"), List.of(jar("jsocat-core-")));
    }

    private Path image() throws IOException, InterruptedException {
        Path classes = compiled();
        Path image = folder.resolve("image");
        output(
                Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                "--module-path=" + MODULES + ":" + classes,
                "--add-modules=org.jsocat.core,org.jsocat.plugin.tcp,test.embedding",
                "--output=" + image);
        return image;
    }

    private static Path jar(String prefix) throws IOException {
        try (Stream<Path> jars = Files.list(MODULES)) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
