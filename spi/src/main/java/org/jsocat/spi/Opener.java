package org.jsocat.spi;

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
}
