package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.BlockingView;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A handshake on the thread that opens an address: it waits, and does the engine's heavy work
 * itself.
 */
final class Handshake {
    /** How much is read at once: peers that say nothing must cost little. */
    private static final int BLOCK = 4096;

    private final SSLEngine engine;
    private final BlockingView peer;
    private final String call;
    private final ByteBuffer direct = ByteBuffer.allocateDirect(BLOCK);

    /** What has come and was not opened yet; it grows to the size of a record. */
    private ByteBuffer sealed = ByteBuffer.allocate(BLOCK).flip();

    private Handshake(SSLEngine engine, BlockingView peer) {
        this.engine = engine;
        this.peer = peer;
        call = engine.getUseClientMode() ? "SSL_connect(): " : "SSL_accept(): ";
    }

    /**
     * Does the handshake.
     *
     * @return bytes of the peer that came behind it, still sealed
     * @throws AddressException when it failed; the peer has been told, where there is a way to
     */
    static byte[] over(BlockingView peer, SSLEngine engine) {
        return new Handshake(engine, peer).run();
    }

    /**
     * Waits until a client says something: one that does not costs no engine, however many there
     * are.
     *
     * @throws AddressException when it goes instead
     */
    static void awaitClient(BlockingView peer) {
        ByteBuffer first = ByteBuffer.allocateDirect(1);
        try {
            if (peer.read(first) < 0) {
                throw new IOException("socket closed by peer");
            }
            peer.unread(new byte[] {first.get(0)}, 0, 1);
        } catch (IOException failure) {
            throw AddressException.retryable("SSL_accept(): " + TlsFailure.text(failure));
        }
    }

    private byte[] run() {
        try {
            engine.beginHandshake();
            while (step(engine.getHandshakeStatus())) {
                // until nothing is left to do
            }
            return Arrays.copyOfRange(sealed.array(), sealed.position(), sealed.limit());
        } catch (SSLException failure) {
            tellPeer();
            throw AddressException.retryable(call + TlsFailure.text(failure));
        } catch (IOException failure) {
            throw AddressException.retryable(call + TlsFailure.text(failure));
        }
    }

    /** Whether more is to be done. */
    private boolean step(HandshakeStatus status) throws IOException {
        switch (status) {
            case NEED_WRAP -> wrap();
            case NEED_TASK -> {
                for (Runnable task = engine.getDelegatedTask();
                        task != null;
                        task = engine.getDelegatedTask()) {
                    task.run();
                }
            }
            case NEED_UNWRAP -> unwrap();
            case NEED_UNWRAP_AGAIN -> unwrapOnce();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void wrap() throws IOException {
        int packet = engine.getSession().getPacketBufferSize();
        ByteBuffer records = ByteBuffer.allocate(2 * packet);
        SSLEngineResult result;
        do {
            result = engine.wrap(ByteBuffer.allocate(0), records);
        } while (result.getStatus() == SSLEngineResult.Status.OK
                && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                && records.remaining() >= packet);
        records.flip();
        while (records.hasRemaining()) {
            int count = Math.min(records.remaining(), BLOCK);
            direct.clear().put(0, records, records.position(), count).limit(count);
            records.position(records.position() + count);
            peer.write(direct);
        }
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new SSLException("the connection was closed during the handshake");
        }
    }

    private void unwrap() throws IOException {
        if (unwrapOnce()) {
            return;
        }
        int count = peer.read(direct.clear());
        if (count < 0) {
            throw new IOException("socket closed by peer");
        }
        sealed.compact();
        if (sealed.remaining() < count) {
            int room = sealed.position() + Math.max(count, sealed.capacity());
            sealed = ByteBuffer.allocate(room).put(sealed.flip());
        }
        sealed.put(direct.flip()).flip();
    }

    /** Takes one record; whether there was a whole one. */
    private boolean unwrapOnce() throws IOException {
        ByteBuffer plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        SSLEngineResult result = engine.unwrap(sealed, plain);
        return switch (result.getStatus()) {
            case OK -> true;
            case CLOSED -> throw new SSLException("connection closed (wrong version number?)");
            default -> false;
        };
    }

    /** Sends the alert that the engine has for the peer. */
    private void tellPeer() {
        try {
            for (int i = 0;
                    i < 3 && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
                    i++) {
                wrap();
            }
        } catch (IOException unable) {
            // The failure itself is what is told.
        }
    }
}
