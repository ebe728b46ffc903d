package org.jsocat.core.relay;

import org.slf4j.Logger;

import java.nio.ByteBuffer;

/**
 * What looks at the blocks of one direction, or changes them, between reading and writing: the
 * escape character, line ends, what records them.
 */
final class Inspection {
    private final int escape;
    private final LineEnds lineEnds;
    private final Tap tap;
    private final boolean leftToRight;
    private final Logger log;
    private boolean escaped;

    /**
     * Of a direction.
     *
     * @param tap null where nothing records
     */
    Inspection(Side source, Side sink, boolean leftToRight, Tap tap, Logger log) {
        escape = source.escape();
        lineEnds =
                source.lineEnd() == sink.lineEnd()
                        ? null
                        : new LineEnds(source.lineEnd(), sink.lineEnd());
        this.tap = tap;
        this.leftToRight = leftToRight;
        this.log = log;
    }

    /** Whether blocks are written as they are read, and nobody sees them. */
    boolean isNothing() {
        return tap == null && lineEnds == null;
    }

    /** What is to be written of a block that was read. */
    ByteBuffer of(ByteBuffer block) {
        if (escape >= 0) {
            cutAtEscape(block);
        }
        ByteBuffer result = lineEnds == null ? block : lineEnds.convert(block);
        if (tap != null && result.hasRemaining()) {
            tap.block(leftToRight, result);
        }
        return result;
    }

    private void cutAtEscape(ByteBuffer block) {
        for (int i = block.position(); i < block.limit(); i++) {
            if ((block.get(i) & 0xff) == escape) {
                log.debug("escape char found in input");
                escaped = true;
                block.limit(i);
            }
        }
    }

    /** Whether the escape character has come, which ends the input. */
    boolean hasEscaped() {
        return escaped;
    }

    /** How big a buffer must be in which blocks of a size are looked at, bytes. */
    int room(int blockSize) {
        return lineEnds == null ? blockSize : blockSize + lineEnds.room(blockSize);
    }
}
