package org.jsocat.bench;

import org.jsocat.spi.posix.Epoll;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The server behind the relay: echoes what it gets, or counts and drops it. One daemon thread with
 * epoll(7), so that thousands of connections cost no thread.
 */
final class Peer {
    private static final int BLOCK = 256 * 1024;
    private static final int BATCH = 256;

    private final Fd listener;
    private final boolean echoes;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    private Peer(SocketAddress address, boolean echoes) {
        listener = Sockets.listen(address);
        this.echoes = echoes;
    }

    /** A server that sends everything back. */
    static Peer echo() {
        return new Peer(Sockets.ANY, true).start();
    }

    /** A server that reads everything. */
    static Peer sink() {
        return sink(Sockets.ANY);
    }

    /** The same at an address. */
    static Peer sink(SocketAddress address) {
        return new Peer(address, false).start();
    }

    SocketAddress address() {
        return SocketAddress.local(listener.number());
    }

    /** How many bytes have come so far. */
    long received() {
        return received.get();
    }

    /** How many connections have ended so far. */
    long ended() {
        return ended.get();
    }

    private Peer start() {
        Thread.ofPlatform().daemon().name(echoes ? "echo" : "sink").start(this::run);
        return this;
    }

    private void run() {
        MemorySegment buffer = Arena.global().allocate(BLOCK);
        try (Epoll epoll = new Epoll(BATCH)) {
            epoll.add(listener.number(), Linux.EPOLLIN, listener.number());
            while (true) {
                int count = epoll.await(-1);
                for (int i = 0; i < count; i++) {
                    int fd = (int) epoll.token(i);
                    if (fd == listener.number()) {
                        accept(epoll);
                    } else {
                        move(fd, buffer);
                    }
                }
            }
        }
    }

    private void accept(Epoll epoll) {
        for (int fd = next(); fd >= 0; fd = next()) {
            epoll.add(fd, Linux.EPOLLIN, fd);
        }
    }

    private int next() {
        return Libc.accept4(listener.number(), 0);
    }

    private void move(int fd, MemorySegment buffer) {
        long count = Libc.recv(fd, buffer, 0, BLOCK, Linux.MSG_DONTWAIT);
        if (count > 0) {
            received.addAndGet(count);
            if (echoes) {
                Libc.send(fd, buffer, 0, count, Linux.MSG_NOSIGNAL);
            }
        } else if (count != -Errno.EAGAIN) {
            Libc.close(fd);
            ended.incrementAndGet();
        }
    }
}
