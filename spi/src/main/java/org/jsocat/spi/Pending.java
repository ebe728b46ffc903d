package org.jsocat.spi;

import java.util.Optional;

/**
 * An endpoint that is being opened by {@link Opener#begin}, without anything that blocks: a socket
 * whose connection is on its way. Used by one thread.
 *
 * @since 1.0
 */
public interface Pending extends AutoCloseable {
    /** The descriptor whose being writable says that {@link #advance} can go on. */
    int descriptor();

    /**
     * Goes on as far as that is possible without waiting; never blocks.
     *
     * @return the endpoint, which the caller closes, or empty where it still takes its time
     * @throws AddressException when it cannot be opened; nothing is left open then
     * @throws org.jsocat.spi.posix.PosixException when a system call failed, likewise
     */
    Optional<Endpoint> advance();

    /** Gives it up; without effect on one that has been opened or has failed. Idempotent. */
    @Override
    void close();
}
