package org.jsocat.spi;

/**
 * Opens an address that waits for peers.
 *
 * @since 1.0
 */
@FunctionalInterface
public interface ListenerOpener {
    /**
     * Starts to listen. Runs on an opening thread.
     *
     * @return the listener, which the caller closes
     * @throws AddressException when it cannot listen; nothing is left open then
     * @throws org.jsocat.spi.posix.PosixException when a system call failed; nothing is left open
     *     then
     */
    Listener listen(OpenContext context);
}
