package org.jsocat.spi.posix;

import java.util.Arrays;
import java.util.Optional;

/**
 * Small files of proc(5), read at once and without the JDK's file system, which a start would pay
 * for.
 *
 * @since 1.0
 */
public final class ProcFile {
    private static final int CHUNK_BYTES = 4096;

    private ProcFile() {}

    /**
     * The text of a file.
     *
     * @param path the file
     * @return its text; empty where it cannot be read
     */
    public static Optional<String> read(String path) {
        int fd = Libc.open(path, Linux.O_RDONLY, 0);
        if (fd < 0) {
            return Optional.empty();
        }
        try {
            byte[] bytes = new byte[CHUNK_BYTES];
            int length = 0;
            while (true) {
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, 2 * length);
                }
                int count = (int) Libc.read(fd, bytes, length, bytes.length - length);
                if (count < 0) {
                    return Optional.empty();
                }
                if (count == 0) {
                    return Optional.of(NativeStrings.decode(bytes, 0, length));
                }
                length += count;
            }
        } finally {
            Libc.close(fd);
        }
    }

    /**
     * A field of a text of lines that each begin with a name and a colon.
     *
     * @param text the text
     * @param name the name
     * @return what stands behind the colon, without blanks around it; empty if there is no such
     *     line
     */
    public static Optional<String> field(String text, String name) {
        String start = name + ":";
        int at = text.startsWith(start) ? 0 : text.indexOf("\n" + start) + 1;
        if (at == 0 && !text.startsWith(start)) {
            return Optional.empty();
        }
        int end = text.indexOf('\n', at);
        return Optional.of(
                text.substring(at + start.length(), end < 0 ? text.length() : end).strip());
    }
}
