package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.StageEndpoint;
import org.jsocat.spi.Wakeup;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * TLS with its sides swapped: sealed bytes pass on the left, open ones on the right. The peer is
 * reached through the relay only, so the handshake takes place as bytes come, on the event loop;
 * its heavy parts run elsewhere. Nothing is taken from or given to the right before it has ended
 * and the peer has been checked.
 */
final class ReversedTlsEndpoint extends StageEndpoint {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final int maxSend;
    private final Consumer<SSLSession> check;
    private final Wakeup wakeup;
    private final TlsRecords records = new TlsRecords(new byte[0]);

    /** Sealed, for the peer. */
    private ByteBuffer sealed = NOTHING;

    /** Opened, and not yet taken by the inner endpoint. */
    private ByteBuffer opened = NOTHING;

    private boolean established;
    private boolean peerEnded;
    private boolean innerEnded;
    private boolean outputClosed;
    private volatile boolean busy;

    /**
     * A stage before its handshake.
     *
     * @param check takes the session when there is one
     */
    ReversedTlsEndpoint(
            OpenContext context,
            Endpoint inner,
            SSLEngine engine,
            int maxSend,
            Consumer<SSLSession> check) {
        super(context, inner);
        this.engine = engine;
        this.maxSend = maxSend;
        this.check = check;
        wakeup = context.wakeup();
        try {
            engine.beginHandshake();
        } catch (SSLException unable) {
            throw AddressException.fatal(TlsFailure.text(unable));
        }
    }

    @Override
    public int write(ByteBuffer source) {
        if (busy || opened.hasRemaining() || !source.hasRemaining()) {
            return peerEnded ? drop(source) : 0;
        }
        if (peerEnded) {
            return drop(source);
        }
        Scratch scratch = Scratch.take();
        records.load(scratch.sealed);
        int count = Math.min(source.remaining(), records.room(source.remaining()));
        try {
            scratch.direct.put(0, source, source.position(), count).limit(count);
            records.add(scratch.direct);
            source.position(source.position() + count);
            advance(scratch);
        } finally {
            records.save();
            scratch.give();
        }
        wakeup.now(); // what was sealed is to be read
        return count;
    }

    private static int drop(ByteBuffer source) {
        int count = source.remaining();
        source.position(source.limit());
        return count;
    }

    /** Does what can be done with the bytes at hand. */
    private void advance(Scratch scratch) {
        while (!busy && !opened.hasRemaining() && !peerEnded) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                work();
            } else if (status == HandshakeStatus.NEED_WRAP) {
                seal(NOTHING);
            } else if (status != HandshakeStatus.NEED_UNWRAP_AGAIN && !records.hasWhole()) {
                return;
            } else if (established && !records.mayOpen(outputClosed)) {
                peerEnded();
            } else {
                openOne(scratch);
            }
        }
    }

    private void work() {
        busy = true;
        Thread.ofVirtual()
                .name("jsocat-tls")
                .start(
                        () -> {
                            try {
                                for (Runnable task = engine.getDelegatedTask();
                                        task != null;
                                        task = engine.getDelegatedTask()) {
                                    task.run();
                                }
                            } finally {
                                busy = false;
                                wakeup.now();
                            }
                        });
    }

    private void openOne(Scratch scratch) {
        SSLEngineResult result;
        try {
            result = engine.unwrap(records.sealed(), scratch.plain.clear());
        } catch (SSLException failure) {
            throw failed(failure);
        }
        establish(result.getHandshakeStatus());
        if (scratch.plain.flip().hasRemaining()) {
            opened = ByteBuffer.allocate(scratch.plain.remaining()).put(scratch.plain).flip();
            passOn();
        }
        if (result.getStatus() == Status.CLOSED) {
            peerEnded();
        }
    }

    private AddressException failed(SSLException failure) {
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            try {
                seal(NOTHING);
            } catch (AddressException second) {
                // The first failure is what is told.
            }
        }
        String call = established ? "SSL_read(): " : "SSL_accept(): ";
        return AddressException.fatal(call + TlsFailure.text(failure));
    }

    private void establish(HandshakeStatus status) {
        if (!established && status == HandshakeStatus.FINISHED) {
            established = true;
            boolean before13 = !engine.getSession().getProtocol().equals("TLSv1.3");
            records.established(before13, !engine.getUseClientMode());
            check.accept(engine.getSession());
        }
    }

    private void peerEnded() {
        peerEnded = true;
        if (!opened.hasRemaining()) {
            inner().shutdownOutput();
        }
    }

    /** Seals one record or message for the peer; whether any bytes were taken. */
    private boolean seal(ByteBuffer plain) {
        ByteBuffer target = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result;
        try {
            result = engine.wrap(plain, target);
        } catch (SSLException failure) {
            throw AddressException.fatal("SSL_write(): " + TlsFailure.text(failure));
        }
        target.flip();
        sealed =
                ByteBuffer.allocate(sealed.remaining() + target.remaining())
                        .put(sealed)
                        .put(target)
                        .flip();
        establish(result.getHandshakeStatus());
        return result.bytesConsumed() > 0;
    }

    @Override
    public int read(ByteBuffer target) {
        Scratch scratch = Scratch.take();
        records.load(scratch.sealed);
        try {
            advance(scratch);
            if (!sealed.hasRemaining() && established && !busy && !outputClosed) {
                readInner(target.remaining(), scratch);
            }
        } finally {
            records.save();
            scratch.give();
        }
        int count = Math.min(sealed.remaining(), target.remaining());
        target.put(target.position(), sealed, sealed.position(), count);
        target.position(target.position() + count);
        sealed.position(sealed.position() + count);
        return count == 0 && outputClosed && !sealed.hasRemaining() ? END : count;
    }

    private void readInner(int room, Scratch scratch) {
        int most = Math.max(512, Math.min(room, maxSend));
        int count = inner().read(scratch.direct.clear().limit(most));
        if (count == END) {
            closeOutput(scratch);
        } else if (count > 0) {
            scratch.plain.clear().put(scratch.direct.flip()).flip();
            while (scratch.plain.hasRemaining() && seal(scratch.plain)) {
                // on
            }
        }
    }

    private void closeOutput(Scratch scratch) {
        innerEnded = true;
        outputClosed = true;
        engine.closeOutbound();
        seal(NOTHING);
        if (records.keepsAlert()) {
            try {
                engine.unwrap(records.sealed(), scratch.plain.clear());
            } catch (SSLException failure) {
                throw AddressException.fatal("SSL_read(): " + TlsFailure.text(failure));
            }
        }
    }

    @Override
    protected boolean holdsOutput() {
        return opened.hasRemaining();
    }

    @Override
    protected void passOn() {
        Scratch scratch = Scratch.take();
        try {
            scratch.direct.put(opened.duplicate()).flip();
            while (scratch.direct.hasRemaining() && inner().write(scratch.direct) > 0) {
                // on
            }
            opened.position(opened.position() + scratch.direct.position());
        } finally {
            scratch.give();
        }
        if (!opened.hasRemaining() && peerEnded) {
            inner().shutdownOutput();
        }
        if (!opened.hasRemaining() && records.hasWholeSaved()) {
            wakeup.now();
        }
    }

    /** The left side has ended: it must have said so. */
    @Override
    protected boolean trailer() {
        if (!peerEnded && !innerEnded) {
            peerEnded = true;
            throw AddressException.fatal(
                    established
                            ? "SSL_read(): unexpected eof while reading"
                            : "SSL_accept(): socket closed by peer");
        }
        return true;
    }

    @Override
    public boolean hasPending() {
        return sealed.hasRemaining() || super.hasPending();
    }

    @Override
    public boolean keepsPackets() {
        return false;
    }
}
