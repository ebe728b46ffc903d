package org.jsocat.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Something that yields one peer after another: a listening socket, a datagram socket that answers
 * each sender. Core waits, decides how many are taken ({@code fork}, {@code max-children}) and
 * opens each as a relay of its own.
 *
 * <p>Used by one thread at a time, except that {@link #close} may be called by any.
 *
 * @since 1.0
 */
public interface Listener extends AutoCloseable {
    /** The descriptor that is readable when a peer waits. */
    int descriptor();

    /**
     * Takes the next peer, as the kernel gives it. Never waits, looks nothing up and does nothing
     * that depends on the peer: what takes its time belongs to {@link Arrival#open}.
     *
     * @return the peer, or empty where none waits now
     * @throws org.jsocat.spi.posix.PosixException when that failed. Where descriptors or memory
     *     were lacking (EMFILE, ENFILE, ENOBUFS, ENOMEM) the peer still waits, and core asks again
     *     when there may be some; otherwise nobody can be accepted any more
     */
    Optional<Arrival> next();

    /** How long to wait for a peer ({@code accept-timeout}); zero is for ever. */
    default Duration timeout() {
        return Duration.ZERO;
    }

    /** What the log says before each wait: {@code listening on ...}; empty for nothing. */
    default String text() {
        return "";
    }

    /**
     * What is known about it, as objects: of a socket its address ({@link SocketEnds}), with the
     * port that it got.
     */
    default List<Fact> facts() {
        return List.of();
    }

    /** Stops listening and frees what it holds; idempotent. Peers that were taken live on. */
    @Override
    void close();
}
