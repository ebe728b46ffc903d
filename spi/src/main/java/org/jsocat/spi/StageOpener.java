package org.jsocat.spi;

/**
 * Opens a stage of a chain over the part of the chain to its right.
 *
 * @since 1.0
 */
@FunctionalInterface
public interface StageOpener {
    /**
     * Makes the stage, with a handshake where its protocol has one. Runs on an opening thread and
     * may block.
     *
     * @param context the address; {@link OpenContext#reversed()} says that {@code ^} swapped its
     *     sides
     * @param inner the opened rest of the chain; the stage owns it from now on, also when this call
     *     fails
     * @return the endpoint for the part to the left
     */
    Endpoint open(OpenContext context, Endpoint inner);

    /**
     * Looks at options and files before anything is opened or listened on, so that what is wrong is
     * told at the start and not to the first peer. It must not change anything; the options that it
     * reads are there again for {@link #open}.
     *
     * @param context the address, in a context of its own
     * @throws AddressException when the stage cannot be opened as it is written
     */
    default void prepare(OpenContext context) {}
}
