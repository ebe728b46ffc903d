package org.jsocat.core.relay;

import java.nio.ByteBuffer;

/**
 * Converts line ends between the two sides of a flow, as the reference does it: from CRNL every CR is dropped, NL becomes
 * the line end of the other side; towards CRNL each line end becomes CR NL.
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

    /** Whether there is anything to do. */
    boolean active() {
        return from != to;
    }

    /**
     * Converts the block between position and limit.
     *
     * @return the same buffer, or a new one where the block grew
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
        ByteBuffer longer = ByteBuffer.allocateDirect(2 * block.remaining());
        while (block.hasRemaining()) {
            byte b = block.get();
            if (b == end) {
                longer.put(CR).put(NL);
            } else {
                longer.put(b);
            }
        }
        return longer.flip();
    }
}
