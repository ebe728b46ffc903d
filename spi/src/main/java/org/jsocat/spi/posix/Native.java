package org.jsocat.spi.posix;

import java.io.File;

/**
 * Calls of C functions by a library of a few instructions in the image, {@code libjsocat.so}, which
 * the build of the image makes. It spares a start the code that {@code java.lang.foreign} makes at
 * run time for the same; where it is missing, that is used.
 */
final class Native {
    /** Whether the library is there. */
    static final boolean AVAILABLE = load();

    private static final long RESOLVER = AVAILABLE ? resolver() : 0;

    private Native() {}

    @SuppressWarnings("restricted") // system calls are what this module is for
    private static boolean load() {
        File library = new File(System.getProperty("java.home"), "lib/libjsocat.so");
        if (!library.isFile()) {
            return false;
        }
        System.load(library.getPath());
        return true;
    }

    /**
     * Calls a function.
     *
     * @param function its address
     * @param errno the address of an int that gets errno
     * @return what it returns
     */
    static native long call(
            long function, long errno, long a, long b, long c, long d, long e, long f);

    /** The address of dlsym(3). */
    private static native long resolver();

    /** The address of a function or a variable of libc, 0 where it is missing. */
    static long find(CallState state, String name) {
        return call(RESOLVER, state.errnoAddress, 0, state.symbolName(name), 0, 0, 0, 0);
    }
}
