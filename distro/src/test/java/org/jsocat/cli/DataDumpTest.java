package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

/** The expectations are what the reference prints for the same bytes. */
final class DataDumpTest {
    private static final String TIME = "\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}";

    private static String dump(DataDump dump, boolean rightward, String data) {
        byte[] shown = dump.dump(rightward, data.getBytes(StandardCharsets.ISO_8859_1));
        return new String(shown, StandardCharsets.ISO_8859_1).replaceAll(TIME, "TIME");
    }

    @Test
    void text() {
        assertThat(
                        dump(
                                new DataDump(true, false),
                                true,
                                "a\tb\nc\r\\\u0007\b\u000b\f\0\u007f\u00e4 "))
                .isEqualTo("> TIME  length=15 from=0 to=14\na\tb\nc\\r\\\\\\a\\b\\v\\f... ");
    }

    @Test
    void hexadecimal() {
        assertThat(dump(new DataDump(false, true), false, "a\n\u00ff"))
                .isEqualTo("< TIME  length=3 from=0 to=2\n 61 0a ff\n");
    }

    @Test
    void bothSideBySideWithALineForEachLine() {
        assertThat(dump(new DataDump(true, true), true, "ab\n0123456789abcdefg"))
                .isEqualTo(
                        "> TIME  length=20 from=0 to=19\n"
                                + " 61 62 0a"
                                + " ".repeat(39)
                                + "  ab.\n"
                                + " 30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66 "
                                + " 0123456789abcdef\n"
                                + " 67"
                                + " ".repeat(45)
                                + "  g\n--\n");
    }

    @Test
    void eachDirectionIsCounted() {
        DataDump dump = new DataDump(false, true);
        assertThat(dump(dump, true, "abc")).contains("length=3 from=0 to=2");
        assertThat(dump(dump, false, "x")).contains("length=1 from=0 to=0");
        assertThat(dump(dump, true, "de")).contains("length=2 from=3 to=4");
        assertThat(dump(dump, false, "yz")).contains("length=2 from=1 to=2");
    }
}
