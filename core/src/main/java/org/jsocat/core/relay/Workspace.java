package org.jsocat.core.relay;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;

/**
 * The memory of a loop: one buffer that all its relays use in turn, and what sinks have not taken
 * yet. Used by the loop's thread only.
 */
final class Workspace implements AutoCloseable {
    /** The greatest block that a relay moves at once unless it is told another size, bytes. */
    static final int BLOCK_SIZE = 256 * 1024;

    /** Files that were opened with {@code direct} take whole pages only (O_DIRECT, open(2)). */
    private static final int PAGE = 4096;

    /**
     * From this amount of held bytes on, relays read small blocks: readers that stall cannot
     * exhaust the memory.
     */
    private static final long AMPLE = 64L << 20;

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private long held;

    /** Makes the buffer at least so big, in bytes. */
    void reserve(int size) {
        if (buffer.capacity() < size) {
            buffer =
                    ByteBuffer.allocateDirect(Math.max(size, BLOCK_SIZE) + 2 * PAGE)
                            .alignedSlice(PAGE);
        }
    }

    /** The shared buffer; its content lasts until the next relay's turn. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** How much to read at once where this much is wanted, bytes. */
    int limit(int wanted) {
        return held < AMPLE ? wanted : Math.min(wanted, RelaySettings.DEFAULT_BUFFER_SIZE);
    }

    /** Copies what a sink did not take. */
    Held hold(ByteBuffer rest) {
        return new Held(this, rest);
    }

    /** How many bytes are held for sinks. */
    long held() {
        return held;
    }

    @Override
    public void close() {
        buffer = ByteBuffer.allocate(0);
    }

    /** Bytes that wait for their sink, outside the Java heap; freed at once when closed. */
    static final class Held implements AutoCloseable {
        private final Workspace workspace;
        private final Arena arena = Arena.ofConfined();
        private final ByteBuffer bytes;

        private Held(Workspace workspace, ByteBuffer rest) {
            this.workspace = workspace;
            bytes = arena.allocate(rest.remaining()).asByteBuffer();
            workspace.held += bytes.capacity();
            bytes.put(rest).flip();
        }

        ByteBuffer bytes() {
            return bytes;
        }

        @Override
        public void close() {
            workspace.held -= bytes.capacity();
            arena.close();
        }
    }
}
