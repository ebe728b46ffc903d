package org.jsocat.spi.posix;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A POSIX message queue, whose descriptor is a file descriptor on Linux: it may be waited for like
 * any other.
 *
 * <p>Not thread-safe. Closing it does not remove the queue.
 *
 * <p>Source: mq_overview(7).
 *
 * @since 1.0
 */
public final class MessageQueue implements AutoCloseable {
    private static final Symbol OPEN = new Symbol("mq_open");
    private static final Symbol GETATTR = new Symbol("mq_getattr");
    private static final Symbol RECEIVE = new Symbol("mq_receive");
    private static final Symbol SEND = new Symbol("mq_send");
    private static final Symbol UNLINK = new Symbol("mq_unlink");

    /** Four numbers and as many that are reserved. */
    private static final int ATTRIBUTE_BYTES = 64;

    private final Fd fd;
    private int priority;

    /**
     * What a queue is like (struct mq_attr).
     *
     * @param mostMessages how many messages fit in
     * @param messageSize how long each may be, bytes
     * @param messages how many are there
     */
    public record Attributes(long mostMessages, long messageSize, long messages) {
        /** As the reference's log lines show them. */
        public String text() {
            return "{flags=0, maxmsg="
                    + mostMessages
                    + ", msgsize="
                    + messageSize
                    + ", curmsgs="
                    + messages
                    + "}";
        }
    }

    private MessageQueue(Fd fd) {
        this.fd = fd;
    }

    /**
     * mq_open(3), with O_CLOEXEC added.
     *
     * @param prefix what the message of a failure begins with
     * @param name a slash and a name
     * @param flags an access mode and O_CREAT, O_EXCL, O_NONBLOCK
     * @param mode the permission bits of a new queue, which umask reduces
     * @param attributes what a new queue is like; empty leaves it to the system
     * @return the open queue
     * @throws PosixException if the call fails
     */
    public static MessageQueue open(
            String prefix, String name, int flags, int mode, Optional<Attributes> attributes) {
        CallState state = CallState.current();
        long given = 0;
        if (attributes.isPresent()) {
            state.clear(ATTRIBUTE_BYTES);
            state.struct.putLong(8, attributes.get().mostMessages());
            state.struct.putLong(16, attributes.get().messageSize());
            given = state.structAddress;
        }
        int all = flags | Linux.O_CLOEXEC;
        int result = OPEN.callInt(state, state.cString(0, name), all, mode, given, 0, 0);
        return new MessageQueue(
                new Fd(
                        PosixException.check(
                                result,
                                () ->
                                        String.format(
                                                "%smq_open(\"%s\", 0%03o, 0%03o, %s)",
                                                prefix,
                                                name,
                                                all & ~Linux.O_NONBLOCK,
                                                mode,
                                                attributes
                                                        .map(wanted -> wanted.text() + " ")
                                                        .orElse("NULL")))));
    }

    /**
     * Removes the name of a queue; it lives on until all have closed it: mq_unlink(3).
     *
     * @return 0, or the negated errno
     */
    public static int unlink(String name) {
        CallState state = CallState.current();
        return UNLINK.callInt(state, state.cString(0, name), 0, 0);
    }

    /** The descriptor, for waiting and for options; it stays the queue's. */
    public Fd fd() {
        return fd;
    }

    /**
     * The same open queue once more.
     *
     * @throws PosixException if there is no descriptor left
     */
    public MessageQueue share() {
        return new MessageQueue(fd.duplicate());
    }

    /**
     * mq_getattr(3).
     *
     * @throws PosixException if the call fails
     */
    public Attributes attributes() {
        CallState state = CallState.current();
        state.clear(ATTRIBUTE_BYTES);
        PosixException.check(
                GETATTR.callInt(state, fd.number(), state.structAddress, 0),
                () -> "mq_getattr(" + fd + ")");
        return new Attributes(
                state.struct.getLong(8), state.struct.getLong(16), state.struct.getLong(24));
    }

    /**
     * Takes the oldest of the messages with the highest priority: mq_receive(3). The buffer's
     * position stays.
     *
     * @param target off the heap, with room for the longest message of this queue
     * @return how many bytes it has, or the negated errno
     */
    public int receive(ByteBuffer target) {
        MemorySegment memory = MemorySegment.ofBuffer(target);
        CallState state = CallState.current();
        long result =
                RECEIVE.callLong(
                        state,
                        fd.number(),
                        Symbol.address(memory, 0, memory.byteSize()),
                        memory.byteSize(),
                        state.structAddress,
                        0,
                        0);
        Reference.reachabilityFence(target);
        priority = state.struct.getInt(0);
        return (int) result;
    }

    /** The priority of the message that was taken last, an unsigned number. */
    public int priority() {
        return priority;
    }

    /**
     * Adds a message: mq_send(3). The buffer's position stays.
     *
     * @param source off the heap
     * @param priority an unsigned number
     * @return 0, or the negated errno
     */
    public int send(ByteBuffer source, int priority) {
        MemorySegment memory = MemorySegment.ofBuffer(source);
        int result =
                SEND.callInt(
                        CallState.current(),
                        fd.number(),
                        Symbol.address(memory, 0, memory.byteSize()),
                        memory.byteSize(),
                        Integer.toUnsignedLong(priority),
                        0,
                        0);
        Reference.reachabilityFence(source);
        return result;
    }

    @Override
    public void close() {
        fd.close();
    }
}
