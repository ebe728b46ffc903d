package org.jsocat.plugin.posixmq;

import org.jsocat.spi.Arrival;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.MessageQueue;
import org.jsocat.spi.posix.PosixException;

import java.nio.ByteBuffer;
import java.util.Optional;

/** A queue that yields each message as an endpoint of its own. */
final class ReceivingListener implements Listener {
    private final MessageQueue queue;
    private final int size;

    private ReceivingListener(MessageQueue queue) {
        this.queue = queue;
        size = Math.toIntExact(queue.attributes().messageSize());
    }

    /** Opens POSIXMQ-RECEIVE. */
    static Listener open(OpenContext context) {
        MessageQueue queue = QueueOpening.queue(context, Direction.READ);
        try {
            return new ReceivingListener(queue);
        } catch (RuntimeException | Error failure) {
            queue.close();
            throw failure;
        }
    }

    @Override
    public int descriptor() {
        return queue.fd().number();
    }

    @Override
    public Optional<Arrival> next() {
        ByteBuffer memory = ByteBuffer.allocateDirect(size);
        int count;
        do {
            count = queue.receive(memory);
        } while (count == -Errno.EINTR);
        if (count == -Errno.EAGAIN) {
            return Optional.empty();
        }
        PosixException.check(count, () -> "mq_receive(mqd=" + queue.fd() + ")");
        return Optional.of(new Message(memory.limit(count), queue.priority()));
    }

    private record Message(ByteBuffer data, int priority) implements Arrival {
        @Override
        public Optional<Endpoint> open(OpenContext connection) {
            String shown = Integer.toUnsignedString(priority);
            connection.log().debug("mq_receive() ->  {prio={}}", shown);
            return Optional.of(new MessageEndpoint(data, priority));
        }

        @Override
        public int descriptor() {
            return Endpoint.NONE;
        }

        @Override
        public void close() {}
    }

    @Override
    public void close() {
        queue.close();
    }
}
