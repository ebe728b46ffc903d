package org.jsocat.spi.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Translates between Java strings and the bytes that the operating system uses for paths, names and
 * arguments.
 *
 * <p>Where the locale's encoding is UTF-8 (and in the C locale, whose ASCII is a part of it) the
 * bytes are UTF-8, and each byte {@code 0xNN} that is not part of valid UTF-8 becomes the lone
 * surrogate {@code U+DCNN} and back, so that every sequence of bytes survives the way to a string
 * and back. Where the locale's encoding is another one, that one is used, because the JVM has
 * decoded the command line with it.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class NativeStrings {

    private static final byte[] EMPTY = new byte[0];

    private NativeStrings() {}

    /**
     * The bytes of a text, without a terminating NUL.
     *
     * @param text the text
     * @return its bytes
     */
    public static byte[] encode(String text) {
        int length = text.length();
        if (length == 0) {
            return EMPTY;
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return Encodings.encode(text);
            }
            bytes[i] = (byte) c;
        }
        return bytes;
    }

    /**
     * The text of bytes.
     *
     * @param bytes the bytes
     * @return the text; {@link #encode} gives the same bytes again
     */
    public static String decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * The text of a part of an array.
     *
     * @param bytes the array
     * @param offset where the part begins
     * @param length how many bytes it has
     * @return the text; {@link #encode} gives the same bytes again
     */
    @SuppressWarnings(
            "deprecation") // the byte-to-char constructor is exact for ASCII and the cheapest there
    // is
    public static String decode(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < 0) {
                return Encodings.decode(bytes, offset, length);
            }
        }
        return new String(bytes, 0, offset, length);
    }

    /**
     * The text of a C string.
     *
     * @param memory memory that holds it; its position does not matter
     * @param offset where in the memory it begins
     * @param limit how many bytes to look at; the string ends at a NUL or there
     * @return the text
     */
    public static String decode(ByteBuffer memory, int offset, int limit) {
        int length = 0;
        while (length < limit && memory.get(offset + length) != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        memory.get(offset, bytes);
        return decode(bytes);
    }

    /**
     * The program's arguments with the bytes that its caller gave, where the JVM could not
     * represent them.
     *
     * <p>In the C locale the JVM replaces every byte above 127 of an argument, and in a UTF-8 one
     * every byte that is not valid UTF-8; the kernel still has them.
     *
     * @param arguments what {@code main} was given
     * @return the same arguments, each decoded by this class
     */
    public static String[] arguments(String[] arguments) {
        for (String argument : arguments) {
            for (int i = 0; i < argument.length(); i++) {
                char c = argument.charAt(i);
                if (c >= 0x80 || c == '?') {
                    return CommandLine.last(arguments);
                }
            }
        }
        return arguments;
    }

    /** Stores texts as a null-terminated array of C strings, as argv and envp are. */
    static MemorySegment vector(Arena arena, List<String> texts) {
        MemorySegment vector = arena.allocate(ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            vector.setAtIndex(ADDRESS, i, cString(arena, texts.get(i)));
        }
        return vector;
    }

    /** Stores a text as a C string. */
    static MemorySegment cString(Arena arena, String text) {
        return cString(arena, encode(text));
    }

    /** Stores bytes as a C string. */
    static MemorySegment cString(Arena arena, byte[] bytes) {
        MemorySegment place = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, place, JAVA_BYTE, 0, bytes.length);
        return place;
    }

    /** The last arguments of the process's command line, as many as main was given. */
    private static final class CommandLine {

        static String[] last(String[] arguments) {
            byte[] line = read();
            String[] result = new String[arguments.length];
            int end = line.length;
            for (int i = arguments.length - 1; i >= 0; i--) {
                if (end == 0) {
                    return arguments;
                }
                int start = end - 1;
                while (start > 0 && line[start - 1] != 0) {
                    start--;
                }
                result[i] = decode(line, start, end - 1 - start);
                if (!sameAscii(arguments[i], result[i])) {
                    return arguments;
                }
                end = start;
            }
            return result;
        }

        /**
         * Guards against a launcher that did not pass its last arguments on: what is ASCII must
         * agree.
         */
        private static boolean sameAscii(String given, String read) {
            boolean ascii = true;
            for (int i = 0; i < read.length(); i++) {
                ascii &= read.charAt(i) < 0x80;
            }
            return !ascii || given.equals(read);
        }

        private static byte[] read() {
            int fd = Libc.open("/proc/self/cmdline", Linux.O_RDONLY, 0);
            if (fd < 0) {
                return EMPTY;
            }
            byte[] line = new byte[4096];
            int length = 0;
            while (true) {
                long n = Libc.read(fd, line, length, line.length - length);
                if (n <= 0) {
                    Libc.close(fd);
                    return n < 0 ? EMPTY : Arrays.copyOf(line, length);
                }
                length += (int) n;
                if (length == line.length) {
                    line = Arrays.copyOf(line, 2 * length);
                }
            }
        }
    }

    /** Text beyond ASCII; a class of its own because most runs have none. */
    private static final class Encodings {

        private static final Charset PLATFORM = platform();

        private static Charset platform() {
            String name = System.getProperty("sun.jnu.encoding", "UTF-8");
            Charset charset =
                    Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
            return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
        }

        static byte[] encode(String text) {
            if (!PLATFORM.equals(StandardCharsets.UTF_8)) {
                return text.getBytes(PLATFORM);
            }
            byte[] bytes = new byte[3 * text.length()];
            int n = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < 0x80) {
                    bytes[n++] = (byte) c;
                } else if (c < 0x800) {
                    bytes[n++] = (byte) (0xc0 | c >> 6);
                    bytes[n++] = (byte) (0x80 | (c & 0x3f));
                } else if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    int point = Character.toCodePoint(c, text.charAt(++i));
                    bytes[n++] = (byte) (0xf0 | point >> 18);
                    bytes[n++] = (byte) (0x80 | (point >> 12 & 0x3f));
                    bytes[n++] = (byte) (0x80 | (point >> 6 & 0x3f));
                    bytes[n++] = (byte) (0x80 | (point & 0x3f));
                } else if (c >= 0xdc80 && c <= 0xdcff) {
                    bytes[n++] = (byte) c;
                } else {
                    bytes[n++] = (byte) (0xe0 | c >> 12);
                    bytes[n++] = (byte) (0x80 | (c >> 6 & 0x3f));
                    bytes[n++] = (byte) (0x80 | (c & 0x3f));
                }
            }
            return Arrays.copyOf(bytes, n);
        }

        static String decode(byte[] bytes, int offset, int length) {
            if (!PLATFORM.equals(StandardCharsets.UTF_8)) {
                return new String(bytes, offset, length, PLATFORM);
            }
            StringBuilder text = new StringBuilder(length);
            int end = offset + length;
            int i = offset;
            while (i < end) {
                int size = sequence(bytes, i, end);
                if (size == 0) {
                    text.append((char) (0xdc00 | (bytes[i++] & 0xff)));
                } else {
                    text.append(new String(bytes, i, size, StandardCharsets.UTF_8));
                    i += size;
                }
            }
            return text.toString();
        }

        /** The length of the valid UTF-8 sequence that begins here; 0 if there is none. */
        private static int sequence(byte[] bytes, int i, int end) {
            int first = bytes[i] & 0xff;
            if (first < 0x80) {
                return 1;
            }
            int size =
                    first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
            if (size == 0 || i + size > end) {
                return 0;
            }
            for (int k = 1; k < size; k++) {
                if ((bytes[i + k] & 0xc0) != 0x80) {
                    return 0;
                }
            }
            int second = bytes[i + 1] & 0xff;
            boolean overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
            boolean surrogate = first == 0xed && second >= 0xa0;
            boolean beyond = first == 0xf4 && second >= 0x90;
            return overlong || surrogate || beyond ? 0 : size;
        }
    }
}
