package org.jsocat.spi;

import java.util.Optional;

/**
 * Something that yields one endpoint after another: a listening socket, a datagram socket that
 * answers each sender. Core decides how many are taken ({@code fork}, {@code max-children}).
 *
 * <p>{@link #accept} is called by one thread; {@link #close} may be called by any and makes a
 * waiting accept fail.
 *
 * @since 1.0
 */
public interface Listener extends AutoCloseable {
    /**
     * Waits for the next peer that may connect. A peer that the address refuses (by range, port or
     * wrappers) is logged, dropped and not returned.
     *
     * @param connection the context of this one connection: options that took effect on the
     *     listener do not again, and the variables that describe it ({@code PEERADDR} and so on)
     *     are set in it
     * @return the endpoint, or empty when the time given by {@code accept-timeout} has passed
     * @throws org.jsocat.spi.posix.PosixException when waiting or accepting failed; no more can be
     *     accepted
     * @throws AddressException when this one connection failed; the next one may be accepted
     */
    Optional<Endpoint> accept(OpenContext connection);

    /**
     * Stops listening and frees what it holds; idempotent. Endpoints that were accepted live on.
     */
    @Override
    void close();
}
