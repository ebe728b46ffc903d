package org.jsocat.plugin.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsocat.plugin.unix.UnixFixture.accept;
import static org.jsocat.plugin.unix.UnixFixture.opening;
import static org.jsocat.plugin.unix.UnixFixture.read;
import static org.jsocat.plugin.unix.UnixFixture.server;
import static org.jsocat.plugin.unix.UnixFixture.write;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Pending;
import org.jsocat.spi.SocketEnds;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

@Timeout(300)
class UnixClientTest {
    @TempDir Path folder;

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void bindsToANameThatGoesWithIt() {
        String own = path("own");
        try (Fd server = server(path("server"), Linux.SOCK_STREAM, 1)) {
            Opening opening =
                    opening("UNIX-CONNECT", path("server")).with("bind", own).with("mode", "600");
            try (Endpoint _ = opening.open();
                    Fd peer = accept(server)) {
                assertThat(SocketAddress.peer(peer.number()))
                        .isEqualTo(SocketAddress.Unix.ofPath(own, true));
                assertThat(Path.of(own)).exists();
            }
            opening.closed();
            assertThat(Path.of(own)).doesNotExist();
            assertThat(opening.unused()).isEmpty();
        }
    }

    private static Optional<Pending> begin(Opening opening) {
        return new UnixAddresses()
                .addressTypes().stream()
                        .filter(row -> row.name().equals(opening.keyword()))
                        .flatMap(row -> row.endpoint().stream())
                        .flatMap(form -> form.opener().stream())
                        .findFirst()
                        .orElseThrow()
                        .begin(opening);
    }

    @Test
    void connectsWithoutWaiting() {
        try (Fd server = server(path("server"), Linux.SOCK_STREAM, 1)) {
            Opening opening = opening("UNIX-CONNECT", path("server"));
            try (Endpoint endpoint = begin(opening).orElseThrow().advance().orElseThrow();
                    Fd peer = accept(server)) {
                write(endpoint, "at once");
                assertThat(read(peer)).isEqualTo("at once");
            }
            assertThat(opening.lines())
                    .containsSequence(
                            "N opening connection to AF=1 \"" + path("server") + "\"",
                            "N successfully connected from local address AF=1 \"<anon>\"");
        }
    }

    @Test
    void whatMayTakeItsTimeIsLeftToAThread() {
        try (Fd _ = server(path("server"), Linux.SOCK_STREAM, 0)) {
            Opening named = opening("UNIX-CONNECT", path("server")).with("bind", path("own"));
            assertThat(begin(named)).isEmpty();
            assertThat(Path.of(path("own"))).doesNotExist();
            Opening timed = opening("UNIX-CONNECT", path("server")).with("connect-timeout", "1");
            assertThat(begin(timed)).isEmpty();
            try (Endpoint _ = opening("UNIX-CONNECT", path("server")).open()) {
                Opening full = opening("UNIX-CONNECT", path("server"));
                assertThat(begin(full)).isEmpty();
                assertThat(full.lines()).noneMatch(line -> line.startsWith("N"));
            }
        }
    }

    @Test
    void aRefusalIsToldAsItIsWithWaiting() {
        Opening opening = opening("UNIX-CONNECT", path("nobody"));
        assertThatThrownBy(() -> begin(opening))
                .hasMessage(
                        "connect(, AF=1 \"%s\", %d): No such file or directory",
                        path("nobody"), path("nobody").length() + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNIX-CONNECT", "UNIX-CLIENT"})
    void knowsBothEnds(String keyword) {
        SocketAddress there = SocketAddress.Unix.ofPath(path("server"), true);
        SocketAddress here = SocketAddress.Unix.ofPath(path("own"), true);
        try (Fd _ = server(path("server"), Linux.SOCK_STREAM, 1);
                Endpoint endpoint =
                        opening(keyword, path("server")).with("bind", path("own")).open()) {
            assertThat(endpoint.known(SocketEnds.class))
                    .contains(SocketEnds.of(here, there, false));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNIX-CONNECT", "UNIX-CLIENT"})
    void makesANameFromThePattern(String keyword) {
        try (Fd server = server(path("server"), Linux.SOCK_STREAM, 1)) {
            Opening opening =
                    opening(keyword, path("server")).with("bind-tempname", path("a-XXXXXX-b"));
            try (Endpoint _ = opening.open();
                    Fd peer = accept(server)) {
                String name = ((SocketAddress.Unix) SocketAddress.peer(peer.number())).name();
                assertThat(name).matches(".*/a-[A-Za-z0-9]{6}-b");
                assertThat(Path.of(name)).exists();
            }
            opening.closed();
            assertThat(folder.toFile().list()).containsExactly("server");
        }
    }

    @Test
    void makesAnAbstractNameToo() {
        SocketAddress address = SocketAddress.Unix.ofAbstract(path("server"), true);
        try (Fd server = server(address, Linux.SOCK_STREAM, 1);
                Endpoint _ =
                        opening("ABSTRACT-CONNECT", path("server")).with("bind-tempname").open();
                Fd peer = accept(server)) {
            assertThat(SocketAddress.peer(peer.number()).text())
                    .matches("AF=1 \"\\\\0/tmp/socat-bind\\.[A-Za-z0-9]{6}\"");
        }
    }

    @Test
    void aPatternWithoutBlankIsRefused() {
        Opening opening = opening("UNIX-CONNECT", path("server")).with("bind-tempname", "foo");
        assertThatThrownBy(opening::open).hasMessage("tempnam(\"foo\"): Invalid argument");
        assertThat(opening.lines()).contains("W xio_tempnam(\"foo\"): path pattern is not valid");
    }

    @Test
    void anOptionOfTheNameNeedsAName() {
        Opening opening = opening("UNIX-CONNECT", path("server")).with("user", "0");
        assertThatThrownBy(opening::open).hasMessage("Option \"user\" only with bind option");
    }

    @Test
    void failsAsTheReferenceSays() {
        String path = path("none");
        assertThatThrownBy(() -> opening("UNIX-CONNECT", path).open())
                .hasMessage(
                        "connect(, AF=1 \""
                                + path
                                + "\", "
                                + (path.length() + 2)
                                + "): No such file or directory");
        server(path, Linux.SOCK_STREAM, 1).close();
        assertThatThrownBy(() -> opening("UNIX-CLIENT", path).open())
                .hasMessage("UNIX-CLIENT: " + path + ": Connection refused");
    }

    @Test
    void aNameOfOursIsRemovedWhenConnectingFails() {
        Opening opening = opening("UNIX-CONNECT", path("none")).with("bind", path("own"));
        assertThatThrownBy(opening::open).isInstanceOf(PosixException.class);
        assertThat(Path.of(path("own"))).doesNotExist();
    }

    @Test
    void aPathThatIsTooLongIsCutWithAWarning() {
        String path = path("x".repeat(200));
        Opening opening = opening("UNIX-CONNECT", path);
        assertThatThrownBy(opening::open)
                .hasMessageEndingWith("\", 110): No such file or directory");
        assertThat(opening.lines())
                .contains(
                        "W unix socket address "
                                + path.length()
                                + " characters long, truncating to 108");
    }

    @ParameterizedTest
    @ValueSource(ints = {Linux.SOCK_STREAM, Linux.SOCK_SEQPACKET, Linux.SOCK_DGRAM})
    void clientFindsTheTypeOfTheSocket(int type) {
        try (Fd server = server(path("server"), type, 1);
                Endpoint endpoint = opening("UNIX-CLIENT", path("server")).open()) {
            write(endpoint, "packet");
            assertThat(endpoint.keepsPackets()).isEqualTo(type != Linux.SOCK_STREAM);
            try (Fd peer = type == Linux.SOCK_DGRAM ? server.duplicate() : accept(server)) {
                assertThat(read(peer)).isEqualTo("packet");
            }
        }
    }

    @Test
    void aConnectionThatKeepsPacketsHasAnEnd() {
        try (Fd server = server(path("server"), Linux.SOCK_SEQPACKET, 1);
                Endpoint endpoint =
                        opening("UNIX-CONNECT", path("server")).with("type", "5").open()) {
            try (Fd peer = accept(server)) {
                write(peer, "one");
                write(peer, "two");
            }
            assertThat(read(endpoint)).isEqualTo("one");
            assertThat(read(endpoint)).isEqualTo("two");
            assertThat(endpoint.read(ByteBuffer.allocateDirect(1))).isEqualTo(Endpoint.END);
        }
    }

    @Test
    void aFullBacklogIsWaitedFor() throws InterruptedException {
        try (Fd server = server(path("server"), Linux.SOCK_STREAM, 0);
                Endpoint first = opening("UNIX-CONNECT", path("server")).open()) {
            write(first, "first");
            Thread freeing =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        try (Fd peer = accept(server)) {
                                            assertThat(read(peer)).isEqualTo("first");
                                        }
                                    });
            try (Endpoint second = opening("UNIX-CONNECT", path("server")).open();
                    Fd peer = accept(server)) {
                write(second, "second");
                assertThat(read(peer)).isEqualTo("second");
            }
            freeing.join();
        }
    }

    @Test
    void aFullBacklogIsWaitedForNoLongerThanTheTimeout() {
        try (Fd _ = server(path("server"), Linux.SOCK_STREAM, 0);
                Endpoint _ = opening("UNIX-CONNECT", path("server")).open()) {
            Opening second = opening("UNIX-CONNECT", path("server")).with("connect-timeout", "0.1");
            assertThatThrownBy(second::open)
                    .isInstanceOfSatisfying(
                            PosixException.class,
                            refused -> assertThat(refused.errno()).isEqualTo(Errno.ETIMEDOUT));
        }
    }

    @Test
    void anAbstractNameOfTheWholeLengthIsAnotherOne() {
        String name = path("server");
        SocketAddress padded = SocketAddress.Unix.ofAbstract(name, false);
        try (Fd server = server(padded, Linux.SOCK_STREAM, 1)) {
            assertThatThrownBy(() -> opening("ABSTRACT-CONNECT", name).open())
                    .hasMessageEndingWith("Connection refused");
            Opening opening = opening("ABSTRACT-CONNECT", name).with("unix-tightsocklen", "0");
            opening.open().close();
            assertThat(Libc.poll(server.number(), Linux.POLLIN, 0)).isPositive();
        }
    }

    @Test
    void whatWasConnectedToStays() {
        try (Fd _ = server(path("server"), Linux.SOCK_STREAM, 1)) {
            Opening opening = opening("UNIX-CONNECT", path("server"));
            opening.open().close();
            opening.closed();
            assertThat(Files.exists(folder.resolve("server"))).isTrue();
        }
    }
}
