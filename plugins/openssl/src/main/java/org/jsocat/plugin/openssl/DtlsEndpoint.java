package org.jsocat.plugin.openssl;

import org.bouncycastle.tls.DTLSTransport;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.StageEndpoint;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;

/**
 * DTLS over an inner endpoint that keeps packets, after the handshake: each block is a record, and
 * each record a datagram. {@code close_notify} tells the end of one direction, as in the reference.
 */
final class DtlsEndpoint extends StageEndpoint {
    /** The most bytes of a record (RFC 6347, section 4.1). */
    private static final int LARGEST = 16384;

    private final DTLSTransport transport;
    private final DtlsDatagrams datagrams;
    private final byte[] block = new byte[LARGEST];
    private boolean ended;

    /**
     * A connection whose handshake has ended.
     *
     * @param overhead what the cipher adds to the bytes of a record, at least
     */
    DtlsEndpoint(
            OpenContext context,
            Endpoint inner,
            DTLSTransport transport,
            DtlsDatagrams datagrams,
            int overhead) {
        super(context, inner);
        this.transport = transport;
        this.datagrams = datagrams;
        datagrams.over(inner, overhead);
    }

    @Override
    public int read(ByteBuffer target) {
        if (ended) {
            return END;
        }
        try {
            int count = -1;
            while (count <= 0) {
                count = transport.receive(block, 0, LARGEST, 1);
            }
            int fits = Math.min(count, target.remaining());
            if (fits < count) {
                throw AddressException.fatal(
                        "SSL_read(): a datagram of "
                                + count
                                + " bytes does not fit; option -b must be larger");
            }
            target.put(block, 0, count);
            return count;
        } catch (DtlsEnd end) {
            ended = true;
            return END;
        } catch (InterruptedIOException none) {
            return 0;
        } catch (IOException failure) {
            throw AddressException.fatal("SSL_read(): " + TlsFailure.text(failure));
        }
    }

    @Override
    public int write(ByteBuffer source) {
        if (datagrams.hasUnsent()) {
            datagrams.sendAgain();
            if (datagrams.hasUnsent()) {
                return 0;
            }
        }
        int count = source.remaining();
        if (count > LARGEST) {
            throw AddressException.fatal(
                    "SSL_write(): a block of "
                            + count
                            + " bytes is too large for a datagram of DTLS; option -b limits"
                            + " blocks");
        }
        byte[] bytes = new byte[count];
        source.get(bytes);
        try {
            transport.send(bytes, 0, count);
        } catch (IOException failure) {
            throw AddressException.fatal("SSL_write(): " + TlsFailure.text(failure));
        }
        return count;
    }

    @Override
    protected boolean holdsOutput() {
        return datagrams.hasUnsent();
    }

    @Override
    protected void passOn() {
        datagrams.sendAgain();
    }

    @Override
    protected boolean trailer() {
        try {
            transport.close();
        } catch (IOException | RuntimeException gone) {
            // Nobody minds whether a farewell arrives.
        }
        return true;
    }
}
