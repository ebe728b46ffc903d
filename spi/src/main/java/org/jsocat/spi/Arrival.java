package org.jsocat.spi;

import java.util.Optional;

/**
 * What a {@link Listener} yields: a peer as the kernel gave it, which nobody has looked at yet.
 * Used by one thread at a time.
 *
 * @since 1.0
 */
public interface Arrival extends AutoCloseable {
    /**
     * Checks whether the peer may be served (range, port, wrappers), applies the options of a
     * connection, and makes the endpoint. Runs as the opening of this peer's own relay, and may
     * block: nobody else waits for it. Called once at most.
     *
     * @param connection the context of this one connection: options that took effect on the
     *     listener do not again, and the variables that describe it ({@code PEERADDR} and so on)
     *     are set in it
     * @return the endpoint, which the caller closes, or empty where the peer is refused; that has
     *     been logged
     * @throws org.jsocat.spi.posix.PosixException when a system call failed; nothing is left open
     *     then
     * @throws AddressException when the connection failed; nothing is left open then
     */
    Optional<Endpoint> open(OpenContext connection);

    /**
     * Whether {@link #open} neither blocks nor looks anything up, so that it may happen on an event
     * loop.
     */
    default boolean opensAtOnce() {
        return false;
    }

    /** Its descriptor, or {@link Endpoint#NONE} where it has none of its own. */
    int descriptor();

    /** Drops a peer that has not been opened; without effect on one that has been. Idempotent. */
    @Override
    void close();
}
