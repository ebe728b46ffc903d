package org.jsocat.spi;

import java.util.OptionalInt;

/**
 * A child process behind an endpoint.
 *
 * @since 1.0
 */
public interface Program {
    /** Its process id. */
    long pid();

    /** A descriptor that is readable once the process has ended (pidfd_open(2)). */
    int exitDescriptor();

    /**
     * The wait status of waitpid(2) if the process has ended, which reaps it; empty while it runs.
     * Does not block.
     */
    OptionalInt poll();

    /**
     * Whether a relay that only writes to it waits for its end after the last byte, whatever its
     * exit status, instead of closing the endpoint at once.
     */
    default boolean awaitedAtEnd() {
        return false;
    }
}
