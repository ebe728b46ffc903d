package org.jsocat.plugin.posixmq;

import org.jsocat.spi.Arrival;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.MessageQueue;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.Readiness;
import org.jsocat.spi.posix.TimerFd;

import java.util.Optional;

/**
 * A queue that is sent to, under {@code fork} by a relay after each interval. It is opened once
 * whatever the count of relays, so that it is emptied or removed once.
 */
final class SendingListener implements Listener {
    private final MessageQueue queue;
    private final TimerFd turns;

    private SendingListener(MessageQueue queue, TimerFd turns) {
        this.queue = queue;
        this.turns = turns;
    }

    /** Opens POSIXMQ-SEND and POSIXMQ-WRITE. */
    static Listener open(OpenContext context) {
        MessageQueue queue = QueueOpening.queue(context, Direction.WRITE);
        try {
            return new SendingListener(queue, TimerFd.every(context.retry().interval()));
        } catch (RuntimeException | Error failure) {
            queue.close();
            throw failure;
        }
    }

    @Override
    public int descriptor() {
        return turns.fd().number();
    }

    @Override
    public Optional<Arrival> next() {
        return turns.clear() == 0 ? Optional.empty() : Optional.of(new Turn(queue.share()));
    }

    private static final class Turn implements Arrival {
        private final MessageQueue own;
        private boolean opened;

        Turn(MessageQueue own) {
            this.own = own;
        }

        /** Under fork the queue's room is waited for before anything else is opened. */
        @Override
        public Optional<Endpoint> open(OpenContext connection) {
            opened = true;
            try {
                if (connection.forked()) {
                    PosixException.check(
                            Readiness.await(own.fd().number(), Linux.POLLOUT, -1),
                            () -> "poll({" + own.fd() + ",,},,-1)");
                }
                return Optional.of(new QueueEndpoint(connection, own, Direction.WRITE));
            } catch (RuntimeException | Error failure) {
                own.close();
                throw failure;
            }
        }

        @Override
        public int descriptor() {
            return own.fd().number();
        }

        @Override
        public void close() {
            if (!opened) {
                own.close();
            }
        }
    }

    @Override
    public void close() {
        queue.close();
        turns.close();
    }
}
