package org.jsocat.core.relay;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.Pipe;
import org.jsocat.spi.posix.PosixException;
import org.slf4j.Logger;

/**
 * Moves bytes from one descriptor to another inside the kernel, through a pipe (splice(2)). A flow turns to it once
 * its source has filled several blocks in a row and back when the source pauses, so that an idle relay holds no pipe.
 */
final class Splice {
    /** A flow turns to splicing after this many full blocks in a row. */
    static final int AFTER_FULL_BLOCKS = 4;

    private static final int PIPE_SIZE = 1 << 20;
    private static final int FLAGS = Linux.SPLICE_F_MOVE | Linux.SPLICE_F_NONBLOCK;

    private final Endpoint source;
    private final Endpoint sink;
    private Pipe pipe;
    private long held;
    private boolean drained;
    private boolean full;
    private boolean ended;
    private boolean refused;

    private Splice(Endpoint source, Endpoint sink) {
        this.source = source;
        this.sink = sink;
    }

    /** A splice between two endpoints, or null where one of them is not raw. */
    static Splice between(Endpoint source, Endpoint sink) {
        return source.rawInput() == Endpoint.NONE || sink.rawOutput() == Endpoint.NONE
                ? null
                : new Splice(source, sink);
    }

    /** Whether bytes are in the pipe. */
    boolean holds() {
        return held > 0;
    }

    boolean sourceDrained() {
        return drained;
    }

    boolean sinkFull() {
        return full;
    }

    boolean sourceEnded() {
        return ended;
    }

    /** Moves what can be moved now; returns the count of bytes that reached the sink. */
    long step(boolean readable, Logger log) {
        if (pipe == null) {
            pipe = Pipe.open(Linux.O_NONBLOCK);
            pipe.resize(PIPE_SIZE);
        }
        drained = false;
        full = false;
        if (held == 0 && readable && !ended) {
            fill();
        }
        if (held == 0) {
            return 0;
        }
        long moved = Libc.splice(pipe.reader().number(), sink.rawOutput(), held, FLAGS);
        if (moved > 0) {
            held -= moved;
            if (log.isDebugEnabled()) {
                log.debug("transferred {} bytes from {} to {}", moved, source.rawInput(), sink.rawOutput());
            }
            return moved;
        }
        if (moved == -Errno.EAGAIN || moved == -Errno.EINTR) {
            full = moved == -Errno.EAGAIN;
            return 0;
        }
        throw new PosixException((int) -moved, "write(" + sink.rawOutput() + ", , " + held + ")");
    }

    private void fill() {
        long count = Libc.splice(source.rawInput(), pipe.writer().number(), PIPE_SIZE, FLAGS);
        if (count > 0) {
            held = count;
        } else if (count == 0) {
            ended = true;
        } else if (count == -Errno.EAGAIN) {
            drained = true;
        } else if (count != -Errno.EINTR) {
            throw new PosixException((int) -count, "read(" + source.rawInput() + ", , " + PIPE_SIZE + ")");
        }
    }

    /** Gives the pipe back. */
    void release() {
        if (pipe != null) {
            pipe.close();
            pipe = null;
            held = 0;
        }
    }
}
