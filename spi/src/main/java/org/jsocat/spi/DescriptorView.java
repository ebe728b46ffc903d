package org.jsocat.spi;

import org.jsocat.spi.posix.Fd;

/**
 * An inner endpoint as descriptors, for a program that is to use it: either the endpoint's own,
 * where the bytes on them are the stream, or one end of a socket pair whose other end core relays
 * to the endpoint.
 *
 * <p>Used by the thread that opens, then by the one that uses the endpoint.
 *
 * @see OpenContext#descriptor(Endpoint)
 * @since 1.0
 */
public interface DescriptorView extends AutoCloseable {
    /** What the program reads, blocking; owned by the view. */
    Fd input();

    /** What the program writes, blocking; may be the same as {@link #input()}. */
    Fd output();

    /**
     * The program has its copies of the descriptors: closes those of this process, so that the ends
     * of the streams are felt. From now on the program's end is the end.
     */
    void handedOver();

    /**
     * Whether bytes that the program wrote are still on their way to the inner endpoint. When that
     * ends the relay that uses the address is woken.
     */
    boolean hasUnflushed();

    /** Ends it, and closes the inner endpoint. Idempotent. */
    @Override
    void close();
}
