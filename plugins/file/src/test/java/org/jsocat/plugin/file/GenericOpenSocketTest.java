package org.jsocat.plugin.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jsocat.plugin.file.FileFixture.opening;
import static org.jsocat.plugin.file.FileFixture.write;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.testkit.EndpointContractTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** GOPEN on a UNIX socket; also the contract of endpoints, on a real stream. */
class GenericOpenSocketTest extends EndpointContractTest {
    @TempDir Path folder;
    private int sockets;

    @Override
    protected Joined open() {
        String path = folder.resolve("socket" + sockets++).toString();
        try (Fd server = bound(path, Linux.SOCK_STREAM)) {
            Libc.listen(server.number(), 1);
            Endpoint endpoint = opening("GOPEN", path).open();
            return new Joined(
                    endpoint,
                    new Fd(
                            PosixException.check(
                                    Libc.accept4(server.number(), Linux.SOCK_CLOEXEC), "accept")));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Linux.SOCK_SEQPACKET, Linux.SOCK_DGRAM})
    void findsTheTypeOfTheSocket(int type) {
        String path = folder.resolve("packets").toString();
        try (Fd server = bound(path, type)) {
            if (type == Linux.SOCK_SEQPACKET) {
                Libc.listen(server.number(), 1);
            }
            try (Endpoint endpoint = opening("GOPEN", path).open()) {
                write(endpoint, "packet");
                assertThat(endpoint.keepsPackets()).isTrue();
                Fd peer =
                        type == Linux.SOCK_DGRAM
                                ? server
                                : new Fd(Libc.accept4(server.number(), Linux.SOCK_CLOEXEC));
                byte[] got = new byte[64];
                int count = (int) Libc.read(peer.number(), got, 0, got.length);
                assertThat(new String(got, 0, count, StandardCharsets.UTF_8)).isEqualTo("packet");
                peer.close();
            }
        }
    }

    @Test
    void aSocketWithoutServerRefuses() {
        String path = folder.resolve("dead").toString();
        bound(path, Linux.SOCK_STREAM).close();
        assertThatThrownBy(() -> opening("GOPEN", path).open())
                .hasMessage("GOPEN: " + path + ": Connection refused");
    }

    private static Fd bound(String path, int type) {
        Fd server =
                new Fd(
                        PosixException.check(
                                Libc.socket(Linux.AF_UNIX, type | Linux.SOCK_CLOEXEC, 0),
                                "socket"));
        PosixException.check(
                Libc.bind(server.number(), SocketAddress.Unix.ofPath(path, true)), "bind");
        return server;
    }
}
