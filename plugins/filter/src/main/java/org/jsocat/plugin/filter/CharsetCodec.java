package org.jsocat.plugin.filter;

import org.jsocat.spi.AddressException;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/** Converts text from one character set to another. */
final class CharsetCodec implements Codec {
    private static final int BLOCK = 4096;

    private final CharsetDecoder decoder;
    private final CharsetEncoder encoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
    private final CharBuffer chars = CharBuffer.allocate(BLOCK);
    private boolean more;
    private boolean decoded;
    private boolean encoded;

    /**
     * A codec.
     *
     * @param action what is done with bytes that are no character, and with characters that the
     *     other set lacks
     */
    CharsetCodec(Charset from, Charset to, Unconvertible action) {
        decoder = from.newDecoder();
        encoder = to.newEncoder();
        decoder.onMalformedInput(action.action()).onUnmappableCharacter(action.action());
        encoder.onMalformedInput(action.action()).onUnmappableCharacter(action.action());
    }

    @Override
    public void convert(ByteBuffer source, ByteBuffer target) {
        more = true;
        while (encode(target, false) && (source.hasRemaining() || more)) {
            int count = Math.min(bytes.remaining(), source.remaining());
            bytes.put(source.slice(source.position(), count));
            source.position(source.position() + count);
            bytes.flip();
            more = check(decoder.decode(bytes, chars, false), decoder.charset()).isOverflow();
            bytes.compact();
        }
    }

    /** Whether all characters but half ones have been written. */
    private boolean encode(ByteBuffer target, boolean end) {
        chars.flip();
        CoderResult result = check(encoder.encode(chars, target, end), encoder.charset());
        chars.compact();
        return result.isUnderflow();
    }

    private static CoderResult check(CoderResult result, Charset charset) {
        if (result.isError()) {
            throw AddressException.fatal(
                    result.isMalformed()
                            ? "bytes that are no character in " + charset
                            : "a character that cannot be converted to or from " + charset);
        }
        return result;
    }

    @Override
    public boolean hasMore() {
        return more;
    }

    @Override
    public boolean end(ByteBuffer target) {
        while (!decoded) {
            bytes.flip();
            CoderResult result = check(decoder.decode(bytes, chars, true), decoder.charset());
            bytes.compact();
            decoded = result.isUnderflow() && decoder.flush(chars).isUnderflow();
            if (!encode(target, decoded)) {
                return false;
            }
        }
        if (!encoded) {
            encoded = encode(target, true) && encoder.flush(target).isUnderflow();
        }
        return encoded;
    }
}
