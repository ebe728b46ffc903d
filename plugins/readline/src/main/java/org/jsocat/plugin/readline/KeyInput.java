package org.jsocat.plugin.readline;

import org.jline.utils.NonBlockingInputStream;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The keys of a terminal for JLine, one byte at a time, so that what was typed ahead for the next
 * line stays in the terminal.
 */
final class KeyInput extends NonBlockingInputStream {
    private static final int NOTHING = -3;

    private final PlainSource source;
    private int peeked = NOTHING;

    KeyInput(int fd) {
        source = new PlainSource(fd);
    }

    @Override
    public int read(long timeout, boolean isPeek) throws IOException {
        if (peeked == NOTHING) {
            long nanos = timeout > 0 ? TimeUnit.MILLISECONDS.toNanos(timeout) : -1;
            if (!source.await(nanos)) {
                return READ_EXPIRED;
            }
            peeked = source.read();
        }
        int result = peeked;
        if (!isPeek && result >= 0) {
            peeked = NOTHING;
        }
        return result;
    }

    @Override
    public int readBuffered(byte[] bytes, int offset, int count, long timeout) throws IOException {
        if (count == 0) {
            return 0;
        }
        int single = read(timeout, false);
        if (single < 0) {
            return single;
        }
        bytes[offset] = (byte) single;
        return 1;
    }
}
