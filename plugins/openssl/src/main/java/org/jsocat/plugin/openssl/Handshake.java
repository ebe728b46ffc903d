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
    private final SSLEngine engine;
    private final BlockingView peer;
    private final String call;
    private final Scratch scratch;

    private Handshake(SSLEngine engine, BlockingView peer, Scratch scratch) {
        this.engine = engine;
        this.peer = peer;
        this.scratch = scratch;
        call = engine.getUseClientMode() ? "SSL_connect(): " : "SSL_accept(): ";
    }

    /**
     * Does the handshake.
     *
     * @return bytes of the peer that came behind it, still sealed
     * @throws AddressException when it failed; the peer has been told, where there is a way to
     */
    static byte[] over(BlockingView peer, SSLEngine engine) {
        Scratch scratch = Scratch.take();
        try {
            return new Handshake(engine, peer, scratch).run();
        } finally {
            scratch.give();
        }
    }

    private byte[] run() {
        try {
            engine.beginHandshake();
            scratch.sealed.flip();
            while (step(engine.getHandshakeStatus())) {
                // until nothing is left to do
            }
            ByteBuffer rest = scratch.sealed;
            return Arrays.copyOfRange(rest.array(), rest.position(), rest.limit());
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
        ByteBuffer records = scratch.plain.clear();
        SSLEngineResult result;
        do {
            result = engine.wrap(ByteBuffer.allocate(0), records);
        } while (result.getStatus() == SSLEngineResult.Status.OK
                && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                && records.remaining() > engine.getSession().getPacketBufferSize());
        records.flip();
        scratch.direct.clear().put(records).flip();
        peer.write(scratch.direct);
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new SSLException("the connection was closed during the handshake");
        }
    }

    private void unwrap() throws IOException {
        if (unwrapOnce()) {
            return;
        }
        ByteBuffer sealed = scratch.sealed.compact();
        scratch.direct.clear().limit(Math.min(sealed.remaining(), scratch.direct.capacity()));
        int count = peer.read(scratch.direct);
        if (count < 0) {
            sealed.flip();
            throw new IOException("socket closed by peer");
        }
        sealed.put(scratch.direct.flip()).flip();
    }

    /** Takes one record; whether there was a whole one. */
    private boolean unwrapOnce() throws IOException {
        SSLEngineResult result = engine.unwrap(scratch.sealed, scratch.plain.clear());
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
