package org.jsocat.xio;

import org.jsocat.core.relay.Side;
import org.jsocat.core.run.Accepting;
import org.jsocat.core.run.Session;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.posix.PosixException;

import java.net.SocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * An address that listens: an iterable of channels, one for each peer.
 *
 * <pre>{@code
 * try (XioListener listener = Xio.listen("TCP-LISTEN:8080,range=127.0.0.0/8")) {
 *     for (XioChannel peer : listener) {
 *         Thread.startVirtualThread(() -> serve(peer));
 *     }
 * }
 * }</pre>
 *
 * <p>One thread accepts; any may close it, which ends the wait.
 *
 * @since 1.0
 */
public final class XioListener implements AutoCloseable, Iterable<XioChannel> {
    private final Session session;
    private final Accepting peers;
    private final String address;
    private final Duration patience;
    private boolean accepting;
    private boolean closed;

    XioListener(Session session, Accepting peers, String address, Duration patience) {
        this.session = session;
        this.peers = peers;
        this.address = address;
        this.patience = patience;
    }

    /** The address that is bound, where it is one that the JDK has: with the port that it got. */
    public Optional<SocketAddress> localAddress() {
        return Sockets.local(peers.facts());
    }

    /**
     * Waits for the next peer that may be served. A handshake of the address takes place here.
     *
     * @return its channel, which the caller closes
     * @throws ClosedChannelException when the listener is closed, also while this waits
     * @throws XioException when the peer's handshake failed (others can still be accepted), when
     *     nobody came in the time of {@code accept-timeout}, or when nobody can be accepted any
     *     more
     */
    public XioChannel accept() throws ClosedChannelException, XioException {
        begin();
        try {
            while (true) {
                Optional<Side> side = peers.next();
                if (side.isPresent()) {
                    return new XioChannel(side.get(), patience);
                }
                if (peers.isStopped()) {
                    throw new AsynchronousCloseException();
                }
            }
        } catch (AddressException | PosixException failure) {
            if (peers.isStopped()) {
                throw new AsynchronousCloseException();
            }
            throw XioException.of(failure, address);
        } finally {
            finish();
        }
    }

    private synchronized void begin() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (accepting) {
            throw new IllegalStateException("another thread accepts");
        }
        accepting = true;
    }

    private synchronized void finish() {
        accepting = false;
        if (closed) {
            free();
        }
    }

    /**
     * The peers as they come, until the listener is closed. Peers whose handshake fails are logged
     * and left out.
     */
    @Override
    public Iterator<XioChannel> iterator() {
        return new Peers();
    }

    /** Stops listening; channels that were accepted live on. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        peers.stop();
        if (!accepting) {
            free();
        }
    }

    private void free() {
        peers.close();
        session.end();
    }

    private final class Peers implements Iterator<XioChannel> {
        private Optional<XioChannel> next = Optional.empty();
        private boolean ended;

        @Override
        public boolean hasNext() {
            while (next.isEmpty() && !ended) {
                try {
                    next = Optional.of(accept());
                } catch (XioException refused) {
                    session.log().error(refused.getMessage());
                    ended = refused.kind() != XioException.Kind.TRANSIENT;
                } catch (ClosedChannelException end) {
                    ended = true;
                }
            }
            return next.isPresent();
        }

        @Override
        public XioChannel next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            XioChannel peer = next.orElseThrow();
            next = Optional.empty();
            return peer;
        }
    }
}
