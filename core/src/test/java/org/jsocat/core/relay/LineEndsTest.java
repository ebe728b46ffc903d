package org.jsocat.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;

class LineEndsTest {
    @ParameterizedTest
    @CsvSource({
        "RAW, RAW, 'a\r\nb\rc\n'",
        "RAW, CR, 'a\r\rb\rc\r'",
        "RAW, CRNL, 'a\r\r\nb\rc\r\n'",
        "CR, RAW, 'a\n\nb\nc\n'",
        "CR, CR, 'a\r\nb\rc\n'",
        "CR, CRNL, 'a\r\n\nb\r\nc\n'",
        "CRNL, RAW, 'a\nbc\n'",
        "CRNL, CR, 'a\rbc\r'",
        "CRNL, CRNL, 'a\r\nb\rc\n'",
    })
    void everyPair(LineEnd from, LineEnd to, String expected) {
        String text = "a\r\nb\rc\n";
        assertThat(from == to ? text : convert(text, from, to)).isEqualTo(expected);
    }

    /** It makes no difference where blocks end. */
    @Property
    void anyCut(
            @ForAll("texts") String text,
            @ForAll("cuts") double cut,
            @ForAll LineEnd from,
            @ForAll LineEnd to) {
        if (from != to) {
            int at = (int) (cut * text.length());
            assertThat(
                            convert(text.substring(0, at), from, to)
                                    + convert(text.substring(at), from, to))
                    .isEqualTo(convert(text, from, to));
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab\r\n").ofMaxLength(20);
    }

    @Provide
    Arbitrary<Double> cuts() {
        return Arbitraries.doubles().between(0, 1);
    }

    private static String convert(String text, LineEnd from, LineEnd to) {
        LineEnds lineEnds = new LineEnds(from, to);
        byte[] bytes = text.getBytes(ISO_8859_1);
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length + lineEnds.room(bytes.length));
        buffer.put(bytes).flip();
        ByteBuffer converted = lineEnds.convert(buffer);
        byte[] result = new byte[converted.remaining()];
        converted.get(result);
        return new String(result, ISO_8859_1);
    }
}
