package org.jsocat.plugin.posixmq;

import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;

/** One message that has been received, and then the end. */
final class MessageEndpoint implements Endpoint {
    private final ByteBuffer message;

    MessageEndpoint(ByteBuffer message) {
        this.message = message;
    }

    @Override
    public int read(ByteBuffer target) {
        if (!message.hasRemaining()) {
            return END;
        }
        int count = Math.min(message.remaining(), target.remaining());
        target.put(message.slice(message.position(), count));
        message.position(message.position() + count);
        return count;
    }

    /** It is there at once, and so is its end. */
    @Override
    public boolean hasPending() {
        return true;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new ReadOnlyBufferException();
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public void close() {}

    @Override
    public Direction direction() {
        return Direction.READ;
    }

    @Override
    public int readDescriptor() {
        return NONE;
    }

    @Override
    public int writeDescriptor() {
        return NONE;
    }

    @Override
    public boolean keepsPackets() {
        return true;
    }
}
