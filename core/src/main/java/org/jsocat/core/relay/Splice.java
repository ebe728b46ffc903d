package org.jsocat.core.relay;

import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Pipe;
import org.jsocat.spi.posix.PosixException;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Moves bytes from one descriptor to another inside the kernel, through a pipe (splice(2)). A flow
 * turns to it once its source has filled several blocks in a row and back when the source pauses,
 * so that an idle relay holds no pipe.
 */
final class Splice {
    /** A flow turns to splicing after this many full blocks in a row. */
    static final int AFTER_FULL_BLOCKS = 4;

    private static final int PIPE_SIZE = 1 << 20;
    private static final int FLAGS = Linux.SPLICE_F_MOVE | Linux.SPLICE_F_NONBLOCK;

    private final int input;
    private final int output;
    private Pipe pipe;
    private long held;
    private Result result = Result.MOVED;

    /** What came of a step. */
    enum Result {
        /** Bytes were moved. */
        MOVED,
        /** None could be moved now. */
        NOTHING_NOW,
        /** The source is at its end. */
        END,
        /** This kind of descriptor cannot be spliced; nothing is lost. */
        REFUSED
    }

    Splice(int input, int output) {
        this.input = input;
        this.output = output;
    }

    /** Sees to it that there is a pipe; returns whether one is to be had. */
    boolean open() {
        if (pipe == null) {
            try {
                pipe = Pipe.open(Linux.O_NONBLOCK);
            } catch (PosixException scarce) {
                return false; // reading and writing need no further descriptors
            }
            pipe.resize(PIPE_SIZE);
        }
        return true;
    }

    /** Whether bytes are in the pipe. */
    boolean holds() {
        return held > 0;
    }

    /** What came of the last step. */
    Result result() {
        return result;
    }

    /**
     * Moves bytes from the source into the pipe, which is empty.
     *
     * @throws PosixException when reading failed
     */
    void fill() {
        long count;
        do {
            count = Libc.splice(input, pipe.writer().number(), PIPE_SIZE, FLAGS);
        } while (count == -Errno.EINTR);
        if (count > 0) {
            held = count;
            result = Result.MOVED;
        } else if (count == 0) {
            result = Result.END;
        } else if (count == -Errno.EAGAIN) {
            result = Result.NOTHING_NOW;
        } else if (count == -Errno.EINVAL) {
            result = Result.REFUSED;
        } else {
            throw new PosixException((int) -count, "read(" + input + ", , " + PIPE_SIZE + ")");
        }
    }

    /**
     * Moves bytes from the pipe to the sink. Any error counts as a refusal: the endpoint's own way
     * of writing then meets it again and knows what the user wants done about it.
     *
     * @return the count of bytes
     */
    long drain() {
        long count;
        do {
            count = Libc.splice(pipe.reader().number(), output, held, FLAGS);
        } while (count == -Errno.EINTR);
        if (count > 0) {
            held -= count;
            result = Result.MOVED;
            return count;
        }
        result = count == -Errno.EAGAIN ? Result.NOTHING_NOW : Result.REFUSED;
        return 0;
    }

    /** Reads from the pipe what a sink that refused is to get by writing. */
    void takeBack(ByteBuffer target) {
        long count =
                PosixException.check(
                        Libc.read(
                                pipe.reader().number(),
                                MemorySegment.ofBuffer(target),
                                0,
                                Math.min(held, target.remaining())),
                        "read(pipe)");
        held -= count;
        target.position(target.position() + (int) count);
    }

    /** Gives the pipe back, with what is in it. */
    void release() {
        if (pipe != null) {
            pipe.close();
            pipe = null;
            held = 0;
        }
    }
}
