package org.jsocat.plugin.openssl;

import org.bouncycastle.tls.DatagramTransport;
import org.jsocat.spi.BlockingView;
import org.jsocat.spi.Endpoint;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * The datagrams below DTLS. During the handshake they are waited for; after it, on the event loop,
 * nothing waits: {@link InterruptedIOException} says that there is none, since that alone does not
 * end a connection of Bouncy Castle.
 */
final class DtlsDatagrams implements DatagramTransport {
    /** What a datagram can hold with any header of IP that is usual (RFC 9147, section 4.4). */
    private static final int HANDSHAKE_LIMIT = 1400;

    private static final int LARGEST = 65507;

    /** Of a record (RFC 6347, section 4.1). */
    private static final int HEADER = 13;

    private final ByteBuffer direct = ByteBuffer.allocateDirect(LARGEST + 1);
    private BlockingView view;
    private Endpoint inner;
    private ByteBuffer unsent = ByteBuffer.allocate(0);
    private int least;

    /** For a handshake over this view. */
    DtlsDatagrams(BlockingView view) {
        this.view = view;
    }

    /**
     * The handshake has ended.
     *
     * @param overhead the least length of a record; shorter ones are forged, and Bouncy Castle
     *     would end the connection for them
     */
    void over(Endpoint endpoint, int overhead) {
        inner = endpoint;
        least = overhead;
        view = null;
    }

    @Override
    public int getReceiveLimit() {
        return LARGEST;
    }

    @Override
    public int getSendLimit() {
        return view != null ? HANDSHAKE_LIMIT : LARGEST;
    }

    @Override
    public int receive(byte[] bytes, int offset, int length, int waitMillis) throws IOException {
        direct.clear();
        int count;
        if (view != null) {
            count = await(waitMillis);
        } else {
            count = inner.read(direct);
            if (count == 0) {
                throw new InterruptedIOException("no datagram yet");
            }
            if (count > 0 && isForged(count)) {
                return -1;
            }
        }
        if (count == Endpoint.END) {
            throw new DtlsEnd();
        }
        int fits = Math.min(Math.max(count, 0), length);
        direct.flip().get(bytes, offset, fits);
        return count < 0 ? -1 : fits;
    }

    private boolean isForged(int count) {
        int at = 0;
        while (count - at >= HEADER) {
            int length = direct.getShort(at + HEADER - 2) & 0xffff;
            if (length < least) {
                return true;
            }
            at += HEADER + length;
        }
        return false;
    }

    private int await(int waitMillis) throws IOException {
        try {
            if (waitMillis > 0) {
                view.within(Duration.ofMillis(waitMillis));
            } else {
                view.withoutLimit();
            }
            int count = view.read(direct);
            if (count == Endpoint.END) {
                throw new IOException("socket closed by peer");
            }
            return count;
        } catch (SocketTimeoutException none) {
            throw new SocketTimeoutException("no datagram in time");
        }
    }

    @Override
    public void send(byte[] bytes, int offset, int length) throws IOException {
        direct.clear().put(bytes, offset, length).flip();
        if (view != null) {
            view.withoutLimit();
            view.write(direct);
        } else if (inner.write(direct) == 0 && length > 0) {
            unsent = ByteBuffer.allocate(length).put(bytes, offset, length).flip();
        }
    }

    /** Whether a datagram waits to be sent. */
    boolean hasUnsent() {
        return unsent.hasRemaining();
    }

    /** Sends it, if it can be now. */
    void sendAgain() {
        direct.clear().put(unsent.duplicate()).flip();
        if (inner.write(direct) > 0) {
            unsent = ByteBuffer.allocate(0);
        }
    }

    /** The inner endpoint is closed by whoever has it. */
    @Override
    public void close() {}
}
