package org.jsocat.plugin.filter;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.jsocat.spi.AddressException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What holds for any bytes that a stranger may send, in pieces of any size. */
class CodecPropertyTest {
    /** All that a codec makes of bytes; nothing may be taken without end or put out without end. */
    private static byte[] through(Codec codec, byte[] bytes, int piece, int room) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (codec) {
            for (int done = 0; done < bytes.length; done += piece) {
                int count = Math.min(piece, bytes.length - done);
                ByteBuffer source = ByteBuffer.wrap(bytes, done, count);
                while (source.hasRemaining() || codec.hasMore()) {
                    int before = source.remaining();
                    ByteBuffer target = ByteBuffer.allocate(room);
                    codec.convert(source, target);
                    assertThat(
                                    before - source.remaining() + target.position() > 0
                                            || (!source.hasRemaining() && !codec.hasMore()))
                            .as("progress, or the end of what it has")
                            .isTrue();
                    all.writeBytes(Arrays.copyOf(target.array(), target.position()));
                }
            }
            boolean ended = false;
            while (!ended) {
                ByteBuffer target = ByteBuffer.allocate(room);
                ended = codec.end(target);
                all.writeBytes(Arrays.copyOf(target.array(), target.position()));
            }
        }
        return all.toByteArray();
    }

    @Property(tries = 500)
    void whatIsCompressedIsExpanded(
            @ForAll @Size(max = 5000) byte[] bytes,
            @ForAll @IntRange(min = 1, max = 700) int piece,
            @ForAll @IntRange(min = 20, max = 300) int room) {
        byte[] wire = through(new GzipEncoder(6), bytes, piece, room);
        assertThat(through(new GzipDecoder(), wire, piece, room)).isEqualTo(bytes);
    }

    @Property(tries = 500)
    void damagedDataAreFoundOut(
            @ForAll @Size(min = 30, max = 300) byte[] bytes,
            @ForAll @IntRange(min = 0, max = 10_000) int where,
            @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] wire = GzipStageContractTest.compressed(bytes);
        wire[where % wire.length] ^= (byte) change;
        try {
            assertThat(through(new GzipDecoder(), wire, 100, 64)).isEqualTo(bytes);
        } catch (AddressException found) {
            assertThat(found.getMessage()).contains("data");
        }
    }

    @Property(tries = 1000)
    void anyBytesAreExpandedOrRefused(
            @ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(max = 1) int begun) {
        byte[] header = {0x1f, (byte) 0x8b, 8, 31};
        byte[] wire = new byte[bytes.length + begun * header.length];
        System.arraycopy(header, 0, wire, 0, begun * header.length);
        System.arraycopy(bytes, 0, wire, begun * header.length, bytes.length);
        try {
            through(new GzipDecoder(), wire, 7, 20);
        } catch (AddressException refused) {
            assertThat(refused.getMessage()).contains("data");
        }
    }

    @Property(tries = 1000)
    void whatTelnetCarriesIsAsItWas(
            @ForAll @Size(max = 300) byte[] bytes,
            @ForAll @IntRange(min = 1, max = 50) int piece,
            @ForAll @IntRange(min = 5, max = 50) int room) {
        byte[] wire = through(new TelnetProtocol().encoder(), bytes, piece, room);
        assertThat(through(new TelnetProtocol().decoder(), wire, piece, room)).isEqualTo(bytes);
    }

    @Property(tries = 1000)
    void anyBytesOfTelnetAreTakenAndAnswersStayFew(
            @ForAll @Size(max = 3000) byte[] bytes, @ForAll boolean commands) {
        if (commands) {
            for (int i = 0; i + 1 < bytes.length; i += 3) {
                bytes[i] = (byte) 255;
                bytes[i + 1] = (byte) (240 + (bytes[i + 1] & 15));
            }
        }
        TelnetProtocol telnet = new TelnetProtocol();
        byte[] data = through(telnet.decoder(), bytes, 100, 64);
        byte[] answers = through(telnet.encoder(), new byte[0], 1, 64);
        assertThat(data.length + answers.length).isLessThanOrEqualTo(bytes.length);
    }
}
