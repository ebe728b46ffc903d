package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.ForwardingEndpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.StageEndpoint;
import org.jsocat.spi.Wakeup;
import org.jsocat.spi.posix.PosixException;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * TLS over an inner endpoint, after the handshake. Bytes are sealed and opened on the event loop,
 * in buffers of the loop; a connection holds only what could not be passed on: the part of a
 * record, and what its sink did not take.
 *
 * <p>Half-close is that of the reference: {@code close_notify} tells the end of one direction, the
 * other goes on, and the inner endpoint is not half-closed. The engine answers a {@code
 * close_notify} of TLS 1.2 by ending both directions (RFC 5246 wants it so); since the reference
 * goes on writing then, an alert of TLS 1.2 is kept from the engine until this side has ended, too;
 * it is checked then.
 */
final class TlsEndpoint extends StageEndpoint {
    /** Records in a row that carry no data; far fewer than that are sent in good faith. */
    private static final int MOST_WITHOUT_DATA = 64;

    /** How long a sender that reads nothing waits for the peer to have read all. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final TlsRecords records;
    private final int maxSend;
    private final boolean writesOnly;
    private final Wakeup wakeup;

    /** Opened, and not yet read by the relay. */
    private ByteBuffer plain = NOTHING;

    /** Sealed, and not yet taken by the inner endpoint. */
    private ByteBuffer unsent = NOTHING;

    private boolean ended;
    private boolean wantsWrap;
    private boolean outputClosed;
    private boolean failed;
    private int withoutData;
    private long drainedBy;
    private volatile boolean busy;

    /**
     * A connection.
     *
     * @param engine its handshake has ended
     * @param early what the peer sent behind the handshake
     * @param maxSend the most bytes of one record
     */
    TlsEndpoint(OpenContext context, Endpoint inner, SSLEngine engine, byte[] early, int maxSend) {
        super(context, new WholeOutput(inner));
        this.engine = engine;
        this.maxSend = maxSend;
        boolean before13 = !engine.getSession().getProtocol().equals("TLSv1.3");
        records = new TlsRecords(early);
        records.established(before13, !engine.getUseClientMode());
        writesOnly = context.direction() == Direction.WRITE;
        wakeup = context.wakeup();
        wantsWrap = engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
    }

    /** The end of a TLS stream is told by TLS; what is below stays open both ways. */
    private static final class WholeOutput extends ForwardingEndpoint {
        WholeOutput(Endpoint inner) {
            super(inner);
        }

        @Override
        public void shutdownOutput() {
            // nothing
        }
    }

    @Override
    public int read(ByteBuffer target) {
        if (plain.hasRemaining()) {
            return takePlain(target);
        }
        if (ended) {
            return END;
        }
        Scratch scratch = Scratch.take();
        try {
            return open(target, scratch);
        } finally {
            scratch.give();
        }
    }

    private int takePlain(ByteBuffer target) {
        int count = Math.min(plain.remaining(), target.remaining());
        target.put(target.position(), plain, plain.position(), count);
        target.position(target.position() + count);
        plain.position(plain.position() + count);
        if (!plain.hasRemaining()) {
            plain = NOTHING;
        }
        return count;
    }

    private int open(ByteBuffer target, Scratch scratch) {
        int start = target.position();
        records.load(scratch.sealed);
        try {
            while (target.hasRemaining() && !ended && !busy && !plain.hasRemaining()) {
                if (records.hasWhole()) {
                    if (!records.mayOpen(outputClosed)) {
                        ended = true;
                    } else {
                        openOne(target, scratch);
                    }
                } else if (target.position() > start || !fill(target.remaining(), scratch)) {
                    break;
                }
            }
        } finally {
            records.save();
        }
        int count = target.position() - start;
        return count == 0 && ended ? END : count;
    }

    /** Reads from the inner endpoint; whether there was anything. */
    private boolean fill(int room, Scratch scratch) {
        int count = inner().read(scratch.direct.clear().limit(records.room(room)));
        if (count == END) {
            failed = true;
            throw AddressException.fatal(
                    "SSL_read(): unexpected eof while reading: the peer has closed the connection"
                            + " without saying that this is the end of the data (close_notify)");
        }
        if (count > 0) {
            records.add(scratch.direct.flip());
        }
        return count > 0;
    }

    private void openOne(ByteBuffer target, Scratch scratch) {
        SSLEngineResult result;
        try {
            result = engine.unwrap(records.sealed(), scratch.plain.clear());
        } catch (SSLException failure) {
            throw failed("SSL_read(): ", failure);
        }
        ByteBuffer opened = scratch.plain.flip();
        withoutData = opened.hasRemaining() ? 0 : withoutData + 1;
        int count = Math.min(opened.remaining(), target.remaining());
        target.put(target.position(), opened, 0, count);
        target.position(target.position() + count);
        if (opened.position(count).hasRemaining()) {
            plain = ByteBuffer.allocate(opened.remaining()).put(opened).flip();
        }
        if (result.getStatus() == Status.CLOSED) {
            ended = true;
        }
        if (withoutData > MOST_WITHOUT_DATA) {
            throw failed("SSL_read(): ", new SSLException("too many records without data"));
        }
        follow(result.getHandshakeStatus());
    }

    /** Does what the engine wants: key updates and renegotiation ask for answers and work. */
    private void follow(HandshakeStatus status) {
        if (status == HandshakeStatus.NEED_WRAP) {
            wantsWrap = true;
            passOn();
        } else if (status == HandshakeStatus.NEED_TASK) {
            busy = true;
            Thread.ofVirtual().name("jsocat-tls").start(this::work);
        }
    }

    private void work() {
        try {
            for (Runnable task = engine.getDelegatedTask();
                    task != null;
                    task = engine.getDelegatedTask()) {
                task.run();
            }
        } finally {
            wantsWrap = engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
            busy = false;
            wakeup.now();
        }
    }

    private AddressException failed(String call, SSLException failure) {
        if (!failed) {
            failed = true;
            wantsWrap = engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
            passOn(); // the alert, as far as it goes
        }
        return AddressException.fatal(call + TlsFailure.text(failure));
    }

    @Override
    public int write(ByteBuffer source) {
        if (holdsOutput()) {
            passOn();
        }
        if (holdsOutput() || busy) {
            return 0;
        }
        int start = source.position();
        Scratch scratch = Scratch.take();
        try {
            boolean sealed = true;
            while (sealed && source.hasRemaining() && !unsent.hasRemaining()) {
                sealed = seal(source, scratch);
                send(scratch);
            }
        } finally {
            scratch.give();
        }
        return source.position() - start;
    }

    /** Seals as many records as there is room for; whether the engine took any bytes. */
    private boolean seal(ByteBuffer source, Scratch scratch) {
        int packet = engine.getSession().getPacketBufferSize();
        ByteBuffer sealed = scratch.sealed.clear();
        boolean took = false;
        while (source.hasRemaining() && sealed.remaining() >= packet) {
            int count = Math.min(source.remaining(), maxSend);
            ByteBuffer record = scratch.plain.clear();
            record.put(0, source, source.position(), count).limit(count);
            SSLEngineResult result = wrap(record, sealed);
            source.position(source.position() + result.bytesConsumed());
            if (result.bytesConsumed() == 0) {
                break;
            }
            took = true;
        }
        return took;
    }

    private SSLEngineResult wrap(ByteBuffer from, ByteBuffer to) {
        try {
            SSLEngineResult result = engine.wrap(from, to);
            if (result.getStatus() == Status.CLOSED && from.hasRemaining()) {
                throw AddressException.fatal("SSL_write(): the connection was closed");
            }
            if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                follow(HandshakeStatus.NEED_TASK);
            }
            return result;
        } catch (SSLException failure) {
            throw failed("SSL_write(): ", failure);
        }
    }

    /** Writes what is in the scratch's sealed buffer to the inner endpoint; keeps what is left. */
    private void send(Scratch scratch) {
        scratch.direct.clear().put(scratch.sealed.flip()).flip();
        writeInner(scratch.direct);
        if (scratch.direct.hasRemaining()) {
            unsent = ByteBuffer.allocate(scratch.direct.remaining()).put(scratch.direct).flip();
        }
    }

    /** Writes until all is out or nothing is taken. Nobody minds whether a farewell arrives. */
    private void writeInner(ByteBuffer direct) {
        try {
            while (direct.hasRemaining() && inner().write(direct) > 0) {
                // on
            }
        } catch (PosixException gone) {
            if (!outputClosed && !failed) {
                throw gone;
            }
            direct.position(direct.limit());
        }
    }

    @Override
    protected boolean holdsOutput() {
        return unsent.hasRemaining() || (wantsWrap && !busy);
    }

    @Override
    protected void passOn() {
        Scratch scratch = Scratch.take();
        try {
            if (unsent.hasRemaining()) {
                scratch.direct.put(unsent.duplicate()).flip();
                writeInner(scratch.direct);
                unsent.position(unsent.position() + scratch.direct.position());
            }
            if (!unsent.hasRemaining()) {
                unsent = NOTHING;
                if (wantsWrap && !busy) {
                    answer(scratch);
                }
            }
        } finally {
            scratch.give();
        }
    }

    private void answer(Scratch scratch) {
        wantsWrap = false;
        ByteBuffer sealed = scratch.sealed.clear();
        int packet = engine.getSession().getPacketBufferSize();
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                && sealed.remaining() >= packet) {
            SSLEngineResult result = wrap(NOTHING, sealed);
            if (result.getStatus() != Status.OK) {
                break;
            }
        }
        scratch.direct.clear();
        send(scratch);
    }

    /**
     * Sends {@code close_notify}. Where nothing is read, what the peer still sends is waited for
     * and dropped: closing a socket with unread bytes (session tickets, say) would reset the
     * connection before the peer has read all.
     */
    @Override
    protected boolean trailer() {
        if (busy) {
            return false;
        }
        if (!outputClosed) {
            outputClosed = true;
            engine.closeOutbound();
            wantsWrap = true;
            checkKeptAlert();
            if (writesOnly) {
                drainedBy = System.nanoTime() + PATIENCE.toNanos();
                wakeup.after(PATIENCE);
            }
        }
        return !writesOnly || failed || isDrained();
    }

    /** What ended the input of TLS 1.2 was not checked; see the class. */
    private void checkKeptAlert() {
        if (!records.keepsAlert()) {
            return;
        }
        passOn();
        Scratch scratch = Scratch.take();
        records.load(scratch.sealed);
        try {
            engine.unwrap(records.sealed(), scratch.plain.clear());
        } catch (SSLException failure) {
            throw failed("SSL_read(): ", failure);
        } finally {
            records.save();
            scratch.give();
        }
    }

    private boolean isDrained() {
        if (holdsOutput()) {
            passOn();
        }
        Scratch scratch = Scratch.take();
        try {
            int count = inner().read(scratch.direct.clear());
            while (count > 0) {
                count = inner().read(scratch.direct.clear());
            }
            return count == END || System.nanoTime() - drainedBy >= 0;
        } catch (RuntimeException over) {
            return true;
        } finally {
            scratch.give();
        }
    }

    @Override
    public boolean hasPending() {
        return plain.hasRemaining()
                || (!ended && !busy && records.hasWholeSaved())
                || super.hasPending();
    }

    @Override
    public boolean keepsPackets() {
        return false;
    }

    @Override
    public <T> Optional<T> known(Class<T> type) {
        return type == SSLSession.class
                ? Optional.of(type.cast(engine.getSession()))
                : super.known(type);
    }
}
