package org.jsocat.plugin.filter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compresses to the format of gzip (RFC 1952), in one member; each block can be read at once. */
final class GzipEncoder implements Codec {
    /** Deflate, no flags, no time, no extra flags, and a system that is not named. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255};

    private static final int TRAILER = 8;
    private static final byte[] NOTHING = {};

    private final Deflater deflater;
    private final CRC32 sum = new CRC32();
    private boolean begun;
    private boolean flushing;
    private boolean ended;

    /**
     * An encoder.
     *
     * @param level from 1, the fastest, to 9, the smallest
     */
    GzipEncoder(int level) {
        deflater = new Deflater(level, true);
    }

    private void begin(ByteBuffer target) {
        if (!begun) {
            begun = true;
            target.put(HEADER);
        }
    }

    @Override
    public void convert(ByteBuffer source, ByteBuffer target) {
        if (source.hasRemaining()) {
            begin(target);
            int start = source.position();
            deflater.setInput(source);
            while (source.hasRemaining() && target.hasRemaining()) {
                deflater.deflate(target, Deflater.NO_FLUSH);
            }
            deflater.setInput(NOTHING); // the buffer is not ours after this call
            sum.update(source.slice(start, source.position() - start));
            flushing = !source.hasRemaining();
        }
        if (flushing && target.hasRemaining()) {
            deflater.deflate(target, Deflater.SYNC_FLUSH);
            flushing = !target.hasRemaining();
        }
    }

    @Override
    public boolean hasMore() {
        return flushing;
    }

    @Override
    public boolean end(ByteBuffer target) {
        begin(target);
        deflater.finish();
        while (!deflater.finished() && target.hasRemaining()) {
            deflater.deflate(target, Deflater.NO_FLUSH);
        }
        if (ended || !deflater.finished() || target.remaining() < TRAILER) {
            return ended;
        }
        target.order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) sum.getValue())
                .putInt((int) deflater.getBytesRead());
        ended = true;
        return true;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
