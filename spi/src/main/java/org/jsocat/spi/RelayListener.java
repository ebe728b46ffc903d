package org.jsocat.spi;

/**
 * Told of each relay of the program: a service (of {@link java.util.ServiceLoader}) that a plugin
 * provides, for logs of its own, metrics, accounting. Of each relay it hears {@link #opened} and
 * then one of {@link #ended} and {@link #failed}, or {@link #failed} alone where it could not be
 * opened.
 *
 * <p>Called by the thread that opens or runs the relay, several relays at a time: a listener is
 * safe for use by several threads, and neither blocks nor throws. What it throws is logged with the
 * name of the plugin and ends nothing. Relays that live in a worker process are told of there.
 *
 * @since 1.0
 */
public interface RelayListener {
    /** Both addresses are open, and bytes are about to flow. */
    default void opened(RelayInfo relay) {}

    /** It has ended in one of the usual ways: ends of input, a timeout, the wish of the user. */
    default void ended(RelayInfo relay) {}

    /**
     * It could not be opened, or has ended because of an error.
     *
     * @param cause what went wrong; it has been logged
     */
    default void failed(RelayInfo relay, Throwable cause) {}
}
