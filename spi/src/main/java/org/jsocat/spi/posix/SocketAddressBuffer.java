package org.jsocat.spi.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Native memory for one socket address, to be used again and again where addresses come with every
 * packet or connection.
 *
 * <p>Not thread-safe. Its memory is freed by the garbage collector.
 *
 * @since 0.1
 */
public final class SocketAddressBuffer {

    private static final int LENGTH_OFFSET = SocketAddress.MAX_BYTES;

    private final ByteBuffer memory;
    private final long address;

    /** Makes an empty buffer. */
    public SocketAddressBuffer() {
        MemorySegment segment = Arena.ofAuto().allocate(SocketAddress.MAX_BYTES + 8L, 8);
        // The buffer keeps the memory alive.
        memory = segment.asByteBuffer().order(ByteOrder.nativeOrder());
        address = segment.address();
    }

    /**
     * Puts an address here.
     *
     * @param address the address
     * @return this buffer
     */
    public SocketAddressBuffer set(SocketAddress address) {
        memory.putInt(LENGTH_OFFSET, address.encode(memory));
        return this;
    }

    /**
     * The address that is here.
     *
     * @return the address
     */
    public SocketAddress get() {
        return SocketAddress.decode(memory, length());
    }

    /**
     * How many bytes the address has.
     *
     * @return bytes; 0 where there is none
     */
    public int length() {
        // The kernel tells an address's full length even where it did not fit.
        return Math.min(memory.getInt(LENGTH_OFFSET), SocketAddress.MAX_BYTES);
    }

    void length(int length) {
        memory.putInt(LENGTH_OFFSET, length);
    }

    /** Tells the kernel how much room there is. */
    void prepare() {
        memory.putInt(LENGTH_OFFSET, SocketAddress.MAX_BYTES);
    }

    long address() {
        return address;
    }

    long lengthAddress() {
        return address + LENGTH_OFFSET;
    }
}
