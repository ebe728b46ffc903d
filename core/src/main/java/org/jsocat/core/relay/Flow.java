package org.jsocat.core.relay;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.slf4j.Logger;

import java.nio.ByteBuffer;

/**
 * One direction of a relay: reads a block from its source, looks at it where an option asks for
 * that, and writes it to its sink. Holds bytes only while the sink does not take all of a block,
 * and reads no further meanwhile.
 */
final class Flow {
    private static final int READ_EVENTS =
            Linux.EPOLLIN | Linux.EPOLLPRI | Linux.EPOLLRDHUP | Linux.EPOLLHUP | Linux.EPOLLERR;
    private static final int WRITE_EVENTS = Linux.EPOLLOUT | Linux.EPOLLHUP | Linux.EPOLLERR;

    /** No limit to the count of bytes to read. */
    private static final long UNLIMITED = -1;

    private final Side source;
    private final Side sink;
    private final Endpoint from;
    private final Endpoint to;
    private final int input;
    private final int output;
    private final int inputAlso;
    private final int outputAlso;
    private final boolean plainSource;
    private final boolean plainSink;
    private final boolean leftToRight;
    private final Logger log;
    private final Inspection inspection;
    private final ShortReads shortReads;
    private final boolean packets;
    private final int blockSize;
    private boolean mayBeSpliced;
    private Splice splice;

    private boolean readable = true;
    private boolean writable;
    private boolean urged;
    private boolean paused;
    private boolean sourceEnded;
    private boolean outputDown;
    private boolean writing;
    private boolean sinkFailed;
    private boolean watchedApart;
    private boolean flushesSource;
    private long bytesLeft;
    private Workspace.Held held;
    private int fullBlocks;
    private int blockLength;
    private long blocks;
    private long bytes;

    Flow(Side source, Side sink, boolean leftToRight, RelaySettings settings, Tap tap, Logger log) {
        this.source = source;
        this.sink = sink;
        this.leftToRight = leftToRight;
        this.log = log;
        from = source.endpoint();
        to = sink.endpoint();
        input = from.readDescriptor();
        output = to.writeDescriptor();
        plainSource = from.rawInput() != Endpoint.NONE;
        shortReads = new ShortReads(plainSource ? input : Endpoint.NONE);
        plainSink = to.rawOutput() != Endpoint.NONE;
        inputAlso =
                plainSource || !from.direction().writes() ? Endpoint.NONE : from.writeDescriptor();
        outputAlso = plainSink || !to.direction().reads() ? Endpoint.NONE : to.readDescriptor();
        inspection = new Inspection(source, sink, leftToRight, tap, log);
        bytesLeft = source.readBytes() != 0 ? source.readBytes() : UNLIMITED;
        packets = from.keepsPackets() || to.keepsPackets();
        boolean plain = inspection.isNothing() && !source.looksAtInput() && !packets;
        blockSize = settings.blockSize(plain);
        writable = plainSink || takes(output);
        mayBeSpliced = plain && settings.bufferSize() == 0 && plainSource && plainSink;
    }

    /** What can never be written must not cost the source a block. */
    private static boolean takes(int descriptor) {
        return descriptor == Endpoint.NONE || Libc.poll(descriptor, Linux.POLLOUT, 0) != 0;
    }

    /**
     * An event on one of the relay's descriptors. An endpoint whose bytes are not those of a
     * descriptor may have to write before it can read, and the other way round, so any event on
     * either of its descriptors has it tried again.
     */
    void event(int descriptor, int events) {
        if (plainSource
                ? descriptor == input && (events & READ_EVENTS) != 0
                : descriptor == input || descriptor == inputAlso) {
            sourceReady(events);
        }
        if (plainSink
                ? descriptor == output && (events & WRITE_EVENTS) != 0
                : descriptor == output || descriptor == outputAlso) {
            sinkReady();
        }
    }

    /** Has the loop wait for all that its endpoints wait for. */
    void watch(EventLoop loop, Relay relay) {
        loop.watch(relay, input);
        loop.watch(relay, output);
        loop.watch(relay, inputAlso);
        loop.watch(relay, outputAlso);
    }

    /** An event on the descriptor of the source. */
    void sourceReady(int events) {
        readable = true;
        paused = false;
        urged |= (events & ~(Linux.EPOLLIN | Linux.EPOLLOUT)) != 0;
    }

    /** The kernel says that the sink may be written. */
    void sinkReady() {
        writable = true;
    }

    /**
     * Moves at most one block.
     *
     * @throws org.jsocat.spi.posix.PosixException when reading or writing failed
     * @throws org.jsocat.spi.AddressException likewise
     */
    Step step(Workspace workspace) {
        writing = true;
        boolean flushed = false;
        if (to.hasUnflushed() && !sinkFailed) {
            if (!writable || !flush()) {
                return Step.IDLE;
            }
            flushed = true;
        }
        if (outputDown) {
            return flushed ? Step.MOVED : Step.IDLE;
        }
        if (flushesSource && from.hasUnflushed()) {
            from.flush();
        }
        Step step = move(workspace);
        return flushed && step == Step.IDLE ? Step.MOVED : step;
    }

    private Step move(Workspace workspace) {
        boolean spliced = splice != null && splice.holds();
        if (held == null && !spliced && (sourceEnded || bytesLeft == 0)) {
            if (bytesLeft == 0 && !sourceEnded && log.isDebugEnabled()) {
                log.debug("xioread({}, ...): readbytes consumed, inserting EOF", input);
            }
            sourceEnded = true;
            return Step.END;
        }
        if (!writable) {
            return Step.IDLE;
        }
        if (held != null) {
            return drain();
        }
        if (spliced) {
            return splice(workspace);
        }
        writing = false;
        if (paused || (!readable && !from.hasPending())) {
            return Step.IDLE;
        }
        if (mayBeSpliced && fullBlocks >= Splice.AFTER_FULL_BLOCKS && startSplicing()) {
            return splice(workspace);
        }
        return block(workspace);
    }

    /** Whether all of it went out. */
    private boolean flush() {
        to.flush();
        writable = !to.hasUnflushed();
        return writable;
    }

    private Step block(Workspace workspace) {
        int room = packets ? blockSize : workspace.limit(blockSize);
        if (bytesLeft != UNLIMITED) {
            room = (int) Math.min(room, bytesLeft);
        }
        ByteBuffer buffer = workspace.buffer();
        buffer.clear().limit(room);
        int count = from.read(buffer);
        if (count == 0) {
            readable = false;
            return Step.IDLE;
        }
        if (count < 0) {
            if (count != Endpoint.END) {
                throw new Defect("read() returned " + count, source);
            }
            readable = false;
            sourceEnded = true;
            return Step.END;
        }
        if (buffer.position() != count) {
            throw new Defect(
                    "read() returned " + count + " but filled " + buffer.position(), source);
        }
        if (count == room) {
            fullBlocks++;
        } else {
            fullBlocks = 0;
            readable = urged || !shortReads.areTrusted();
        }
        if (bytesLeft != UNLIMITED) {
            bytesLeft -= count;
        }
        buffer.flip();
        ByteBuffer block = inspection.of(buffer);
        if (block.hasRemaining()) {
            write(block, workspace);
        }
        sourceEnded |= inspection.hasEscaped();
        return Step.MOVED;
    }

    private void write(ByteBuffer block, Workspace workspace) {
        writing = true;
        blockLength = block.remaining();
        int count = put(block);
        if (block.hasRemaining()) {
            if (count == 0) {
                refused();
            }
            held = workspace.hold(block);
        } else {
            blockWritten();
        }
    }

    private int put(ByteBuffer block) {
        int before = block.position();
        int count = to.write(block);
        if (count < 0 || block.position() - before != count) {
            throw new Defect(
                    "write() returned " + count + " but took " + (block.position() - before), sink);
        }
        bytes += count;
        sinkFailed &= count == 0;
        return count;
    }

    /**
     * Only "nothing now" makes the kernel tell when there is room again; what holds bytes back may
     * have refused for want of its own room.
     */
    private void refused() {
        writable = to.hasUnflushed() && flush();
    }

    private Step drain() {
        ByteBuffer rest = held.bytes();
        int count = put(rest);
        if (!rest.hasRemaining()) {
            releaseHeld();
            blockWritten();
        } else if (count == 0) {
            refused();
            return writable ? Step.MOVED : Step.IDLE;
        }
        return Step.MOVED;
    }

    private void blockWritten() {
        blocks++;
        if (log.isDebugEnabled()) {
            log.debug("transferred {} bytes from {} to {}", blockLength, input, output);
        }
    }

    private void releaseHeld() {
        if (held != null) {
            held.close();
            held = null;
        }
    }

    private boolean startSplicing() {
        if (splice == null) {
            splice = new Splice(from.rawInput(), to.rawOutput());
        }
        return splice.open();
    }

    private Step splice(Workspace workspace) {
        if (!splice.holds()) {
            splice.fill();
            switch (splice.result()) {
                case MOVED -> {}
                case NOTHING_NOW -> {
                    readable = false;
                    fullBlocks = 0;
                    splice.release();
                    return Step.IDLE;
                }
                case END -> {
                    readable = false;
                    sourceEnded = true;
                    splice.release();
                    return Step.END;
                }
                case REFUSED -> {
                    mayBeSpliced = false;
                    splice.release();
                    return Step.MOVED;
                }
            }
        }
        writing = true;
        long moved = splice.drain();
        switch (splice.result()) {
            case MOVED -> {
                blocks++;
                bytes += moved;
                if (log.isDebugEnabled()) {
                    log.debug("transferred {} bytes from {} to {}", moved, input, output);
                }
                return Step.MOVED;
            }
            case NOTHING_NOW, END -> {
                writable = false;
                return Step.IDLE;
            }
            case REFUSED -> takeBack(workspace);
        }
        return Step.MOVED;
    }

    /**
     * The sink takes no splice: what is in the pipe goes the ordinary way, and so does all that
     * follows.
     */
    private void takeBack(Workspace workspace) {
        mayBeSpliced = false;
        ByteBuffer buffer = workspace.buffer();
        buffer.clear().limit(blockSize);
        splice.takeBack(buffer);
        buffer.flip();
        if (!splice.holds()) {
            splice.release();
        }
        write(buffer, workspace);
    }

    /** Whether the step that failed did so in writing. */
    boolean failedInWriting() {
        return writing;
    }

    /** Drops what the sink will not take any more, also what it holds itself. */
    void dropUnwritten() {
        dropHeld();
        sinkFailed = true;
    }

    private void dropHeld() {
        releaseHeld();
        if (splice != null) {
            splice.release();
        }
    }

    /** Whether it holds bytes that its source gave and its sink has not taken. */
    boolean holds() {
        return held != null
                || (splice != null && splice.holds())
                || (to.hasUnflushed() && !sinkFailed);
    }

    /** Whether there is nothing more to read now. */
    boolean drained() {
        return !readable && !from.hasPending() && !holdsInput() && !holds();
    }

    /** Whether its source keeps bytes back that it will give later. */
    boolean holdsInput() {
        return !outputDown && !sourceEnded && from.holdsInput();
    }

    /** Takes what happened to the source for its end. */
    void endSource() {
        sourceEnded = true;
    }

    /** Forgets the end of the source until {@link #resume} or an event ({@code ignoreeof}). */
    void pause() {
        sourceEnded = false;
        paused = true;
    }

    /** Looks at the source again. */
    void resume() {
        readable = true;
        paused = false;
    }

    /** Whether its end is to be ignored: not once an escape character ended it. */
    boolean ignoresEnd() {
        return source.ignoreEof() && !inspection.hasEscaped();
    }

    /** Tells the sink that nothing more comes; once. */
    void shutdownOutput() {
        if (!outputDown) {
            outputDown = true;
            dropHeld();
            to.shutdownOutput();
        }
    }

    /** Whether its end has been told to the sink. */
    boolean isDown() {
        return outputDown;
    }

    /** Whether its end has reached the sink. */
    boolean finished() {
        return outputDown && (sinkFailed || !to.hasUnflushed());
    }

    /** Its sink, which may close the descriptor at any time, is watched through a duplicate. */
    void watchedApart(boolean apart) {
        watchedApart = apart;
    }

    /** Whether that duplicate is to be given up: it would keep the end from the peer. */
    boolean endsWatchApart() {
        return watchedApart && finished();
    }

    /** No flow goes the other way, so what the source wants to write is this one's matter. */
    void flushesSource() {
        flushesSource = true;
    }

    /** Whether another step may move something without a new event. */
    boolean runnable() {
        if (outputDown) {
            return writable && !finished();
        }
        if (sourceEnded && !holds()) {
            return true;
        }
        return writable
                && (holds() || (!paused && (readable || bytesLeft == 0 || from.hasPending())));
    }

    /** Frees what it holds; the endpoints are the relay's. */
    void close() {
        dropHeld();
    }

    /** How big the loop's buffer must be for it, bytes. */
    int room() {
        return inspection.room(blockSize);
    }

    /** The descriptor that it reads, or {@link Endpoint#NONE}. */
    int input() {
        return input;
    }

    /** The descriptor that it writes, or {@link Endpoint#NONE}. */
    int output() {
        return output;
    }

    Side source() {
        return source;
    }

    Side sink() {
        return sink;
    }

    /** Its number in messages: 1 from left to right, 2 back. */
    int number() {
        return leftToRight ? 1 : 2;
    }

    /** How much was written. */
    Transferred transferred() {
        return new Transferred(blocks, bytes);
    }
}
