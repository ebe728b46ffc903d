package org.jsocat.spi;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * An open, non-blocking byte channel: what an address yields and what relays join.
 *
 * <p><b>Readiness</b> is edge-triggered: {@link #read} and {@link #write} may return 0 only after
 * the layer below returned 0 (EAGAIN of a descriptor, 0 of an inner endpoint), or when a {@link
 * Wakeup} is due later. Any event on any of its descriptors, and any wake-up, has both directions
 * of an endpoint tried again, so that a layer may write in order to read and the other way round;
 * only where {@link #rawInput()} or {@link #rawOutput()} says that the bytes are the descriptor's
 * own is that direction left to the events of its descriptor.
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
     * Says that no more will be written, in the way of this kind of endpoint; reading goes on. What
     * cannot be passed on at once (a trailer) is left to {@link #flush}. Idempotent.
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

    /**
     * The descriptor whose readiness {@link #read} waits for, or {@link #NONE}. Asked once, when
     * the relay begins.
     */
    int readDescriptor();

    /**
     * The descriptor whose readiness {@link #write} waits for, or {@link #NONE}. Asked once, when
     * the relay begins.
     */
    int writeDescriptor();

    /**
     * Whether {@link #read} has bytes (or the end) at hand although the descriptor may not become
     * ready.
     */
    default boolean hasPending() {
        return false;
    }

    /**
     * Whether there is something that {@link #write} took, or that belongs to the end of output,
     * and that could not be passed on yet. The relay then calls {@link #flush} whenever the
     * endpoint may have become ready, whether or not it has more to write, also after {@link
     * #shutdownOutput} and {@link #finish}, and closes the endpoint only when nothing is left.
     */
    default boolean hasUnflushed() {
        return false;
    }

    /** Passes on as much as can be of what is held back; see {@link #hasUnflushed()}. */
    default void flush() {}

    /**
     * Whether bytes that {@link #read} has yet to return are held back here for a time (a limit of
     * the rate, a delay): silence does not end the relay meanwhile. Whoever says so has asked for a
     * {@link Wakeup}.
     */
    default boolean holdsInput() {
        return false;
    }

    /**
     * Says that the endpoint is about to be closed: what belongs to the end of output (a trailer,
     * the bytes of an incomplete group) goes out now, over several turns if need be, see {@link
     * #hasUnflushed()}. Unlike {@link #shutdownOutput} it is not told to the peer in the way of a
     * half-close. Idempotent, and without effect after {@link #shutdownOutput}.
     */
    default void finish() {}

    /**
     * What is known about this endpoint, as objects: addresses, the session of a secure channel,
     * the target that a client asked for. Asked once it is open. Of an address that listens, and of
     * stages, core makes variables of them. Wrappers tell what their inner endpoints do, behind
     * what they know themselves.
     */
    default List<Fact> facts() {
        return List.of();
    }

    /** What is known about this endpoint, as an object of a type: one of its {@link #facts()}. */
    default <T> Optional<T> known(Class<T> type) {
        for (Fact fact : facts()) {
            if (type.isInstance(fact)) {
                return Optional.of(type.cast(fact));
            }
        }
        return Optional.empty();
    }

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
