package org.jsocat.spi.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * A message with its address and its ancillary data: struct msghdr of sendmsg(2) and recvmsg(2), to be used again and
 * again.
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
    private final MemorySegment memory;
    private int controlLength;

    /**
     * Makes an empty message.
     *
     * @param controlCapacity how much room there is for ancillary data, bytes; each piece takes 16 more than its data,
     *     rounded up to 8
     */
    public SocketMessage(int controlCapacity) {
        this.controlCapacity = controlCapacity;
        memory = Arena.ofAuto().allocate(CONTROL_OFFSET + (long) controlCapacity, 16);
    }

    /**
     * Receives a message: recvmsg(2). Blocks the calling thread where the socket is a blocking one. Descriptors that come
     * with it are close-on-exec.
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
        prepare(SocketAddress.MAX_BYTES, Symbol.address(data, offset, length), length, controlCapacity);
        long result = Libc.recvmsg(fd, memory, flags | Linux.MSG_CMSG_CLOEXEC);
        controlLength = result < 0 ? 0 : (int) memory.get(JAVA_LONG, 40);
        peer.length(result < 0 ? 0 : memory.get(JAVA_INT, 8));
        Reference.reachabilityFence(data);
        return result;
    }

    /**
     * Sends a message with the ancillary data that was added: sendmsg(2). Blocks the calling thread where the socket is a
     * blocking one.
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
        long result = Libc.sendmsg(fd, memory, flags);
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
        return memory.get(JAVA_INT, 48);
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
            throw new IllegalArgumentException("no room for ancillary data of " + data.length + " bytes");
        }
        long offset = CONTROL_OFFSET + (long) controlLength;
        memory.set(JAVA_LONG, offset, length);
        memory.set(JAVA_INT, offset + 8, control.level());
        memory.set(JAVA_INT, offset + 12, control.type());
        MemorySegment.copy(
                data, 0, memory, JAVA_BYTE, offset + CONTROL_HEADER_BYTES, data.length);
        controlLength += align(length);
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
            long offset = CONTROL_OFFSET + (long) position;
            long length = memory.get(JAVA_LONG, offset);
            if (length < CONTROL_HEADER_BYTES || position + length > controlLength) {
                break;
            }
            byte[] data = new byte[(int) length - CONTROL_HEADER_BYTES];
            MemorySegment.copy(
                    memory, JAVA_BYTE, offset + CONTROL_HEADER_BYTES, data, 0, data.length);
            controls.add(
                    new ControlMessage(
                            memory.get(JAVA_INT, offset + 8), memory.get(JAVA_INT, offset + 12), data));
            position += align((int) length);
        }
        return controls;
    }

    private void prepare(int peerLength, long data, long length, int control) {
        memory.asSlice(0, HEADER_BYTES).fill((byte) 0);
        memory.set(JAVA_LONG, 0, peerLength == 0 ? 0 : peer.address());
        memory.set(JAVA_INT, 8, peerLength);
        memory.set(JAVA_LONG, 16, memory.address() + IOVEC_OFFSET);
        memory.set(JAVA_LONG, 24, 1);
        memory.set(JAVA_LONG, 32, control == 0 ? 0 : memory.address() + CONTROL_OFFSET);
        memory.set(JAVA_LONG, 40, control);
        memory.set(JAVA_LONG, IOVEC_OFFSET, data);
        memory.set(JAVA_LONG, IOVEC_OFFSET + 8, length);
    }

    private static int align(int length) {
        return length + 7 & ~7;
    }
}
