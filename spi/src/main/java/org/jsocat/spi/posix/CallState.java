package org.jsocat.spi.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What one thread needs for its system calls: the place where errno is captured, and scratch memory
 * for a small struct and a path.
 *
 * <p>The scratch memory is valid for one call: no call of this layer calls another one between
 * filling it and reading it. The memory is freed with the thread, so that neither many virtual
 * threads nor many short-lived platform threads leak it.
 */
final class CallState {

    /** Size of the struct area; the largest struct is statx's. */
    static final int STRUCT_BYTES = 256;

    private static final int ERRNO_BYTES = 16;
    private static final int STRING_BYTES = 256;
    private static final long MAIN_THREAD = 1;

    private static final ThreadLocal<CallState> CURRENT = new ThreadLocal<>();

    /** Where the linker stores errno. */
    final MemorySegment errno;

    /** {@link #STRUCT_BYTES} bytes for one call. */
    final MemorySegment struct;

    /** The address of {@link #struct}. */
    final long structAddress;

    private final MemorySegment string;
    private final MemorySegment[] overflow = new MemorySegment[2];

    private CallState(Arena arena) {
        MemorySegment block = arena.allocate(ERRNO_BYTES + STRUCT_BYTES + STRING_BYTES, 16);
        errno = block.asSlice(0, ERRNO_BYTES);
        struct = block.asSlice(ERRNO_BYTES, STRUCT_BYTES);
        structAddress = struct.address();
        string = block.asSlice(ERRNO_BYTES + STRUCT_BYTES, STRING_BYTES);
    }

    static CallState current() {
        CallState state = CURRENT.get();
        return state != null ? state : create();
    }

    private static CallState create() {
        // The main thread's memory is never freed; the global arena spares a start the cleaner
        // thread.
        Arena arena =
                Thread.currentThread().threadId() == MAIN_THREAD ? Arena.global() : Arena.ofAuto();
        CallState state = new CallState(arena);
        CURRENT.set(state);
        return state;
    }

    /** The errno of the last call of this thread that failed. */
    int errno() {
        return errno.get(JAVA_INT, 0);
    }

    void errno(int value) {
        errno.set(JAVA_INT, 0, value);
    }

    /**
     * Stores a text as a C string for one call.
     *
     * @param slot 0 or 1; a call with two strings uses both
     * @return its address
     */
    long cString(int slot, String text) {
        byte[] bytes = NativeStrings.encode(text);
        MemorySegment place;
        if (slot == 0 && bytes.length < STRING_BYTES) {
            place = string;
        } else {
            place = Arena.ofAuto().allocate(bytes.length + 1L);
            overflow[slot] = place;
        }
        MemorySegment.copy(bytes, 0, place, JAVA_BYTE, 0, bytes.length);
        place.set(JAVA_BYTE, bytes.length, (byte) 0);
        return place.address();
    }
}
