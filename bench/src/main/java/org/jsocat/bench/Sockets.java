package org.jsocat.bench;

import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

/** TCP sockets on the loopback interface. */
final class Sockets {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BACKLOG = 4096;

    private Sockets() {}

    static SocketAddress address(int port) {
        return new SocketAddress.Inet4(LOOPBACK, port);
    }

    /** A port that is free now. */
    static int freePort() {
        try (Fd socket = bound(0)) {
            return port(socket);
        }
    }

    static int port(Fd socket) {
        return SocketAddress.local(socket.number()) instanceof SocketAddress.Inet4 address
                ? address.port()
                : 0;
    }

    /** Listens on a port that the kernel chooses. */
    static Fd listen() {
        Fd socket = bound(Linux.SOCK_NONBLOCK);
        PosixException.check(Libc.listen(socket.number(), BACKLOG), "listen()");
        return socket;
    }

    private static Fd bound(int flags) {
        Fd socket = open(flags);
        PosixException.check(Libc.bind(socket.number(), address(0)), "bind()");
        return socket;
    }

    /** A socket that is not connected yet. */
    static Fd open(int flags) {
        return new Fd(
                PosixException.check(
                        Libc.socket(Linux.AF_INET, Linux.SOCK_STREAM | flags, 0), "socket()"));
    }

    /** Connects, waiting for it. */
    static Fd connect(int port) {
        Fd socket = open(0);
        int result = Libc.connect(socket.number(), address(port));
        if (result < 0) {
            socket.close();
            throw new PosixException(-result, "connect(" + port + ")");
        }
        return socket;
    }
}
