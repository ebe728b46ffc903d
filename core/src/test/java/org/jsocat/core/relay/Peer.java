package org.jsocat.core.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Pipe;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.spi.posix.SocketAddressBuffer;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The test's own end of a connection, which blocks, and the other end, which a relay gets.
 *
 * @param here the test's end
 * @param there the relay's end
 */
public record Peer(Fd here, Fd there) implements AutoCloseable {
    /** A pair of connected sockets of this machine. */
    public static Peer stream() {
        return pair(Linux.SOCK_STREAM);
    }

    /** The same, keeping packets. */
    public static Peer packets() {
        return pair(Linux.SOCK_SEQPACKET);
    }

    /** Datagrams. */
    public static Peer datagrams() {
        return pair(Linux.SOCK_DGRAM);
    }

    private static Peer pair(int type) {
        int[] fds = new int[2];
        PosixException.check(Libc.socketpair(Linux.AF_UNIX, type, 0, fds), "socketpair()");
        Fd there = new Fd(fds[1]);
        there.setNonBlocking(true);
        return new Peer(new Fd(fds[0]), there);
    }

    /** A TCP connection over the loopback interface. */
    public static Peer tcp() {
        Fd listener =
                new Fd(
                        PosixException.check(
                                Libc.socket(Linux.AF_INET, Linux.SOCK_STREAM, 0), "socket()"));
        try (listener) {
            PosixException.check(
                    Libc.bind(
                            listener.number(),
                            new SocketAddress.Inet4(new byte[] {127, 0, 0, 1}, 0)),
                    "bind()");
            PosixException.check(Libc.listen(listener.number(), 1), "listen()");
            SocketAddressBuffer buffer = new SocketAddressBuffer();
            PosixException.check(Libc.getsockname(listener.number(), buffer), "getsockname()");
            int here =
                    PosixException.check(
                            Libc.socket(Linux.AF_INET, Linux.SOCK_STREAM, 0), "socket()");
            PosixException.check(Libc.connect(here, buffer.get()), "connect()");
            int there =
                    PosixException.check(
                            Libc.accept4(listener.number(), Linux.SOCK_NONBLOCK), "accept()");
            return new Peer(new Fd(here), new Fd(there));
        }
    }

    /** The relay reads from a pipe. */
    public static Peer source() {
        Pipe pipe = Pipe.open(0);
        pipe.reader().setNonBlocking(true);
        return new Peer(pipe.writer(), pipe.reader());
    }

    /** The relay writes to a pipe. */
    public static Peer sink() {
        Pipe pipe = Pipe.open(0);
        pipe.writer().setNonBlocking(true);
        return new Peer(pipe.reader(), pipe.writer());
    }

    /** Sends all. */
    public Peer send(String text) {
        return send(text.getBytes(ISO_8859_1));
    }

    public Peer send(byte[] bytes) {
        for (int done = 0; done < bytes.length; ) {
            done +=
                    (int)
                            PosixException.check(
                                    Libc.write(here.number(), bytes, done, bytes.length - done),
                                    "write()");
        }
        return this;
    }

    /** Waits for this many bytes, or fewer at the end. */
    public String receive(int count) {
        byte[] bytes = new byte[count];
        int done = 0;
        while (done < count) {
            int got =
                    (int)
                            PosixException.check(
                                    Libc.read(here.number(), bytes, done, count - done), "read()");
            if (got == 0) {
                break;
            }
            done += got;
        }
        return new String(bytes, 0, done, ISO_8859_1);
    }

    /** What one read(2) gives; empty at the end. */
    public String receive() {
        byte[] bytes = new byte[65536];
        int got =
                (int)
                        PosixException.check(
                                Libc.read(here.number(), bytes, 0, bytes.length), "read()");
        return new String(bytes, 0, got, ISO_8859_1);
    }

    /** Waits for all bytes until the end. */
    public String receiveAll() {
        return new String(receiveBytes(), ISO_8859_1);
    }

    public byte[] receiveBytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] bytes = new byte[65536];
        while (true) {
            long got = Libc.read(here.number(), bytes, 0, bytes.length);
            if (got == -Errno.EINTR) {
                continue;
            }
            if (PosixException.check(got, "read()") == 0) {
                return all.toByteArray();
            }
            all.writeBytes(Arrays.copyOf(bytes, (int) got));
        }
    }

    /** No more will be sent. */
    public Peer shutdown() {
        PosixException.check(Libc.shutdown(here.number(), Linux.SHUT_WR), "shutdown()");
        return this;
    }

    /** Ends a TCP connection by a reset. */
    public void reset() {
        byte[] linger = {1, 0, 0, 0, 0, 0, 0, 0};
        PosixException.check(
                Libc.setsockopt(here.number(), Linux.SOL_SOCKET, Linux.SO_LINGER, linger),
                "setsockopt()");
        here.close();
    }

    @Override
    public void close() {
        here.close();
    }
}
