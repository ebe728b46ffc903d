package org.jsocat.core.relay;

import java.nio.ByteBuffer;
import org.jsocat.spi.Endpoint;
import org.slf4j.Logger;

/**
 * One direction of a relay: reads a block from its source, looks at it where an option asks for that, and writes it
 * to its sink. Holds a buffer only while the sink does not take all of a block.
 */
final class Flow {
    private final Side source;
    private final Side sink;
    private final boolean leftToRight;
    private final Logger log;
    private final Tap tap;
    private final LineEnds lineEnds;
    private final int blockSize;
    private final Splice splice;

    private boolean readable = true;
    private boolean writable = true;
    private boolean hangup;
    private boolean sourceEnded;
    private boolean outputDown;
    private boolean escaped;
    private long bytesLeft;
    private ByteBuffer pending;
    private int fullBlocks;
    private long blocks;
    private long bytes;

    Flow(Side source, Side sink, boolean leftToRight, RelaySettings settings, Tap tap, Logger log) {
        this.source = source;
        this.sink = sink;
        this.leftToRight = leftToRight;
        this.log = log;
        this.tap = tap;
        lineEnds = new LineEnds(source.lineEnd(), sink.lineEnd());
        bytesLeft = source.readBytes();
        boolean packets = source.endpoint().keepsPackets() || sink.endpoint().keepsPackets();
        boolean plain = tap == null && !lineEnds.active() && !source.looksAtInput();
        if (settings.bufferSize() != 0) {
            blockSize = settings.bufferSize();
        } else {
            blockSize = plain && !packets ? EventLoop.BUFFER_SIZE : RelaySettings.DEFAULT_BUFFER_SIZE;
        }
        splice = plain && !packets && settings.bufferSize() == 0
                ? Splice.between(source.endpoint(), sink.endpoint())
                : null;
    }

    /** What a step did. */
    enum Step {
        /** Nothing could be done now. */
        IDLE,
        /** Bytes were moved. */
        MOVED,
        /** The source is at its end, and all that it gave has been written. */
        END
    }

    /** The kernel says that the source may be read; {@code hangup} when its peer has finished sending. */
    void sourceReady(boolean hangup) {
        readable = true;
        this.hangup |= hangup;
    }

    /** The kernel says that the sink may be written. */
    void sinkReady() {
        writable = true;
    }

    /**
     * Moves at most one block.
     *
     * @param buffer the loop's, of at least the block size; its content is of no further use
     * @throws org.jsocat.spi.posix.PosixException when reading or writing failed
     */
    Step step(ByteBuffer buffer) {
        if (sourceEnded && pending == null && !sink.endpoint().hasUnflushed() && !spliceHolds()) {
            return Step.END;
        }
        if (!writable) {
            return Step.IDLE;
        }
        if (pending != null) {
            return drain();
        }
        if (sink.endpoint().hasUnflushed()) {
            sink.endpoint().flush();
            writable = !sink.endpoint().hasUnflushed();
            return writable ? Step.MOVED : Step.IDLE;
        }
        if (source.readBytes() != 0 && bytesLeft == 0) {
            sourceEnded = true;
            return Step.END;
        }
        if (splice != null && (splice.holds() || fullBlocks >= Splice.AFTER_FULL_BLOCKS)) {
            return splice();
        }
        if (!readable && !source.endpoint().hasPending()) {
            return Step.IDLE;
        }
        return block(buffer);
    }

    private boolean spliceHolds() {
        return splice != null && splice.holds();
    }

    private Step block(ByteBuffer buffer) {
        int room = source.readBytes() != 0 ? (int) Math.min(blockSize, bytesLeft) : blockSize;
        buffer.clear().limit(room);
        int count = source.endpoint().read(buffer);
        if (count == 0) {
            readable = false;
            return Step.IDLE;
        }
        if (count < 0) {
            readable = false;
            sourceEnded = true;
            return Step.END;
        }
        fullBlocks = count == room ? fullBlocks + 1 : 0;
        if (count < room && !hangup && source.endpoint().rawInput() != Endpoint.NONE) {
            readable = false; // all that was there; the next bytes raise a new event
        }
        bytesLeft -= source.readBytes() != 0 ? count : 0;
        buffer.flip();
        ByteBuffer block = look(buffer);
        if (block.hasRemaining()) {
            if (tap != null) {
                tap.block(leftToRight, block);
            }
            write(block);
        }
        if (escaped) {
            sourceEnded = true;
        }
        return Step.MOVED;
    }

    private ByteBuffer look(ByteBuffer block) {
        if (source.escape() >= 0) {
            for (int i = block.position(); i < block.limit(); i++) {
                if ((block.get(i) & 0xff) == source.escape()) {
                    log.debug("escape char found in input");
                    escaped = true;
                    block.limit(i);
                }
            }
        }
        return lineEnds.active() ? lineEnds.convert(block) : block;
    }

    private void write(ByteBuffer block) {
        int length = block.remaining();
        sink.endpoint().write(block);
        blocks++;
        bytes += length;
        if (log.isDebugEnabled()) {
            log.debug(
                    "transferred {} bytes from {} to {}",
                    length,
                    source.endpoint().readDescriptor(),
                    sink.endpoint().writeDescriptor());
        }
        if (block.hasRemaining()) {
            writable = false;
            pending = ByteBuffer.allocateDirect(block.remaining()).put(block).flip();
        }
    }

    private Step drain() {
        int count = sink.endpoint().write(pending);
        if (!pending.hasRemaining()) {
            pending = null;
        } else {
            writable = false;
        }
        return count > 0 ? Step.MOVED : Step.IDLE;
    }

    private Step splice() {
        long moved = splice.step(readable, log);
        if (splice.sourceDrained()) {
            readable = false;
        }
        if (splice.sinkFull()) {
            writable = false;
        }
        if (splice.sourceEnded()) {
            sourceEnded = true;
            readable = false;
        }
        if (moved > 0) {
            blocks++;
            bytes += moved;
            return Step.MOVED;
        }
        if (!splice.holds() && !sourceEnded) {
            fullBlocks = 0;
            splice.release();
        }
        return sourceEnded && !splice.holds() ? Step.END : Step.IDLE;
    }

    /** Whether there is nothing more to read now, so that the end of the program behind the source is its end. */
    boolean drained() {
        return !readable && !source.endpoint().hasPending() && pending == null && !spliceHolds();
    }

    /** Takes the end of the program behind the source for the end of its output. */
    void endSource() {
        sourceEnded = true;
    }

    /** Forgets the end of the source until {@link #resume} ({@code ignoreeof}). */
    void pause() {
        sourceEnded = false;
        readable = false;
    }

    /** Looks at the source again. */
    void resume() {
        readable = true;
    }

    /** Whether its end is to be ignored: not once an escape character or a byte count ended it. */
    boolean ignoresEnd() {
        return source.ignoreEof() && !escaped;
    }

    /** Tells the sink that nothing more comes; once. */
    void shutdownOutput() {
        if (!outputDown) {
            outputDown = true;
            sink.endpoint().shutdownOutput();
        }
    }

    /** Whether its end has been told to the sink. */
    boolean finished() {
        return outputDown;
    }

    /** Whether another step may move something without a new event. */
    boolean runnable() {
        return !outputDown
                && writable
                && (pending != null || readable || spliceHolds() || source.endpoint().hasPending());
    }

    /** Frees what it holds; the endpoints are the relay's. */
    void close() {
        if (splice != null) {
            splice.release();
        }
        pending = null;
    }

    /** The greatest block that it reads at once, bytes. */
    int blockSize() {
        return blockSize;
    }

    Endpoint source() {
        return source.endpoint();
    }

    Endpoint sink() {
        return sink.endpoint();
    }

    boolean leftToRight() {
        return leftToRight;
    }

    /** How many blocks were written. */
    long blocks() {
        return blocks;
    }

    /** How many bytes were written. */
    long bytes() {
        return bytes;
    }
}
