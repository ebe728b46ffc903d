package org.jsocat.plugin.readline;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The last unfinished line of output, which is taken for a prompt. Guarded by {@link TerminalLock}.
 *
 * <p>What is longer than {@link #MOST} loses its beginning, as in the reference.
 */
final class Prompt {
    /** Bytes. */
    static final int MOST = 512;

    private static final Pattern REQUESTS =
            Pattern.compile(
                    "\033\\[[0-?]*[ -/]*[@-ln-~]|\033\\[[<-?][0-?]*m"
                            + "|\033[]PX^_][^\007\033]*(?:\007|\033\\\\)|\033[ -/]*[0-OQ-WYZ`-~]");

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

    /**
     * The bytes without what they ask of the terminal, which has done that once: of its control
     * sequences (ECMA-48), only those that colour stay. Afterwards the prompt is empty.
     */
    byte[] take() {
        String taken = new String(line, StandardCharsets.ISO_8859_1);
        line = new byte[0];
        return REQUESTS.matcher(taken).replaceAll("").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The bytes. */
    byte[] bytes() {
        return line;
    }
}
