package org.jsocat.bench;

import org.jsocat.spi.posix.Epoll;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The client in front of the relay. It and the {@link Peer} use system calls through {@code
 * org.jsocat.spi.posix} on one thread each; what they reach without a relay between is measured in
 * the same run.
 */
final class Load {
    private static final int MESSAGE = 64;
    private static final int BLOCK = 256 * 1024;
    private static final int CONCURRENCY = 16;
    private static final int BATCH = 64;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long TIMEOUT = 20 * SECOND;

    private final MemorySegment buffer = Arena.global().allocate(BLOCK);

    /** Gigabits per second through one connection to a sink, for about this many seconds. */
    double stream(SocketAddress address, Peer sink, double seconds) {
        long before = sink.ended();
        long sent = 0;
        long start;
        try (Fd socket = Sockets.connect(address)) {
            start = System.nanoTime();
            while (System.nanoTime() - start < seconds * SECOND) {
                sent +=
                        PosixException.check(
                                Libc.send(socket.number(), buffer, 0, BLOCK, Linux.MSG_NOSIGNAL),
                                "send()");
            }
            Libc.shutdown(socket.number(), Linux.SHUT_WR);
            while (sink.ended() == before) {
                checkTime(start + (long) (seconds * SECOND));
                Thread.onSpinWait();
            }
        }
        return sent * 8.0 / (System.nanoTime() - start);
    }

    private static void checkTime(long start) {
        if (System.nanoTime() - start > TIMEOUT) {
            throw new IllegalStateException("the relay does not answer");
        }
    }

    /**
     * Connections per second: each is connected, sends 64 bytes, gets them back and is closed; some
     * run at the same time.
     *
     * @param connections how many are made
     */
    double connections(SocketAddress address, int connections) {
        try (Epoll epoll = new Epoll(BATCH)) {
            int begun = 0;
            int done = 0;
            long start = System.nanoTime();
            while (begun < Math.min(CONCURRENCY, connections)) {
                begin(epoll, address);
                begun++;
            }
            while (done < connections) {
                int count = epoll.await(1000);
                checkTime(start);
                for (int i = 0; i < count; i++) {
                    int fd = (int) epoll.token(i);
                    if (answered(epoll, fd, epoll.events(i))) {
                        Libc.close(fd);
                        done++;
                        if (begun < connections) {
                            begin(epoll, address);
                            begun++;
                        }
                    }
                }
            }
            return done * (double) SECOND / (System.nanoTime() - start);
        }
    }

    private static void begin(Epoll epoll, SocketAddress address) {
        int fd = Sockets.open(address, Linux.SOCK_NONBLOCK).release();
        int result = Libc.connect(fd, address);
        if (result < 0 && result != -Errno.EINPROGRESS) {
            throw new PosixException(-result, "connect(" + Sockets.name(address) + ")");
        }
        epoll.add(fd, Linux.EPOLLOUT, fd);
    }

    private boolean answered(Epoll epoll, int fd, int events) {
        if ((events & Linux.EPOLLIN) != 0) {
            long count = Libc.recv(fd, buffer, 0, MESSAGE, 0);
            if (count != MESSAGE) {
                throw new IllegalStateException(
                        "got " + count + " instead of " + MESSAGE + " bytes back");
            }
            return true;
        }
        PosixException.check((int) Libc.send(fd, buffer, 0, MESSAGE, Linux.MSG_NOSIGNAL), "send()");
        epoll.modify(fd, Linux.EPOLLIN, fd);
        return false;
    }

    /** The median time in microseconds for 64 bytes to go through one connection and come back. */
    double roundTrip(SocketAddress address, int messages) {
        long[] times = new long[messages];
        try (Fd socket = Sockets.connect(address)) {
            for (int i = 0; i < messages; i++) {
                long start = System.nanoTime();
                exchange(socket);
                times[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(times);
        return times[messages / 2] / 1000.0;
    }

    /** Sends 64 bytes and waits for them. */
    void exchange(Fd socket) {
        PosixException.check(
                (int) Libc.send(socket.number(), buffer, 0, MESSAGE, Linux.MSG_NOSIGNAL), "send()");
        for (int got = 0; got < MESSAGE; ) {
            int count =
                    PosixException.check(
                            (int) Libc.recv(socket.number(), buffer, 0, MESSAGE - got, 0),
                            "recv()");
            if (count == 0) {
                throw new IllegalStateException("the relay closed the connection");
            }
            got += count;
        }
    }

    /** Opens connections that have carried 64 bytes forth and back once and are idle then. */
    List<Fd> idle(SocketAddress address, int connections) {
        List<Fd> sockets = new ArrayList<>(connections);
        for (int i = 0; i < connections; i++) {
            Fd socket = Sockets.connect(address);
            sockets.add(socket);
            exchange(socket);
        }
        return sockets;
    }
}
