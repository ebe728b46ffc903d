package org.jsocat.spi.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

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

    private final MemorySegment memory = Arena.ofAuto().allocate(SocketAddress.MAX_BYTES + 8L, 8);

    /** Makes an empty buffer. */
    public SocketAddressBuffer() {}

    /**
     * Puts an address here.
     *
     * @param address the address
     * @return this buffer
     */
    public SocketAddressBuffer set(SocketAddress address) {
        memory.set(JAVA_INT, LENGTH_OFFSET, address.encode(memory));
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
        return Math.min(memory.get(JAVA_INT, LENGTH_OFFSET), SocketAddress.MAX_BYTES);
    }

    /**
     * The native memory, {@link SocketAddress#MAX_BYTES} bytes of which are the address's.
     *
     * @return the memory
     */
    public MemorySegment memory() {
        return memory;
    }

    void length(int length) {
        memory.set(JAVA_INT, LENGTH_OFFSET, length);
    }

    /** Tells the kernel how much room there is. */
    void prepare() {
        memory.set(JAVA_INT, LENGTH_OFFSET, SocketAddress.MAX_BYTES);
    }

    long address() {
        return memory.address();
    }

    long lengthAddress() {
        return memory.address() + LENGTH_OFFSET;
    }
}
