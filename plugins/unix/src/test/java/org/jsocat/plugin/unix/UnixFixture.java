package org.jsocat.plugin.unix;

import org.jsocat.plugin.socket.ListenOptions;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.NamedOptions;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.testkit.Opening;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Opens addresses of the UNIX domain, and plain sockets to stand on the other end. */
final class UnixFixture {
    static final List<OptionGroup> GROUPS =
            List.of(
                    new FdOptions(),
                    new NamedOptions(),
                    new SocketOptions(),
                    new ListenOptions(),
                    new UnixOptions());

    private UnixFixture() {}

    static Opening opening(String keyword, String name) {
        return Opening.of(new UnixAddresses(), keyword, GROUPS, name);
    }

    /** A blocking socket of this name; one that keeps connections listens. */
    static Fd server(String path, int type, int backlog) {
        return server(SocketAddress.Unix.ofPath(path, true), type, backlog);
    }

    static Fd server(SocketAddress address, int type, int backlog) {
        Fd server = new Fd(PosixException.check(Libc.socket(Linux.AF_UNIX, type, 0), "socket"));
        PosixException.check(Libc.bind(server.number(), address), "bind");
        if (type != Linux.SOCK_DGRAM) {
            PosixException.check(Libc.listen(server.number(), backlog), "listen");
        }
        return server;
    }

    static Fd accept(Fd server) {
        return new Fd(
                PosixException.check(Libc.accept4(server.number(), Linux.SOCK_CLOEXEC), "accept"));
    }

    static void write(Endpoint endpoint, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        endpoint.write(buffer);
        if (buffer.hasRemaining()) {
            throw new AssertionError(buffer.remaining() + " bytes were not taken");
        }
    }

    /** What one read gives; empty where there is nothing. */
    static String read(Endpoint endpoint) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        endpoint.read(buffer);
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }

    static void write(Fd fd, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        PosixException.check(Libc.write(fd.number(), bytes, 0, bytes.length), "write");
    }

    static String read(Fd fd) {
        byte[] bytes = new byte[1 << 16];
        long count = PosixException.check(Libc.read(fd.number(), bytes, 0, bytes.length), "read");
        return new String(bytes, 0, (int) count, StandardCharsets.UTF_8);
    }
}
