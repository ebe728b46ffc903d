package org.jsocat.plugin.openssl;

import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** A client that does to the wire what no proper one does. It believes every server. */
final class RawClient implements AutoCloseable {
    private static final int ROOM = 1 << 15;

    private final Fd fd;
    private final SSLEngine engine;
    private final ByteBuffer received = ByteBuffer.allocate(4 * ROOM).flip();

    /** Over a descriptor that does not block; it is the client's from now on. */
    RawClient(Fd fd, String version) throws Exception {
        this.fd = fd;
        SSLContext context = SSLContext.getInstance("TLS");
        PeerTrust anyone =
                new PeerTrust(
                        false,
                        TrustAnchors.of(Optional.empty(), Optional.empty(), Optional.empty()));
        context.init(null, new TrustManager[] {anyone}, null);
        engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        engine.setSSLParameters(parameters);
    }

    /** The first flight, not sent. */
    byte[] hello() throws SSLException {
        engine.beginHandshake();
        return sealed(new byte[0]);
    }

    /** Does the whole handshake, sending so many bytes at a time. */
    void handshake(int piece) throws SSLException {
        engine.beginHandshake();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
            switch (status) {
                case NEED_WRAP -> send(sealed(new byte[0]), piece);
                case NEED_TASK -> engine.getDelegatedTask().run();
                default -> open();
            }
            status = engine.getHandshakeStatus();
        }
    }

    /** Asks for new keys of both directions (RFC 8446, section 4.6.3), or a renegotiation. */
    byte[] another() throws SSLException {
        engine.beginHandshake();
        return sealed(new byte[0]);
    }

    /** Records with these bytes. */
    byte[] sealed(byte[] plain) throws SSLException {
        ByteBuffer target = ByteBuffer.allocate(2 * ROOM);
        engine.wrap(ByteBuffer.wrap(plain), target);
        return Arrays.copyOf(target.array(), target.position());
    }

    /** Sends all, so many bytes at a time; waits where there is no room. */
    void send(byte[] bytes, int piece) {
        int done = 0;
        while (done < bytes.length) {
            long count = Libc.write(fd.number(), bytes, done, Math.min(piece, bytes.length - done));
            if (count > 0) {
                done += (int) count;
            } else {
                Thread.yield();
            }
        }
    }

    /** Sends what fits at once; whether that was all. */
    boolean sendAtOnce(byte[] bytes) {
        return Libc.write(fd.number(), bytes, 0, bytes.length) == bytes.length;
    }

    /** Opens what has come, one record at most; the plain bytes, none where it was no data. */
    byte[] open() throws SSLException {
        ByteBuffer plain = ByteBuffer.allocate(ROOM);
        SSLEngineResult result = engine.unwrap(received, plain);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            received.compact();
            long count =
                    Libc.read(
                            fd.number(),
                            received.array(),
                            received.position(),
                            received.remaining());
            received.position(received.position() + (int) Math.max(0, count)).flip();
            Thread.yield();
        }
        return Arrays.copyOf(plain.array(), plain.position());
    }

    @Override
    public void close() {
        fd.close();
    }
}
