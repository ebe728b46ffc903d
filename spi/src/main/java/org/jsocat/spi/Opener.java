package org.jsocat.spi;

import java.util.Optional;

/**
 * Opens an address that yields one endpoint: connects, opens a file, starts a program.
 *
 * @since 1.0
 */
@FunctionalInterface
public interface Opener {
    /**
     * Opens the address. Runs on an opening thread and may block; core retries it where the user
     * asked for that.
     *
     * @return the endpoint, which the caller closes
     * @throws AddressException when it cannot be opened; nothing is left open then
     * @throws org.jsocat.spi.posix.PosixException when a system call failed; nothing is left open
     *     then
     */
    Endpoint open(OpenContext context);

    /**
     * Begins to open the address where that needs nothing that blocks, so that it may happen on an
     * event loop: no look-ups, no waiting, no options that do so. Never blocks.
     *
     * @return what is being opened, which the caller closes; or empty where it may block, and
     *     {@link #open} is to be called instead, on an opening thread and with another context
     * @throws AddressException when it cannot be opened; nothing is left open then
     * @throws org.jsocat.spi.posix.PosixException when a system call failed, likewise
     */
    default Optional<Pending> begin(OpenContext context) {
        return Optional.empty();
    }
}
