package org.jsocat.spi;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An open, non-blocking byte channel: what an address yields and what relays join.
 *
 * <p><b>Threads.</b> One thread at a time uses an endpoint (the event loop that relays it). None of
 * these methods blocks, with one exception: an endpoint over a descriptor that the program
 * inherited and may not make non-blocking, such as a terminal, blocks as that descriptor does, so
 * it is read and written only when poll(2) says that it is ready.
 *
 * <p><b>Closing.</b> Whoever opened it closes it, once; {@link #close} is idempotent and frees
 * every descriptor on every path.
 *
 * @since 1.0
 */
public interface Endpoint extends AutoCloseable {
    /** No descriptor: the endpoint is always ready for this. */
    int NONE = -1;

    /** {@link #read} returns this at the end of the stream. */
    int END = -1;

    /**
     * Reads what is there.
     *
     * @param target a direct buffer with room; its position moves by the count
     * @return the count of bytes, 0 when nothing is there now, {@link #END} at the end
     * @throws org.jsocat.spi.posix.PosixException on any other condition; the endpoint can only be
     *     closed then
     */
    int read(ByteBuffer target);

    /**
     * Writes what fits. An endpoint that keeps packets takes all of the buffer as one packet or
     * nothing.
     *
     * @param source a direct buffer; its position moves by the count
     * @return the count of bytes, 0 when none can be taken now
     * @throws org.jsocat.spi.posix.PosixException on any other condition; no more can be written
     *     then
     * @throws AddressException likewise; with a severity below error where the user asked not to
     *     mind
     */
    int write(ByteBuffer source);

    /**
     * Says that no more will be written, in the way of this kind of endpoint; reading goes on.
     * Idempotent.
     */
    void shutdownOutput();

    /** Ends both directions and frees what the endpoint holds. */
    @Override
    void close();

    /**
     * Gives up what the endpoint holds without ending the connection or the stream, because a
     * program now has the descriptors; instead of {@link #close}. The descriptors are made blocking
     * before, as programs expect them, unless they were inherited.
     *
     * @throws AddressException where the bytes of the stream are not those of a descriptor
     */
    default void release() {
        throw AddressException.usage("a program cannot take this address over");
    }

    /** The directions that work. */
    default Direction direction() {
        return Direction.BOTH;
    }

    /** The descriptor whose readiness {@link #read} waits for, or {@link #NONE}. */
    int readDescriptor();

    /** The descriptor whose readiness {@link #write} waits for, or {@link #NONE}. */
    int writeDescriptor();

    /** The poll(2) events that {@link #read} waits for; a TLS stage may wait for POLLOUT here. */
    default int readEvents() {
        return 0x1; // POLLIN
    }

    /** The poll(2) events that {@link #write} waits for. */
    default int writeEvents() {
        return 0x4; // POLLOUT
    }

    /**
     * Whether {@link #read} has bytes (or the end) at hand although the descriptor may not become
     * ready.
     */
    default boolean hasPending() {
        return false;
    }

    /**
     * Whether {@link #write} holds bytes that it took but could not pass on yet. The relay then
     * calls {@link #flush} when {@link #writeDescriptor()} is ready, and before it shuts output
     * down.
     */
    default boolean hasUnflushed() {
        return false;
    }

    /** Passes on bytes held back by {@link #write}; see {@link #hasUnflushed()}. */
    default void flush() {}

    /**
     * The descriptor whose bytes are exactly the bytes that {@link #read} returns, so that the
     * kernel may move them (splice(2)), or {@link #NONE}.
     */
    default int rawInput() {
        return NONE;
    }

    /** The same for {@link #write}. */
    default int rawOutput() {
        return NONE;
    }

    /**
     * Whether reads and writes keep message boundaries (datagrams, sequenced packets, message
     * queues).
     */
    default boolean keepsPackets() {
        return false;
    }

    /**
     * A second endpoint on the same resource for another relay, where relays are forked on the
     * other address.
     *
     * @throws AddressException where this kind of endpoint cannot be shared
     */
    default Endpoint share() {
        throw AddressException.usage(
                "this address cannot be shared by several relays; use fork on the first address");
    }

    /** The program behind this endpoint, if one is; the relay ends when it has ended. */
    default Optional<Program> program() {
        return Optional.empty();
    }

    /**
     * Whether its program has taken over the descriptors of the other endpoint, which was released:
     * then nothing is left to relay, no other method but {@link #program()} and {@link #close} is
     * called, and the relay lasts until the program has ended.
     */
    default boolean hasTakenOver() {
        return false;
    }
}
