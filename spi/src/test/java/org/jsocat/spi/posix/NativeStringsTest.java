package org.jsocat.spi.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class NativeStringsTest {

    @BeforeEach
    void localeIsUtf8() {
        String encoding = System.getProperty("sun.jnu.encoding");
        assumeTrue(
                encoding.equals("UTF-8") || encoding.startsWith("ANSI"),
                "needs a UTF-8 or C locale, not " + encoding);
    }

    @Test
    void validTextIsUtf8() {
        String text = "a\u00e4\u20ac\ud83d\ude00/z";

        assertThat(NativeStrings.encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(NativeStrings.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        assertThat(NativeStrings.encode("")).isEmpty();
        assertThat(NativeStrings.decode(new byte[0])).isEmpty();
    }

    @Test
    void everySequenceOfThreeBytesSurvives() {
        int[] interesting = {
            0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1,
            0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff
        };
        for (int first = 0; first < 256; first++) {
            for (int second : interesting) {
                for (int third : interesting) {
                    for (int fourth : interesting) {
                        byte[] bytes = {(byte) first, (byte) second, (byte) third, (byte) fourth};
                        assertThat(NativeStrings.encode(NativeStrings.decode(bytes)))
                                .isEqualTo(bytes);
                    }
                }
            }
        }
    }

    @Test
    void invalidBytesAreLoneSurrogates() {
        assertThat(NativeStrings.decode(new byte[] {'a', (byte) 0xff, 'b'})).isEqualTo("a\udcffb");
    }

    @Test
    void readsCStrings() {
        try (Arena arena = Arena.ofConfined()) {
            var memory = arena.allocateFrom("xabc").asByteBuffer();
            assertThat(NativeStrings.decode(memory, 1, 4)).isEqualTo("abc");
            assertThat(NativeStrings.decode(memory, 1, 2)).isEqualTo("ab");
        }
    }

    @Test
    void argumentsThatAreNotTheProcesssOwnStayAsTheyAre() {
        String[] given = {"what?", "never"};

        assertThat(NativeStrings.arguments(given)).isSameAs(given);
        assertThat(NativeStrings.arguments(new String[] {"plain"})).containsExactly("plain");
    }

    @Test
    void argumentsKeepTheirBytesInAnyLocale() throws URISyntaxException {
        // "ä", a byte that is no UTF-8, a question mark, and an empty one
        List<String> given = List.of("\u00e4", "a\udcffb", "?", "");
        for (String locale : List.of("LC_ALL=C.UTF-8", "LC_ALL=C")) {
            assertThat(run(given, locale)).as(locale).isEqualTo("c3a4\n61ff62\n3f\n\n");
        }
    }

    private static String run(List<String> arguments, String locale) throws URISyntaxException {
        String java = System.getProperty("java.home") + "/bin/java";
        List<String> command =
                new ArrayList<>(
                        List.of(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                place(NativeStrings.class) + ":" + place(ArgumentsProgram.class),
                                ArgumentsProgram.class.getName()));
        command.addAll(arguments);
        Spawn spawn = new Spawn(java).arguments(command).environment(List.of(locale));
        try (Pipe pipe = Pipe.open(0);
                ChildProcess child = spawn.duplicate(pipe.writer().number(), 1).start()) {
            pipe.writer().close();
            byte[] bytes = new byte[1000];
            int length = 0;
            long n;
            while ((n = Libc.read(pipe.reader().number(), bytes, length, bytes.length - length))
                    > 0) {
                length += (int) n;
            }
            child.waitFor();
            return NativeStrings.decode(bytes, 0, length);
        }
    }

    private static String place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }
}
