package org.jsocat.plugin.socket;

import org.jsocat.spi.posix.Fd;

/** A socket that several relays write to, closed by the last of them. Thread-safe. */
final class SharedSocket implements AutoCloseable {
    private final Fd socket;
    private int users = 1;

    SharedSocket(Fd socket) {
        this.socket = socket;
    }

    /** One more user, who closes it. */
    synchronized SharedSocket use() {
        users++;
        return this;
    }

    int number() {
        return socket.number();
    }

    /** Closes it if nobody else uses it; once for each user. */
    @Override
    public synchronized void close() {
        if (--users == 0) {
            socket.close();
        }
    }
}
