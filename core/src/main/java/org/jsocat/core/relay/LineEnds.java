package org.jsocat.core.relay;

import java.nio.ByteBuffer;

/**
 * Converts line ends between the two sides of a flow, as the reference does it: from CRNL every CR
 * is dropped, NL becomes the line end of the other side; towards CRNL each line end becomes CR NL.
 * No state: it makes no difference where a block ends.
 */
final class LineEnds {
    private static final byte CR = '\r';
    private static final byte NL = '\n';

    private final LineEnd from;
    private final LineEnd to;

    LineEnds(LineEnd from, LineEnd to) {
        this.from = from;
        this.to = to;
    }

    /** How many bytes beyond the block's own a conversion needs behind it in the buffer. */
    int room(int blockSize) {
        return to == LineEnd.CRNL ? 2 * blockSize : 0;
    }

    /**
     * Converts the block between position and limit.
     *
     * @return the same buffer with position and limit around the result
     */
    ByteBuffer convert(ByteBuffer block) {
        if (to == LineEnd.CRNL) {
            return lengthened(block);
        }
        return from == LineEnd.CRNL ? shortened(block) : replaced(block);
    }

    private ByteBuffer replaced(ByteBuffer block) {
        byte old = from == LineEnd.RAW ? NL : CR;
        byte now = from == LineEnd.RAW ? CR : NL;
        for (int i = block.position(); i < block.limit(); i++) {
            if (block.get(i) == old) {
                block.put(i, now);
            }
        }
        return block;
    }

    private ByteBuffer shortened(ByteBuffer block) {
        byte end = to == LineEnd.RAW ? NL : CR;
        int out = block.position();
        for (int i = block.position(); i < block.limit(); i++) {
            byte b = block.get(i);
            if (b != CR) {
                block.put(out++, b == NL ? end : b);
            }
        }
        return block.limit(out);
    }

    private ByteBuffer lengthened(ByteBuffer block) {
        byte end = from == LineEnd.RAW ? NL : CR;
        int start = block.position();
        int stop = block.limit();
        block.limit(block.capacity());
        int out = stop;
        for (int i = start; i < stop; i++) {
            byte b = block.get(i);
            if (b == end) {
                block.put(out++, CR).put(out++, NL);
            } else {
                block.put(out++, b);
            }
        }
        return block.limit(out).position(stop);
    }
}
