package org.jsocat.spi.posix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/**
 * One function of libc, looked up when it is first called.
 *
 * <p>All functions share one native method handle of the shape {@code long f(long, long, long,
 * long, long, long)}: on both platforms integers and pointers, variadic ones too, travel in the
 * same six registers, and a function ignores those it does not have. One shape means one piece of
 * generated code, which is what makes the start cheap.
 *
 * <p>Thread-safe: two threads that look up the same function find the same address.
 */
final class Symbol {

    private final String name;

    /** Where the function is; 0 until it has been looked for, or where it is missing. */
    private long address;

    Symbol(String name) {
        this.name = name;
    }

    /** A function that is not libc's. */
    Symbol(String name, MemorySegment address) {
        this.name = name;
        this.address = address.address();
    }

    /** Calls a function that returns an int, -1 for an error: returns it, or the negated errno. */
    int callInt(CallState state, long a, long b, long c) {
        int result = (int) call(state, a, b, c, 0, 0, 0);
        return result == -1 ? -state.errno() : result;
    }

    /** Calls a function that returns an int, -1 for an error: returns it, or the negated errno. */
    int callInt(CallState state, long a, long b, long c, long d, long e, long f) {
        int result = (int) call(state, a, b, c, d, e, f);
        return result == -1 ? -state.errno() : result;
    }

    /**
     * Calls a function that returns an ssize_t, -1 for an error: returns it, or the negated errno.
     */
    long callLong(CallState state, long a, long b, long c) {
        long result = call(state, a, b, c, 0, 0, 0);
        return result == -1 ? -state.errno() : result;
    }

    /**
     * Calls a function that returns an ssize_t, -1 for an error: returns it, or the negated errno.
     */
    long callLong(CallState state, long a, long b, long c, long d, long e, long f) {
        long result = call(state, a, b, c, d, e, f);
        return result == -1 ? -state.errno() : result;
    }

    /** Calls a function that returns an error number, 0 for success: returns it negated. */
    int callError(CallState state, long a, long b, long c, long d, long e, long f) {
        int result = (int) call(state, a, b, c, d, e, f);
        return result == -1 ? -state.errno() : -result;
    }

    /** Calls a function that returns an int of its own meaning. */
    int callValue(CallState state, long a, long b, long c, long d, long e, long f) {
        return (int) call(state, a, b, c, d, e, f);
    }

    /** Calls a function that returns a pointer, 0 for an error or where the function is missing. */
    long pointer(CallState state, long a, long b, long c) {
        long result = call(state, a, b, c, 0, 0, 0);
        return result == -1 ? 0 : result;
    }

    private long call(CallState state, long a, long b, long c, long d, long e, long f) {
        long function = address;
        if (function == 0) {
            function = lookUp(state);
            if (function == 0) {
                state.errno(Errno.ENOSYS);
                return -1;
            }
        }
        CallTrace trace = CallTrace.current();
        if (trace != null && !state.isKept()) {
            trace.before(state, name, a, b, c, d, e, f);
            long result = invoke(function, state, a, b, c, d, e, f);
            trace.after(state, name, result);
            return result;
        }
        return invoke(function, state, a, b, c, d, e, f);
    }

    private static long invoke(
            long function, CallState state, long a, long b, long c, long d, long e, long f) {
        if (Native.AVAILABLE) {
            return Native.call(function, state.errnoAddress, a, b, c, d, e, f);
        }
        return Linked.call(function, state.errno, a, b, c, d, e, f);
    }

    String name() {
        return name;
    }

    /** The address of a variable of libc, which is no function; 0 where it is missing. */
    long variable() {
        return address != 0 ? address : lookUp(CallState.current());
    }

    private long lookUp(CallState state) {
        address = Native.AVAILABLE ? Native.find(state, name) : Linked.find(name);
        return address;
    }

    /**
     * The address of a part of the caller's memory.
     *
     * @throws IndexOutOfBoundsException if the part is not inside the memory
     * @throws IllegalArgumentException if the memory is on the Java heap
     */
    static long address(MemorySegment memory, long offset, long length) {
        Objects.checkFromIndexSize(offset, length, memory.byteSize());
        if (!memory.isNative()) {
            throw new IllegalArgumentException("memory must be off the heap");
        }
        return memory.address() + offset;
    }

    /** The linker and its code; a class of its own, for where there is no {@link Native}. */
    private static final class Linked {

        private static final Linker LINKER = Linker.nativeLinker();

        @SuppressWarnings("restricted") // system calls are what this module is for
        private static final MethodHandle CALL =
                LINKER.downcallHandle(
                        FunctionDescriptor.of(
                                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                                JAVA_LONG),
                        Linker.Option.captureCallState("errno"));

        static long call(
                long function,
                MemorySegment errno,
                long a,
                long b,
                long c,
                long d,
                long e,
                long f) {
            try {
                MemorySegment place = MemorySegment.ofAddress(function);
                return (long) CALL.invokeExact(place, errno, a, b, c, d, e, f);
            } catch (RuntimeException | Error unchecked) {
                throw unchecked;
            } catch (Throwable impossible) {
                throw new AssertionError(impossible);
            }
        }

        static long find(String name) {
            return LINKER.defaultLookup().find(name).map(MemorySegment::address).orElse(0L);
        }
    }
}
