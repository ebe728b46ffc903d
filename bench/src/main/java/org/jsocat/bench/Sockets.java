package org.jsocat.bench;

import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Stream sockets: TCP on the loopback interface, or UNIX. */
final class Sockets {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BACKLOG = 4096;

    /** Any port that is free. */
    static final SocketAddress ANY = new SocketAddress.Inet4(LOOPBACK, 0);

    private static final AtomicInteger PATHS = new AtomicInteger();

    private Sockets() {}

    /** A port that is free now. */
    static SocketAddress freePort() {
        try (Fd socket = bound(ANY, 0)) {
            return SocketAddress.local(socket.number());
        }
    }

    /** A path that nothing has yet. */
    static SocketAddress freePath(Path folder) {
        Path path = folder.resolve("socket" + PATHS.incrementAndGet());
        return SocketAddress.Unix.ofPath(path.toString(), true);
    }

    /** The port, or the path. */
    static String name(SocketAddress address) {
        return address instanceof SocketAddress.Unix unix
                ? new String(unix.path(), StandardCharsets.UTF_8)
                : Integer.toString(((SocketAddress.Inet4) address).port());
    }

    /** Listens. */
    static Fd listen(SocketAddress address) {
        Fd socket = bound(address, Linux.SOCK_NONBLOCK);
        PosixException.check(Libc.listen(socket.number(), BACKLOG), "listen()");
        return socket;
    }

    private static Fd bound(SocketAddress address, int flags) {
        Fd socket = open(address, flags);
        PosixException.check(Libc.bind(socket.number(), address), "bind()");
        return socket;
    }

    /** A socket for this address that is not connected yet. */
    static Fd open(SocketAddress address, int flags) {
        int family = address instanceof SocketAddress.Unix ? Linux.AF_UNIX : Linux.AF_INET;
        return new Fd(
                PosixException.check(
                        Libc.socket(family, Linux.SOCK_STREAM | flags, 0), "socket()"));
    }

    /** Connects, waiting for it. */
    static Fd connect(SocketAddress address) {
        Fd socket = open(address, 0);
        int result = Libc.connect(socket.number(), address);
        if (result < 0) {
            socket.close();
            throw new PosixException(-result, "connect(" + name(address) + ")");
        }
        return socket;
    }
}
