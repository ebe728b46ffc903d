package org.jsocat.spi.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The environment that this process was started with, for programs that it starts: byte for byte,
 * in whatever locale, which {@code System.getenv()} does not give.
 *
 * <p>Variables that the launcher hid from the JVM are there under their own names. Which they are
 * it tells; a variable of the caller's that merely looks like a hidden one is passed on as it is.
 *
 * <p>Source: environ(7). Thread-safe.
 *
 * @since 1.0
 */
public final class ProcessEnvironment {
    /** Before the name of a variable that the launcher hid from this JVM. */
    private static final String SAVED = "JSOCAT_SAVED_";

    private static final Symbol ENVIRON = new Symbol("environ");

    private ProcessEnvironment() {}

    /**
     * All variables, in the order of the environment. Names and values are as {@link NativeStrings}
     * reads them.
     *
     * @return a new map
     */
    public static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        long place = ENVIRON.variable();
        long entry = place == 0 ? 0 : word(place);
        for (long text; entry != 0 && (text = word(entry)) != 0; entry += Long.BYTES) {
            add(variables, bytes(text));
        }
        for (String name : System.getProperty("jsocat.hidden", "").split(" ")) {
            String value = variables.remove(SAVED + name);
            if (value != null) {
                variables.put(name, value);
            } else {
                variables.remove(name);
            }
        }
        return variables;
    }

    private static void add(Map<String, String> variables, byte[] bytes) {
        for (int i = 1; i < bytes.length; i++) {
            if (bytes[i] == '=') {
                String name = NativeStrings.decode(bytes, 0, i);
                // As getenv(3) does, the first of a name counts.
                variables.putIfAbsent(
                        name, NativeStrings.decode(bytes, i + 1, bytes.length - i - 1));
                return;
            }
        }
    }

    @SuppressWarnings("restricted") // the places are libc's own
    private static long word(long place) {
        return MemorySegment.ofAddress(place).reinterpret(Long.BYTES).get(JAVA_LONG, 0);
    }

    @SuppressWarnings("restricted") // a C string ends at its NUL
    private static byte[] bytes(long place) {
        MemorySegment text = MemorySegment.ofAddress(place).reinterpret(Integer.MAX_VALUE);
        int length = 0;
        while (text.get(JAVA_BYTE, length) != 0) {
            length++;
        }
        return text.asSlice(0, length).toArray(JAVA_BYTE);
    }
}
