package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressException;

import java.nio.ByteBuffer;

/**
 * The sealed bytes of one direction, cut into records (RFC 8446, section 5.1). Between turns it
 * holds no more than what has come of a record that is not complete, or what could not be opened
 * yet.
 */
final class TlsRecords {
    private static final int HEADER = 5;
    private static final int FIRST_TYPE = 20;
    private static final int LAST_TYPE = 24;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** The largest record of any version (RFC 5246, section 6.2.3), with its header. */
    private static final int LARGEST = HEADER + 16384 + 2048;

    private boolean alertsAreSeen;
    private boolean refusesHandshakes;
    private ByteBuffer saved;
    private ByteBuffer sealed = NOTHING;
    private boolean keepsAlert;

    /**
     * None yet.
     *
     * @param early bytes that have already come
     */
    TlsRecords(byte[] early) {
        saved = early.length == 0 ? NOTHING : ByteBuffer.wrap(early);
    }

    /**
     * The handshake has ended.
     *
     * @param seen whether alerts can be told from data without opening them: up to TLS 1.2
     * @param server whether a new handshake of the peer is refused, where it can be seen
     */
    void established(boolean seen, boolean server) {
        alertsAreSeen = seen;
        refusesHandshakes = seen && server;
    }

    /** Begins a turn in this buffer. */
    void load(ByteBuffer buffer) {
        sealed = buffer.clear().put(saved).flip();
        saved = NOTHING;
    }

    /** Ends a turn: keeps what is left. */
    void save() {
        if (sealed.hasRemaining()) {
            saved = ByteBuffer.allocate(sealed.remaining()).put(sealed).flip();
        }
        sealed = NOTHING;
    }

    /** In a turn: the bytes at hand, to be opened record by record. */
    ByteBuffer sealed() {
        return sealed;
    }

    /** How many bytes to ask for in a turn, for data of so many bytes. */
    int room(int wanted) {
        int enough = Math.max(LARGEST, wanted + wanted / 64 + HEADER);
        return Math.min(enough, sealed.capacity() - sealed.remaining());
    }

    /** Adds bytes in a turn. */
    void add(ByteBuffer bytes) {
        sealed.compact().put(bytes).flip();
    }

    /**
     * In a turn: whether the next record has come whole, or is none, so that the engine says so.
     */
    boolean hasWhole() {
        return isWhole(sealed);
    }

    /** The same between turns. */
    boolean hasWholeSaved() {
        return !keepsAlert && isWhole(saved);
    }

    private static boolean isWhole(ByteBuffer bytes) {
        if (bytes.remaining() < HEADER) {
            return false;
        }
        int type = bytes.get(bytes.position());
        if (type < FIRST_TYPE || type > LAST_TYPE) {
            return true;
        }
        int length = HEADER + (bytes.getShort(bytes.position() + 3) & 0xffff);
        return length > LARGEST || bytes.remaining() >= length;
    }

    /**
     * In a turn, with a whole record: whether it may be given to the engine now.
     *
     * @param outputClosed whether this side has ended its output
     * @return false for an alert that is to be kept until then
     */
    boolean mayOpen(boolean outputClosed) {
        int type = sealed.get(sealed.position());
        if (refusesHandshakes && type == HANDSHAKE) {
            throw AddressException.fatal(
                    "SSL_read(): the peer asks for a renegotiation, which is refused");
        }
        keepsAlert = alertsAreSeen && type == ALERT && !outputClosed;
        return !keepsAlert;
    }

    /** Whether an alert is kept. */
    boolean keepsAlert() {
        return keepsAlert;
    }
}
