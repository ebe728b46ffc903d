package org.jsocat.plugin.pty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.NamedOptions;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Termios;
import org.jsocat.spi.posix.Termios.Word;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class PtyAddressTest {
    private static final int PERMISSIONS = 0777;

    @TempDir Path folder;

    private static Opening opening() {
        return Opening.of(
                new PtyProvider(),
                "PTY",
                List.of(
                        new TerminalOptions(),
                        new PtyOptions(),
                        new FdOptions(),
                        new NamedOptions()));
    }

    private Path link() {
        return folder.resolve("tty");
    }

    private static Fd openSlave(Path link) {
        return Fd.open(link.toString(), Linux.O_RDWR | Linux.O_NOCTTY | Linux.O_NONBLOCK, 0);
    }

    private static void write(Endpoint endpoint, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        while (buffer.hasRemaining()) {
            if (endpoint.write(buffer) == 0) {
                Libc.poll(endpoint.writeDescriptor(), Linux.POLLOUT, -1);
            }
        }
    }

    private static int read(Endpoint endpoint, ByteBuffer buffer) {
        int count = endpoint.read(buffer);
        while (count == 0) {
            Libc.poll(endpoint.readDescriptor(), Linux.POLLIN, -1);
            count = endpoint.read(buffer);
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(strings = {"openpty", "ptmx"})
    void bytesPassBothWays(String mechanism) {
        Opening opening = opening().with(mechanism).with("link", link().toString()).with("rawer");
        try (Endpoint endpoint = opening.open();
                Fd slave = openSlave(link())) {
            write(endpoint, "down");
            byte[] bytes = new byte[10];
            Libc.poll(slave.number(), Linux.POLLIN, -1);
            assertThat(Libc.read(slave.number(), bytes, 0, bytes.length)).isEqualTo(4);
            Libc.write(slave.number(), "up".getBytes(StandardCharsets.UTF_8), 0, 2);
            ByteBuffer buffer = ByteBuffer.allocateDirect(10);
            assertThat(read(endpoint, buffer)).isEqualTo(2);
        }
        assertThat(opening.unused()).isEmpty();
    }

    @Test
    void theSlaveHasTheSettingsAndAName() {
        Opening opening = opening().with("link", link().toString()).with("raw").with("echo", "0");
        try (Endpoint endpoint = opening.open();
                Fd slave = openSlave(link())) {
            assertThat(Termios.of(slave.number()).flags(Word.LOCAL) & (Linux.ECHO | Linux.ICANON))
                    .isZero();
            assertThat(opening.lines()).contains("N PTY is " + target(link()));
            assertThat(endpoint.rawInput()).isEqualTo(Endpoint.NONE);
        }
    }

    @Test
    void theLinkReplacesOneThatIsThereAndIsRemovedInTheEnd() throws Exception {
        Files.createSymbolicLink(link(), Path.of("/nowhere"));
        Opening opening = opening().with("link", link().toString());
        try (Endpoint endpoint = opening.open()) {
            assertThat(target(link())).startsWith("/dev/pts/");
            assertThat(endpoint.readDescriptor()).isNotNegative();
        }
        opening.closed();
        assertThat(Files.exists(link(), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void theLinkStaysWhereTheUserSaysSo() {
        Opening opening = opening().with("link", link().toString()).with("unlink-close", "0");
        opening.open().close();
        opening.closed();
        assertThat(Files.exists(link(), LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(opening.unused()).isEmpty();
    }

    @Test
    void aLinkThatCannotBeMadeIsAnErrorAndLeavesNothing() {
        String name = folder.resolve("absent/tty").toString();
        Opening opening = opening().with("link", name);
        assertThatThrownBy(opening::open)
                .hasMessageMatching(
                        "symlink\\(\"/dev/pts/[0-9]+\", \""
                                + name
                                + "\"\\): No such file or directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openpty", "ptmx"})
    void ownerAndModeAreTheSlaves(String mechanism) {
        int ptmx = FileStatus.of("/dev/ptmx").mode();
        Opening opening =
                opening().with(mechanism).with("link", link().toString()).with("perm", "0600");
        try (Endpoint endpoint = opening.open()) {
            assertThat(FileStatus.of(target(link())).mode() & PERMISSIONS).isEqualTo(0600);
            assertThat(endpoint.readDescriptor()).isNotNegative();
        }
        assertThat(FileStatus.of("/dev/ptmx").mode()).isEqualTo(ptmx);
        assertThat(opening.unused()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openpty", "ptmx"})
    void openingWaitsForTheSlave(String mechanism) throws Exception {
        Opening opening =
                opening()
                        .with(mechanism)
                        .with("link", link().toString())
                        .with("wait-slave")
                        .with("pty-interval", "0.01");
        CompletableFuture<Endpoint> opened = CompletableFuture.supplyAsync(opening::open);
        while (!Files.exists(link())) {
            assertThat(opened).isNotDone();
            Thread.onSpinWait();
        }
        assertThat(opened).isNotDone();
        Fd slave = openSlave(link());
        try (Endpoint endpoint = opened.get(100, TimeUnit.SECONDS)) {
            // Its only program goes: that is the end.
            slave.close();
            assertThat(read(endpoint, ByteBuffer.allocateDirect(10))).isEqualTo(Endpoint.END);
        }
        assertThat(opening.lines())
                .anyMatch(line -> line.endsWith("Input/output error (probably PTY closed)"));
    }

    @Test
    void aProgramThatComesBackIsSatOut() throws Exception {
        Opening opening =
                opening()
                        .with("ptmx")
                        .with("link", link().toString())
                        .with("rawer")
                        .with("sitout-eio", "20");
        try (Endpoint endpoint = opening.open()) {
            openSlave(link()).close();
            CompletableFuture<Integer> reading =
                    CompletableFuture.supplyAsync(
                            () -> read(endpoint, ByteBuffer.allocateDirect(10)));
            try (Fd slave = openSlave(link())) {
                Libc.write(slave.number(), new byte[3], 0, 3);
                assertThat(reading.get(100, TimeUnit.SECONDS)).isEqualTo(3);
            }
        }
    }

    @Test
    void aProgramThatDoesNotComeBackIsAnError() {
        Opening opening =
                opening().with("ptmx").with("link", link().toString()).with("sitout-eio", "0.05");
        try (Endpoint endpoint = opening.open()) {
            openSlave(link()).close();
            long start = System.nanoTime();
            assertThatThrownBy(() -> read(endpoint, ByteBuffer.allocateDirect(10)))
                    .hasMessageContaining("Input/output error");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(50));
        }
        assertThat(opening.lines())
                .anyMatch(line -> line.contains("EIO, sitting out 0.05s for recovery"));
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
