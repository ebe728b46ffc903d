package org.jsocat.core.run;

import org.jsocat.core.open.AcceptTimeoutException;
import org.jsocat.core.open.Listening;
import org.jsocat.core.open.RelayContext;
import org.jsocat.core.relay.Side;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Arrival;
import org.jsocat.spi.Fact;
import org.jsocat.spi.posix.PosixException;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An address that listens, for somebody who takes the peers one by one. {@link #next} is for one
 * thread at a time.
 */
public final class Accepting implements AutoCloseable {
    private final Listening listening;
    private final Supplier<RelayContext> contexts;

    Accepting(Listening listening, Supplier<RelayContext> contexts) {
        this.listening = listening;
        this.contexts = contexts;
    }

    /** What is known of it: its address. */
    public List<Fact> facts() {
        return listening.listener().facts();
    }

    /**
     * Waits for the next peer and opens its side.
     *
     * @return empty where the peer was refused, which has been logged, or {@link #stop} was called
     * @throws AcceptTimeoutException when nobody came in the time given
     * @throws AddressException when the peer's handshake failed
     * @throws PosixException when a system call failed
     */
    public Optional<Side> next() {
        Optional<Arrival> peer = listening.await();
        if (peer.isEmpty()) {
            if (listening.isStopped()) {
                return Optional.empty();
            }
            throw new AcceptTimeoutException();
        }
        return listening.open(peer.get(), contexts.get());
    }

    /** Ends {@link #next}, now or when it is called. Any thread. */
    public void stop() {
        listening.stop();
    }

    /** Whether {@link #stop} was called. */
    public boolean isStopped() {
        return listening.isStopped();
    }

    /** Frees what it holds; not while a thread is in {@link #next}. */
    @Override
    public void close() {
        listening.close();
    }
}
