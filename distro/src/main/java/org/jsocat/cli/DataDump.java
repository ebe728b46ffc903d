package org.jsocat.cli;

import org.jsocat.cli.log.LogOutput;
import org.jsocat.core.relay.Tap;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Shows what passes on standard error: {@code -v} as text, {@code -x} in hexadecimal, both together
 * side by side.
 */
final class DataDump implements Tap {
    private static final int STDERR = 2;
    private static final int COLUMNS = 16;
    private static final String DIGITS = "0123456789abcdef";

    private final boolean text;
    private final boolean hexadecimal;
    private long rightward;
    private long leftward;

    DataDump(boolean text, boolean hexadecimal) {
        this.text = text;
        this.hexadecimal = hexadecimal;
    }

    @Override
    public void block(boolean leftToRight, ByteBuffer block) {
        byte[] bytes = new byte[block.remaining()];
        block.get(block.position(), bytes);
        LogOutput.write(STDERR, dump(leftToRight, bytes));
    }

    /** What is shown of a block. */
    byte[] dump(boolean leftToRight, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128 + 4 * bytes.length);
        out.writeBytes(header(leftToRight, bytes.length).getBytes(StandardCharsets.US_ASCII));
        if (text && hexadecimal) {
            both(bytes, out);
        } else if (text) {
            text(bytes, out);
        } else {
            for (byte b : bytes) {
                hexadecimal(b, out);
            }
            out.write('\n');
        }
        return out.toByteArray();
    }

    private String header(boolean leftToRight, int length) {
        long from = leftToRight ? rightward : leftward;
        if (leftToRight) {
            rightward += length;
        } else {
            leftward += length;
        }
        StringBuilder line = new StringBuilder(leftToRight ? "> " : "< ");
        LogOutput.time(line, true);
        return line.append("  length=")
                .append(length)
                .append(" from=")
                .append(from)
                .append(" to=")
                .append(from + length - 1)
                .append('\n')
                .toString();
    }

    private static void hexadecimal(byte b, ByteArrayOutputStream out) {
        out.write(' ');
        out.write(DIGITS.charAt(b >> 4 & 0xf));
        out.write(DIGITS.charAt(b & 0xf));
    }

    private static void both(byte[] bytes, ByteArrayOutputStream out) {
        for (int start = 0; start < bytes.length; ) {
            int end = start;
            while (end < bytes.length && end - start < COLUMNS) {
                hexadecimal(bytes[end], out);
                if (bytes[end++] == '\n') {
                    break;
                }
            }
            for (int i = end - start; i < COLUMNS; i++) {
                out.writeBytes("   ".getBytes(StandardCharsets.US_ASCII));
            }
            out.write(' ');
            out.write(' ');
            for (int i = start; i < end; i++) {
                out.write(isPrintable(bytes[i]) ? bytes[i] : '.');
            }
            out.write('\n');
            start = end;
        }
        out.writeBytes("--\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isPrintable(byte b) {
        return b >= ' ' && b < 0x7f;
    }

    private static void text(byte[] bytes, ByteArrayOutputStream out) {
        for (byte b : bytes) {
            int letter = b < 0 ? -1 : "\u0007\b\u000b\f\r\\".indexOf(b);
            if (letter >= 0) {
                out.write('\\');
                out.write("abvfr\\".charAt(letter));
            } else {
                out.write(isPrintable(b) || b == '\t' || b == '\n' ? b : '.');
            }
        }
    }

    @Override
    public void close() {}
}
