package org.jsocat.plugin.openssl;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads values of the Distinguished Encoding Rules (ITU-T X.690) one after another. Whatever is not
 * well formed ends in an {@link IllegalArgumentException}.
 */
final class Der {
    static final int INTEGER = 0x02;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private final byte[] bytes;
    private final int end;
    private int position;

    private Der(byte[] bytes, int position, int end) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
    }

    /** The values in some bytes. */
    static Der of(byte[] bytes) {
        return new Der(bytes, 0, bytes.length);
    }

    /** Whether another value follows. */
    boolean hasMore() {
        return position < end;
    }

    /** The tag of the next value. */
    int tag() {
        if (!hasMore()) {
            throw new IllegalArgumentException("the data ends early");
        }
        return bytes[position] & 0xff;
    }

    /** The values in the next value, which must have this tag. */
    Der enter(int tag) {
        int start = begin(tag);
        return new Der(bytes, start, position);
    }

    /** The content of the next value, which must have this tag. */
    byte[] content(int tag) {
        int start = begin(tag);
        return Arrays.copyOfRange(bytes, start, position);
    }

    /** The next value, whatever it is: its content. */
    byte[] content() {
        return content(tag());
    }

    /** The next value as text of numbers and dots. */
    String objectIdentifier() {
        byte[] content = content(OBJECT_IDENTIFIER);
        StringBuilder text = new StringBuilder();
        BigInteger arc = BigInteger.ZERO;
        for (byte part : content) {
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(part & 0x7f));
            if ((part & 0x80) == 0) {
                if (text.isEmpty()) {
                    int first = arc.min(BigInteger.TWO.multiply(BigInteger.valueOf(40))).intValue();
                    int top = Math.min(2, first / 40);
                    text.append(top).append('.');
                    arc = arc.subtract(BigInteger.valueOf(40L * top));
                } else {
                    text.append('.');
                }
                text.append(arc);
                arc = BigInteger.ZERO;
            }
        }
        return text.toString();
    }

    private int begin(int tag) {
        if (tag() != tag) {
            throw new IllegalArgumentException(
                    String.format("tag %02x where %02x belongs", tag(), tag));
        }
        int start = position + 2;
        int length = start <= end ? bytes[position + 1] & 0xff : 0;
        if (length > 0x80) {
            int count = length & 0x7f;
            if (count > 4 || start + count > end) {
                throw new IllegalArgumentException("a length does not fit");
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = length << 8 | (bytes[start + i] & 0xff);
            }
            start += count;
        } else if (length == 0x80) {
            throw new IllegalArgumentException("a length is missing");
        }
        if (length < 0 || start > end || length > end - start) {
            throw new IllegalArgumentException("the data ends early");
        }
        position = start + length;
        return start;
    }

    /** A value of some tag around contents. */
    static byte[] value(int tag, byte[]... contents) {
        int length = 0;
        for (byte[] content : contents) {
            length += content.length;
        }
        byte[] header =
                length < 0x80
                        ? new byte[] {(byte) tag, (byte) length}
                        : length < 0x100
                                ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                                : new byte[] {
                                    (byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length
                                };
        byte[] all = Arrays.copyOf(header, header.length + length);
        int at = header.length;
        for (byte[] content : contents) {
            System.arraycopy(content, 0, all, at, content.length);
            at += content.length;
        }
        return all;
    }
}
