package org.jsocat.xio;

import org.jsocat.core.relay.Side;
import org.jsocat.spi.BlockingView;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Fact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open address as a blocking channel. One thread may read while another writes, and any thread
 * may close it, which wakes both. Interrupting a thread that waits closes it.
 *
 * @since 1.0
 */
public final class XioChannel implements ByteChannel {
    private final Side side;
    private final Duration patience;
    private final List<Fact> facts;
    private final BlockingView view;
    private final AtomicBoolean closed = new AtomicBoolean();

    XioChannel(Side side, Duration patience) {
        this.side = side;
        this.patience = patience;
        facts = side.endpoint().facts(); // now: who the peer was is not known for ever
        view = new BlockingView(side.endpoint(), side.wakeups());
    }

    /**
     * Waits until there are bytes, and reads what is there.
     *
     * @return the count of bytes, or -1 at the end of the stream
     * @throws ClosedChannelException when it is closed, also while this waits
     * @throws IOException when reading failed; the cause is the failure
     */
    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            return view.read(target);
        } catch (ClosedByInterruptException interrupted) {
            close();
            throw interrupted;
        }
    }

    /**
     * Writes all of the bytes; waits as long as they cannot be taken.
     *
     * @throws ClosedChannelException when it is closed, also while this waits
     * @throws IOException when writing failed; the cause is the failure
     */
    @Override
    public int write(ByteBuffer source) throws IOException {
        int total = source.remaining();
        try {
            view.write(source);
        } catch (ClosedByInterruptException interrupted) {
            close();
            throw interrupted;
        }
        return total;
    }

    /**
     * Says that no more will be written, once all of it is out, with what stages put at the end of
     * it; reading goes on. Idempotent.
     *
     * @throws IOException when that failed
     */
    public void shutdownOutput() throws IOException {
        try {
            view.shutdownOutput();
        } catch (ClosedByInterruptException interrupted) {
            close();
            throw interrupted;
        }
    }

    /**
     * Lets no read wait longer than this; it fails with {@link java.net.SocketTimeoutException}
     * then, and the channel can still be used. Holds for {@link #input()} too.
     *
     * @param time zero for no limit
     */
    public void readTimeout(Duration time) {
        view.readTimeout(time);
    }

    /** Reads from this channel; closing the stream closes the channel. */
    public InputStream input() {
        return Channels.newInputStream(this);
    }

    /** Writes to this channel; closing the stream closes the channel. */
    public OutputStream output() {
        return Channels.newOutputStream(this);
    }

    /** The address of this end, where the channel is, or stands on, an IP or UNIX socket. */
    public Optional<SocketAddress> localAddress() {
        return isOpen() ? Sockets.local(facts) : Optional.empty();
    }

    /** The address of the peer, where the channel is, or stands on, an IP or UNIX socket. */
    public Optional<SocketAddress> peerAddress() {
        return isOpen() ? Sockets.peer(facts) : Optional.empty();
    }

    /**
     * Something that the channel's address knows, see {@link Endpoint#known}.
     *
     * @param type for example {@link javax.net.ssl.SSLSession}
     */
    public <T> Optional<T> known(Class<T> type) {
        return side.endpoint().known(type);
    }

    @Override
    public boolean isOpen() {
        return !closed.get();
    }

    /**
     * Ends both directions and frees what the channel holds. What stages put at the end of output
     * goes out before, for as long as the close timeout of the relay settings at most and only
     * where no other thread is writing. Idempotent.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (!Thread.currentThread().isInterrupted()) {
            view.finish(patience);
        }
        view.close();
        side.afterClosing().run();
    }
}
