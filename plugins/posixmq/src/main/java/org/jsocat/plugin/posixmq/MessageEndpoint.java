package org.jsocat.plugin.posixmq;

import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Fact;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.List;
import java.util.function.BiConsumer;

/** One message that has been received, and then the end. */
final class MessageEndpoint implements Endpoint {
    private final ByteBuffer message;
    private final Priority priority;

    /** What is known of it. */
    private record Priority(int number) implements Fact {
        @Override
        public void tell(BiConsumer<String, String> variables) {
            variables.accept("POSIXMQ_PRIO", Integer.toUnsignedString(number));
        }
    }

    MessageEndpoint(ByteBuffer message, int priority) {
        this.message = message;
        this.priority = new Priority(priority);
    }

    @Override
    public List<Fact> facts() {
        return List.of(priority);
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
