package org.jsocat.plugin.posixmq;

import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.MessageQueue;
import org.jsocat.spi.posix.PosixException;

import java.nio.ByteBuffer;

/**
 * A message queue as a channel of packets. The kernel gives a message only to a buffer that the
 * longest one would fit in; where the relay's is smaller, the rest of a message follows with the
 * next read.
 */
final class QueueEndpoint implements Endpoint {
    private final MessageQueue queue;
    private final Direction direction;
    private final int priority;
    private final int size;
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private boolean closed;

    /** Owns the queue from then on. */
    QueueEndpoint(OpenContext context, MessageQueue queue, Direction direction) {
        this.queue = queue;
        this.direction = direction;
        priority = context.option(QueueOptions.PRIORITY).orElse(0L).intValue();
        size = Math.toIntExact(queue.attributes().messageSize());
    }

    @Override
    public int read(ByteBuffer target) {
        if (rest.hasRemaining()) {
            return fromRest(target);
        }
        boolean fits = target.remaining() >= size;
        ByteBuffer memory = fits ? target.slice() : ByteBuffer.allocateDirect(size);
        int count = queue.receive(memory);
        if (count == -Errno.EAGAIN || count == -Errno.EINTR) {
            return 0;
        }
        PosixException.check(count, () -> "mq_receive(mqd=" + queue.fd() + ")");
        if (count == 0) {
            return END; // as the reference takes an empty message
        }
        if (fits) {
            target.position(target.position() + count);
            return count;
        }
        rest = memory.limit(count);
        return fromRest(target);
    }

    private int fromRest(ByteBuffer target) {
        int count = Math.min(rest.remaining(), target.remaining());
        target.put(target.position(), rest, rest.position(), count);
        target.position(target.position() + count);
        rest.position(rest.position() + count);
        return count;
    }

    @Override
    public boolean hasPending() {
        return rest.hasRemaining();
    }

    @Override
    public int write(ByteBuffer source) {
        int count = source.remaining();
        int result = queue.send(source, priority);
        if (result == -Errno.EAGAIN || result == -Errno.EINTR) {
            return 0;
        }
        PosixException.check(result, () -> "mq_send(mqd=" + queue.fd() + ")");
        source.position(source.limit());
        return count;
    }

    /** A queue has no end to tell. */
    @Override
    public void shutdownOutput() {}

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            queue.close();
        }
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public int readDescriptor() {
        return queue.fd().number();
    }

    @Override
    public int writeDescriptor() {
        return queue.fd().number();
    }

    @Override
    public boolean keepsPackets() {
        return true;
    }
}
