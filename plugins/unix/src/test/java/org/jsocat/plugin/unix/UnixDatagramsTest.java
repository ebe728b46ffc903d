package org.jsocat.plugin.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsocat.plugin.unix.UnixFixture.opening;
import static org.jsocat.plugin.unix.UnixFixture.read;
import static org.jsocat.plugin.unix.UnixFixture.server;
import static org.jsocat.plugin.unix.UnixFixture.write;

import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Listener;
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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

@Timeout(300)
class UnixDatagramsTest {
    @TempDir Path folder;

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private Opening receiving(String keyword) {
        return opening(keyword, path("socket")).toward(Direction.READ);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNIX", "ABSTRACT"})
    void takesPacketsOfAllAsTheyAre(String family) {
        Opening receiving = receiving(family + "-RECV");
        try (Endpoint receiver = receiving.open();
                Endpoint one = opening(family + "-SENDTO", path("socket")).open();
                Endpoint two = opening(family + "-CLIENT", path("socket")).open()) {
            write(one, "first");
            write(two, "second");
            write(one, "third");
            assertThat(receiver.keepsPackets()).isTrue();
            assertThat(read(receiver)).isEqualTo("first");
            assertThat(read(receiver)).isEqualTo("second");
            assertThat(read(receiver)).isEqualTo("third");
            assertThat(read(receiver)).isEmpty();
        }
        receiving.closed();
        assertThat(folder.resolve("socket")).doesNotExist();
    }

    @Test
    void answersTheSenderOfAPacket() {
        Opening receiving = opening("UNIX-RECVFROM", path("socket"));
        try (Listener listener = receiving.listen();
                Endpoint client =
                        opening("UNIX-SENDTO", path("socket"))
                                .with("bind-tempname", path("XXXXXX"))
                                .open()) {
            write(client, "question");
            try (Endpoint endpoint = receiving.accept(listener).orElseThrow()) {
                assertThat(receiving.environment().get("SOCAT_PEERADDR")).startsWith(folder + "/");
                assertThat(read(endpoint)).isEqualTo("question");
                write(endpoint, "answer");
                assertThat(endpoint.read(ByteBuffer.allocateDirect(9))).isEqualTo(Endpoint.END);
            }
            assertThat(read(client)).isEqualTo("answer");
        }
    }

    @Test
    void aSenderWithoutANameCannotBeAnswered() {
        Opening receiving = opening("UNIX-RECVFROM", path("socket"));
        try (Listener listener = receiving.listen();
                Endpoint client = opening("UNIX-SENDTO", path("socket")).open()) {
            write(client, "question");
            try (Endpoint endpoint = receiving.accept(listener).orElseThrow()) {
                assertThat(read(endpoint)).isEqualTo("question");
                assertThatThrownBy(() -> write(endpoint, "answer"))
                        .hasMessageMatching(
                                "sendto\\(\\d+, 0x[0-9a-f]+, 6, 0, AF=1 \"<anon>\", 0\\): Transport"
                                        + " endpoint is not connected");
            }
            assertThat(receiving.lines()).contains("N receiving packet from AF=1 \"<anon>\"");
        }
    }

    @Test
    void hearsItsPeerOnly() {
        Opening sending = opening("UNIX-SENDTO", path("peer")).with("bind", path("own"));
        try (Fd peer = server(path("peer"), Linux.SOCK_DGRAM, 0);
                Fd stranger = server(path("stranger"), Linux.SOCK_DGRAM, 0);
                Endpoint endpoint = sending.open()) {
            connect(stranger, path("own"));
            connect(peer, path("own"));
            write(stranger, "from a stranger");
            write(peer, "from the peer");
            assertThat(read(endpoint)).isEqualTo("from the peer");
            assertThat(read(endpoint)).isEmpty();
        }
        sending.closed();
        assertThat(folder.resolve("own")).doesNotExist();
    }

    private static void connect(Fd socket, String path) {
        PosixException.check(
                Libc.connect(socket.number(), SocketAddress.Unix.ofPath(path, true)), "connect");
    }

    @Test
    void sendsToAPeerThatCameBack() {
        try (Endpoint endpoint = opening("UNIX-SENDTO", path("peer")).open()) {
            for (String text : new String[] {"one", "two"}) {
                try (Fd peer = server(path("peer"), Linux.SOCK_DGRAM, 0)) {
                    write(endpoint, text);
                    assertThat(read(peer)).isEqualTo(text);
                }
                Libc.unlink(path("peer"));
            }
        }
    }

    @Test
    void aPeerThatIsMissingIsAFailureOfTheWrite() {
        try (Endpoint endpoint = opening("UNIX-SENDTO", path("none")).open()) {
            assertThatThrownBy(() -> write(endpoint, "x"))
                    .isInstanceOfSatisfying(
                            PosixException.class,
                            refused -> assertThat(refused.errno()).isEqualTo(Errno.ENOENT));
        }
    }

    @Test
    void aFullReceiverIsWaitedFor() {
        try (Fd peer = server(path("peer"), Linux.SOCK_DGRAM, 0);
                Endpoint endpoint = opening("UNIX-SENDTO", path("peer")).open()) {
            ByteBuffer packet = ByteBuffer.allocateDirect(1);
            int sent = 0;
            while (endpoint.write(packet.clear()) == 1) {
                sent++;
            }
            assertThat(sent).isPositive();
            assertThat(read(peer)).hasSize(1);
            assertThat(endpoint.write(packet.clear())).isEqualTo(1);
        }
    }

    @Test
    void theEntryHasItsPermissions() throws IOException {
        Opening receiving = receiving("UNIX-RECV").with("mode", "0620");
        try (Endpoint _ = receiving.open()) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve("socket"))))
                    .isEqualTo("rw--w----");
        }
        assertThat(receiving.unused()).isEmpty();
    }

    @Test
    void anEntryIsInTheWay() throws IOException {
        Files.createFile(folder.resolve("socket"));
        assertThatThrownBy(() -> receiving("UNIX-RECV").open())
                .hasMessage("\"" + path("socket") + "\" exists");
    }

    @Test
    void anEmptyPacketIsSkippedUnlessItIsTheEnd() {
        for (String nullEof : new String[] {"0", "1"}) {
            Opening receiving = receiving("UNIX-RECV").with("null-eof", nullEof);
            try (Endpoint receiver = receiving.open();
                    Endpoint sender = opening("UNIX-SENDTO", path("socket")).open()) {
                sender.write(ByteBuffer.allocateDirect(0));
                write(sender, "text");
                int expected = nullEof.equals("1") ? Endpoint.END : 4;
                assertThat(receiver.read(ByteBuffer.allocateDirect(9))).isEqualTo(expected);
            }
            receiving.closed();
        }
    }
}
