package org.jsocat.spi.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A message with its address and its ancillary data: struct msghdr of sendmsg(2) and recvmsg(2), to
 * be used again and again.
 *
 * <p>Not thread-safe. Its memory is freed by the garbage collector.
 *
 * @since 0.1
 */
public final class SocketMessage {

    // struct msghdr and struct cmsghdr of 64-bit Linux
    private static final int HEADER_BYTES = 56;
    private static final int IOVEC_OFFSET = 56;
    private static final int CONTROL_OFFSET = 72;
    private static final int CONTROL_HEADER_BYTES = 16;

    private final SocketAddressBuffer peer = new SocketAddressBuffer();
    private final int controlCapacity;
    private final MemorySegment segment;
    private final ByteBuffer memory;
    private final long address;
    private int controlLength;

    /**
     * Makes an empty message.
     *
     * @param controlCapacity how much room there is for ancillary data, bytes; each piece takes 16
     *     more than its data, rounded up to 8
     */
    public SocketMessage(int controlCapacity) {
        this.controlCapacity = controlCapacity;
        segment = Arena.ofAuto().allocate(CONTROL_OFFSET + (long) controlCapacity, 16);
        memory = segment.asByteBuffer().order(ByteOrder.nativeOrder());
        address = segment.address();
    }

    /**
     * Receives a message: recvmsg(2). Blocks the calling thread where the socket is a blocking one.
     * Descriptors that come with it are close-on-exec.
     *
     * @param fd the socket
     * @param data memory off the heap
     * @param offset where in the memory to begin, bytes
     * @param length how many bytes at most
     * @param flags a mask of MSG_PEEK, MSG_ERRQUEUE and the like
     * @return the number of bytes, 0 at the end, or the negated errno
     */
    public long receive(int fd, MemorySegment data, long offset, long length, int flags) {
        peer.prepare();
        prepare(
                SocketAddress.MAX_BYTES,
                Symbol.address(data, offset, length),
                length,
                controlCapacity);
        long result = Libc.recvmsg(fd, segment, flags | Linux.MSG_CMSG_CLOEXEC);
        controlLength = result < 0 ? 0 : (int) memory.getLong(40);
        peer.length(result < 0 ? 0 : memory.getInt(8));
        Reference.reachabilityFence(data);
        return result;
    }

    /**
     * Sends a message with the ancillary data that was added: sendmsg(2). Blocks the calling thread
     * where the socket is a blocking one.
     *
     * @param fd the socket
     * @param data memory off the heap
     * @param offset where in the memory to begin, bytes
     * @param length how many bytes
     * @param flags a mask of MSG_NOSIGNAL and the like
     * @return the number of bytes sent, or the negated errno
     */
    public long send(int fd, MemorySegment data, long offset, long length, int flags) {
        prepare(peer.length(), Symbol.address(data, offset, length), length, controlLength);
        long result = Libc.sendmsg(fd, segment, flags);
        Reference.reachabilityFence(data);
        return result;
    }

    /**
     * Whom the message came from or goes to. Its length is 0 where there is no address.
     *
     * @return the address's memory, the same one every time
     */
    public SocketAddressBuffer peer() {
        return peer;
    }

    /**
     * What recvmsg(2) told.
     *
     * @return a mask of MSG_TRUNC, MSG_CTRUNC, MSG_EOR, MSG_OOB, MSG_ERRQUEUE
     */
    public int flags() {
        return memory.getInt(48);
    }

    /** Takes address and ancillary data out. */
    public void clear() {
        peer.length(0);
        controlLength = 0;
    }

    /**
     * Adds a piece of ancillary data to send.
     *
     * @param control the piece
     * @throws IllegalArgumentException if there is no room
     */
    public void add(ControlMessage control) {
        byte[] data = control.data();
        int length = CONTROL_HEADER_BYTES + data.length;
        if (controlLength + align(length) > controlCapacity) {
            throw new IllegalArgumentException(
                    "no room for ancillary data of " + data.length + " bytes");
        }
        int offset = CONTROL_OFFSET + controlLength;
        memory.putLong(offset, length);
        memory.putInt(offset + 8, control.level());
        memory.putInt(offset + 12, control.type());
        memory.put(offset + CONTROL_HEADER_BYTES, data);
        controlLength += align(length);
    }

    /** Whether ancillary data came with the message. */
    public boolean hasControls() {
        return controlLength >= CONTROL_HEADER_BYTES;
    }

    /**
     * The ancillary data that came with the message.
     *
     * @return its pieces, in the kernel's order
     */
    public List<ControlMessage> controls() {
        List<ControlMessage> controls = new ArrayList<>();
        int position = 0;
        while (position + CONTROL_HEADER_BYTES <= controlLength) {
            int offset = CONTROL_OFFSET + position;
            long length = memory.getLong(offset);
            if (length < CONTROL_HEADER_BYTES || position + length > controlLength) {
                break;
            }
            byte[] data = new byte[(int) length - CONTROL_HEADER_BYTES];
            memory.get(offset + CONTROL_HEADER_BYTES, data);
            controls.add(
                    new ControlMessage(
                            memory.getInt(offset + 8), memory.getInt(offset + 12), data));
            position += align((int) length);
        }
        return controls;
    }

    private void prepare(int peerLength, long data, long length, int control) {
        for (int i = 0; i < HEADER_BYTES; i += Long.BYTES) {
            memory.putLong(i, 0);
        }
        memory.putLong(0, peerLength == 0 ? 0 : peer.address());
        memory.putInt(8, peerLength);
        memory.putLong(16, address + IOVEC_OFFSET);
        memory.putLong(24, 1);
        memory.putLong(32, control == 0 ? 0 : address + CONTROL_OFFSET);
        memory.putLong(40, control);
        memory.putLong(IOVEC_OFFSET, data);
        memory.putLong(IOVEC_OFFSET + 8, length);
    }

    private static int align(int length) {
        return length + 7 & ~7;
    }
}
