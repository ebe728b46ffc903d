package org.jsocat.plugin.filter;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.StageEndpoint;
import org.jsocat.spi.Wakeup;

import java.nio.ByteBuffer;

/** A stage that changes bytes with one codec on their way to the right, with another one back. */
final class CodecStage extends StageEndpoint {
    private final Codec forth;
    private final Codec back;
    private final Wakeup wakeup;
    private final ByteBuffer nothing = ByteBuffer.allocate(0);
    private final ByteBuffer leaving = ByteBuffer.allocateDirect(Codec.ROOM).flip();
    private final ByteBuffer arriving = ByteBuffer.allocateDirect(Codec.ROOM).flip();
    private final ByteBuffer arrived = ByteBuffer.allocateDirect(Codec.ROOM).flip();
    private boolean inputEnded;
    private boolean inputOut;
    private boolean closed;

    /**
     * A stage.
     *
     * @param forth for what is written; closed with the stage
     * @param back for what is read; closed with the stage
     */
    CodecStage(OpenContext context, Endpoint inner, Codec forth, Codec back) {
        super(context, inner);
        this.forth = forth;
        this.back = back;
        wakeup = context.wakeup();
    }

    @Override
    public int write(ByteBuffer source) {
        int before = source.remaining();
        boolean answering = back.hasMore();
        do {
            passOn();
            if (leaving.hasRemaining() || forth.isBlocked()) {
                break;
            }
            forth.convert(source, leaving.clear());
            leaving.flip();
        } while (source.hasRemaining() || leaving.hasRemaining());
        if (!answering && back.hasMore()) {
            wakeup.now(); // an answer to what was written, to be read
        }
        return before - source.remaining();
    }

    @Override
    protected boolean holdsOutput() {
        return leaving.hasRemaining() || forth.hasMore();
    }

    @Override
    protected void passOn() {
        do {
            while (leaving.hasRemaining()) {
                if (inner().write(leaving) <= 0) {
                    return;
                }
            }
            if (forth.hasMore()) {
                forth.convert(nothing, leaving.clear());
                leaving.flip();
            }
        } while (leaving.hasRemaining());
    }

    @Override
    protected boolean trailer() {
        boolean all = forth.end(leaving.clear());
        leaving.flip();
        return all;
    }

    @Override
    public int read(ByteBuffer target) {
        boolean blocking = forth.isBlocked();
        while (!arrived.hasRemaining()) {
            if (inputOut) {
                return END;
            }
            if (!arriving.hasRemaining() && !back.hasMore() && !receive()) {
                return 0;
            }
            convert();
            if (forth.hasMore()) {
                passOn(); // an answer to what was read
            }
            if (back.isBlocked() && !arrived.hasRemaining()) {
                return 0; // goes on once the peer has taken answers
            }
        }
        if (blocking && !forth.isBlocked()) {
            wakeup.now(); // there is room for answers again, so that more can be written
        }
        int count = Math.min(arrived.remaining(), target.remaining());
        target.put(arrived.slice(arrived.position(), count));
        arrived.position(arrived.position() + count);
        return count;
    }

    private void convert() {
        if (inputEnded && !arriving.hasRemaining() && !back.hasMore()) {
            inputOut = back.end(arrived.clear());
        } else {
            back.convert(arriving, arrived.clear());
        }
        arrived.flip();
    }

    /** Reads more, or takes note of the end; whether either came. */
    private boolean receive() {
        if (inputEnded) {
            return true;
        }
        int count = inner().read(arriving.clear());
        arriving.flip();
        inputEnded = count == END;
        return count != 0;
    }

    @Override
    public boolean hasPending() {
        return arrived.hasRemaining()
                || (arriving.hasRemaining() && !back.isBlocked())
                || back.hasMore()
                || (inputEnded && !inputOut && !back.isBlocked())
                || super.hasPending();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            forth.close();
            back.close();
            super.close();
        }
    }
}
