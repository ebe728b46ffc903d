package org.jsocat.plugin.readline;

import java.util.Arrays;

/**
 * The last unfinished line of output, which is taken for a prompt. Guarded by {@link TerminalLock}.
 *
 * <p>What is longer than {@link #MOST} loses its beginning, as in the reference.
 */
final class Prompt {
    /** Bytes. */
    static final int MOST = 512;

    private byte[] line = new byte[0];

    /** Looks at output. */
    void see(byte[] bytes, int offset, int count) {
        int start = offset + count;
        while (start > offset && bytes[start - 1] != '\n' && bytes[start - 1] != '\r') {
            start--;
        }
        if (start > offset) {
            line = new byte[0];
        }
        int added = offset + count - start;
        byte[] all = Arrays.copyOf(line, line.length + added);
        System.arraycopy(bytes, start, all, line.length, added);
        line = all.length > MOST ? Arrays.copyOfRange(all, all.length - MOST, all.length) : all;
    }

    /** The bytes; afterwards the prompt is empty. */
    byte[] take() {
        byte[] taken = line;
        line = new byte[0];
        return taken;
    }

    /** The bytes. */
    byte[] bytes() {
        return line;
    }
}
