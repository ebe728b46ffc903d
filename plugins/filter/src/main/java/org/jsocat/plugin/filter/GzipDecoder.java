package org.jsocat.plugin.filter;

import org.jsocat.spi.AddressException;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads the format of gzip (RFC 1952): members, one after another. Padding of zeros may follow. */
final class GzipDecoder implements Codec {
    private static final int HEADER_SUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;
    private static final int FIXED = 10;
    private static final int TRAILER = 8;
    private static final byte[] NOTHING = {};

    /** What the next byte belongs to. */
    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEADER_SUM,
        BODY,
        TRAILER
    }

    private final Inflater inflater = new Inflater(true);
    private final CRC32 sum = new CRC32();
    private Part part = Part.FIXED;

    /** How many bytes of the part have passed. */
    private int passed;

    private int flags;
    private int extra;
    private long trailer;
    private boolean members;
    private boolean more;

    @Override
    public void convert(ByteBuffer source, ByteBuffer target) {
        do {
            if (part == Part.BODY) {
                inflate(source, target);
                if (part == Part.BODY) {
                    return;
                }
            }
            while (source.hasRemaining() && part != Part.BODY) {
                take(source.get() & 0xff);
            }
        } while (part == Part.BODY && source.hasRemaining());
    }

    private void inflate(ByteBuffer source, ByteBuffer target) {
        int start = target.position();
        try {
            inflater.setInput(source);
            while (!inflater.finished() && target.hasRemaining() && inflater.inflate(target) > 0) {
                // until it has no more to give or there is no more room
            }
        } catch (DataFormatException wrong) {
            throw AddressException.fatal("the compressed data are damaged: " + wrong.getMessage());
        } finally {
            inflater.setInput(NOTHING); // the buffer is not ours after this call
        }
        sum.update(target.slice(start, target.position() - start));
        more = !inflater.finished() && !target.hasRemaining();
        if (inflater.finished()) {
            next(Part.TRAILER);
        }
    }

    private void next(Part following) {
        part = following;
        passed = 0;
    }

    /** One byte of what stands around the body. */
    private void take(int octet) {
        passed++;
        switch (part) {
            case FIXED -> takeFixed(octet);
            case EXTRA_LENGTH -> {
                extra |= octet << ((passed - 1) * Byte.SIZE);
                if (passed == 2) {
                    next(extra > 0 ? Part.EXTRA : afterExtra());
                }
            }
            case EXTRA -> {
                if (passed == extra) {
                    next(afterExtra());
                }
            }
            case NAME -> {
                if (octet == 0) {
                    next(afterName());
                }
            }
            case COMMENT -> {
                if (octet == 0) {
                    next(afterComment());
                }
            }
            case HEADER_SUM -> {
                if (passed == 2) {
                    next(Part.BODY);
                }
            }
            case TRAILER -> takeTrailer(octet);
            case BODY -> throw new IllegalStateException("the body is inflated");
        }
    }

    private void takeFixed(int octet) {
        if (passed == 1 && octet == 0 && members) {
            passed = 0;
            return;
        }
        boolean right =
                switch (passed) {
                    case 1 -> octet == 0x1f;
                    case 2 -> octet == 0x8b;
                    case 3 -> octet == 8;
                    case 4 -> (octet & RESERVED) == 0;
                    default -> true;
                };
        if (!right) {
            throw AddressException.fatal("the data are not in the format of gzip");
        }
        if (passed == 4) {
            flags = octet;
        } else if (passed == FIXED) {
            extra = 0;
            next((flags & EXTRA) != 0 ? Part.EXTRA_LENGTH : afterExtra());
        }
    }

    private Part afterExtra() {
        return (flags & NAME) != 0 ? Part.NAME : afterName();
    }

    private Part afterName() {
        return (flags & COMMENT) != 0 ? Part.COMMENT : afterComment();
    }

    private Part afterComment() {
        return (flags & HEADER_SUM) != 0 ? Part.HEADER_SUM : Part.BODY;
    }

    /** The sum and the size, both with the lowest byte first. */
    private void takeTrailer(int octet) {
        trailer = trailer >>> Byte.SIZE | (long) octet << ((TRAILER - 1) * Byte.SIZE);
        if (passed < TRAILER) {
            return;
        }
        long expected = sum.getValue() | inflater.getBytesWritten() << Integer.SIZE;
        if (trailer != expected) {
            throw AddressException.fatal("the compressed data are damaged: their sum is wrong");
        }
        inflater.reset();
        sum.reset();
        members = true;
        next(Part.FIXED);
    }

    @Override
    public boolean hasMore() {
        return more;
    }

    @Override
    public boolean end(ByteBuffer target) {
        if (part != Part.FIXED || passed > 0) {
            throw AddressException.fatal("the compressed data end too early");
        }
        return true;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
