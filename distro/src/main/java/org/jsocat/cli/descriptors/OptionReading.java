package org.jsocat.cli.descriptors;

import java.util.List;

/**
 * The value of a socket option.
 *
 * @param name the option's name in the output
 * @param bytes the length of the value that the kernel gave; negative if there is none (the negated
 *     errno)
 * @param words the value as ints in the machine's byte order; at least two of an option of
 *     SOL_SOCKET
 */
public record OptionReading(String name, int bytes, List<Integer> words) {
    /** Whether the kernel gave a value. */
    public boolean isPresent() {
        return bytes >= 0;
    }

    /** Whether the value is one int. */
    public boolean isInt() {
        return bytes == Integer.BYTES;
    }
}
