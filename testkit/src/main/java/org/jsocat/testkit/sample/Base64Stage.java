package org.jsocat.testkit.sample;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.StageEndpoint;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * What goes to the right is written as base64 (RFC 4648, without line ends), what comes from there
 * is read as such. The last group is the trailer.
 */
final class Base64Stage extends StageEndpoint {
    private static final int GROUPS = 4096;

    private final byte[] plain = new byte[3 * GROUPS];
    private final ByteBuffer coded = ByteBuffer.allocateDirect(4 * GROUPS).flip();
    private final ByteBuffer arriving = ByteBuffer.allocateDirect(4 * GROUPS);
    private ByteBuffer decoded = ByteBuffer.allocate(0);
    private int waiting;

    Base64Stage(OpenContext context, Endpoint inner) {
        super(context, inner);
    }

    @Override
    public int write(ByteBuffer source) {
        if (coded.hasRemaining()) {
            passOn();
        }
        if (coded.hasRemaining()) {
            return 0;
        }
        int count = Math.min(source.remaining(), plain.length - waiting);
        source.get(plain, waiting, count);
        waiting += count;
        encode(waiting - waiting % 3);
        passOn();
        return count;
    }

    private void encode(int length) {
        byte[] whole = java.util.Arrays.copyOf(plain, length);
        coded.clear().put(Base64.getEncoder().encode(whole)).flip();
        System.arraycopy(plain, length, plain, 0, waiting - length);
        waiting -= length;
    }

    @Override
    protected boolean holdsOutput() {
        return coded.hasRemaining();
    }

    @Override
    protected void passOn() {
        while (coded.hasRemaining() && inner().write(coded) > 0) {
            // until it takes nothing more
        }
    }

    @Override
    protected boolean trailer() {
        encode(waiting);
        return true;
    }

    @Override
    public int read(ByteBuffer target) {
        while (!decoded.hasRemaining()) {
            int count = inner().read(arriving);
            if (count == 0) {
                return 0;
            }
            if (count == END && arriving.position() > 0) {
                throw AddressException.fatal("base64 ends within a group");
            }
            if (count == END) {
                return END;
            }
            decode();
        }
        int count = Math.min(decoded.remaining(), target.remaining());
        target.put(decoded.slice(decoded.position(), count));
        decoded.position(decoded.position() + count);
        return count;
    }

    private void decode() {
        arriving.flip();
        byte[] whole = new byte[arriving.remaining() / 4 * 4];
        arriving.get(whole);
        arriving.compact();
        decoded = ByteBuffer.wrap(Base64.getDecoder().decode(whole));
    }

    @Override
    public boolean hasPending() {
        return decoded.hasRemaining() || super.hasPending();
    }
}
