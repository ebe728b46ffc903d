package org.jsocat.spi.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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

    private static final int STRING_BYTES = 256;
    private static final int STRUCT_OFFSET = 16;
    private static final int STRING_OFFSET = STRUCT_OFFSET + STRUCT_BYTES;
    private static final int NAME_OFFSET = STRING_OFFSET + STRING_BYTES;

    /** Room for the longest name of a function, with its NUL. */
    private static final int NAME_BYTES = 64;

    private static final long MAIN_THREAD = 1;

    private static final int SPARES = 64;

    private static final ThreadLocal<CallState> CURRENT = new ThreadLocal<>();

    /** What threads that have ended left for the next ones; guarded by itself. */
    private static final CallState[] SPARE = new CallState[SPARES];

    private static int spareCount;

    /** Where the linker stores errno. */
    final MemorySegment errno;

    /** The address of {@link #errno}. */
    final long errnoAddress;

    /** {@link #STRUCT_BYTES} bytes for one call, in the machine's byte order. */
    final ByteBuffer struct;

    /** The address of {@link #struct}. */
    final long structAddress;

    /**
     * All the memory. It is read and written as a buffer, because access to segments goes through
     * method handles, which a start would pay for.
     */
    private final ByteBuffer memory;

    private final long stringAddress;
    private final MemorySegment[] overflow = new MemorySegment[2];
    private boolean isKept;

    private CallState(Arena arena) {
        MemorySegment block = arena.allocate(NAME_OFFSET + NAME_BYTES, 16);
        errno = block.asSlice(0, STRUCT_OFFSET);
        errnoAddress = block.address();
        memory = block.asByteBuffer().order(ByteOrder.nativeOrder());
        struct = memory.slice(STRUCT_OFFSET, STRUCT_BYTES).order(ByteOrder.nativeOrder());
        structAddress = block.address() + STRUCT_OFFSET;
        stringAddress = block.address() + STRING_OFFSET;
    }

    static CallState current() {
        CallState state = CURRENT.get();
        return state != null ? state : create();
    }

    private static CallState create() {
        CallState state = spare();
        if (state == null) {
            state = allocate();
        }
        CURRENT.set(state);
        return state;
    }

    private static CallState spare() {
        synchronized (SPARE) {
            return spareCount == 0 ? null : SPARE[--spareCount];
        }
    }

    /** Leaves the calling thread's state to another thread; its next call gets another one. */
    static void leave() {
        CallState state = CURRENT.get();
        if (state != null) {
            CURRENT.remove();
            synchronized (SPARE) {
                if (spareCount < SPARES) {
                    SPARE[spareCount++] = state;
                }
            }
        }
    }

    private static CallState allocate() {
        // The main thread's memory is never freed; the global arena spares a start the cleaner
        // thread.
        Arena arena =
                Thread.currentThread().threadId() == MAIN_THREAD ? Arena.global() : Arena.ofAuto();
        return new CallState(arena);
    }

    /** Keeps everything while somebody is told of a call; until {@link #restore}. */
    byte[] keep() {
        byte[] kept = new byte[memory.capacity()];
        memory.get(0, kept);
        isKept = true;
        return kept;
    }

    void restore(byte[] kept) {
        memory.put(0, kept);
        isKept = false;
    }

    /** Whether a call is made by somebody who is told of one. */
    boolean isKept() {
        return isKept;
    }

    /** The errno of the last call of this thread that failed. */
    int errno() {
        return memory.getInt(0);
    }

    void errno(int value) {
        memory.putInt(0, value);
    }

    /** Sets the first bytes of the struct area to zero; a multiple of eight. */
    void clear(int length) {
        for (int i = 0; i < length; i += Long.BYTES) {
            struct.putLong(i, 0);
        }
    }

    /** Stores the name of a function, apart from what a call needs; returns its address. */
    long symbolName(String name) {
        int length = name.length();
        for (int i = 0; i < length; i++) {
            memory.put(NAME_OFFSET + i, (byte) name.charAt(i));
        }
        memory.put(NAME_OFFSET + length, (byte) 0);
        return errnoAddress + NAME_OFFSET;
    }

    /**
     * Stores a text as a C string for one call.
     *
     * @param slot 0 or 1; a call with two strings uses both
     * @return its address
     */
    long cString(int slot, String text) {
        byte[] bytes = NativeStrings.encode(text);
        if (slot == 0 && bytes.length < STRING_BYTES) {
            memory.put(STRING_OFFSET, bytes);
            memory.put(STRING_OFFSET + bytes.length, (byte) 0);
            return stringAddress;
        }
        MemorySegment place = NativeStrings.cString(Arena.ofAuto(), bytes);
        overflow[slot] = place;
        return place.address();
    }
}
