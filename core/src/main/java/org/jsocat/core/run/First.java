package org.jsocat.core.run;

import org.jsocat.core.open.Listening;
import org.jsocat.core.open.RelayContext;
import org.jsocat.core.relay.Side;
import org.jsocat.spi.Arrival;
import org.jsocat.spi.posix.PosixException;

import java.util.Optional;

/**
 * How the first side of a forked relay comes to be. Handed from the thread that accepts or connects
 * to the one that opens the relay.
 */
interface First extends AutoCloseable {
    /**
     * Opens it. May block.
     *
     * @return empty where nothing is to be relayed; that has been logged
     */
    Optional<Side> open(RelayContext child);

    /** Whether {@link #open} never blocks, so that an event loop may call it. */
    default boolean opensAtOnce() {
        return true;
    }

    /** The relay has ended, with this exit status. */
    default void ended(int status) {}

    /** Drops what has not been opened; without effect on what has been. */
    @Override
    void close();

    /** A peer that a listener yielded and nobody has looked at. */
    record Accepted(Listening listening, Arrival peer) implements First {
        @Override
        public Optional<Side> open(RelayContext child) {
            return listening.open(peer, child);
        }

        @Override
        public boolean opensAtOnce() {
            return peer.opensAtOnce();
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    /** A side that is open. */
    class Connected implements First {
        private Side side;

        Connected(Side side) {
            this.side = side;
        }

        @Override
        public Optional<Side> open(RelayContext child) {
            Side opened = side;
            side = null;
            return Optional.of(opened);
        }

        @Override
        public void close() {
            if (side != null) {
                side.close();
                side = null;
            }
        }
    }

    /** Opened on a loop; what opens the second address may block. */
    final class Opened extends Connected {
        private final First first;

        Opened(Side side, First first) {
            super(side);
            this.first = first;
        }

        @Override
        public void ended(int status) {
            first.ended(status);
        }
    }

    /** Opened by the program whose worker this process is. */
    final class Passed extends Connected {
        private final WorkerChannel channel;
        private final WorkerChannel.Order order;

        Passed(Side side, WorkerChannel channel, WorkerChannel.Order order) {
            super(side);
            this.channel = channel;
            this.order = order;
        }

        @Override
        public void ended(int status) {
            try {
                channel.send(new WorkerChannel.Report(order.number(), status));
            } catch (PosixException gone) {
                // So has the program whose worker this is, and nobody wants to know.
            }
        }
    }
}
