package org.jsocat.spi.posix;

/**
 * The soft limit of open files. One process has the descriptors of all relays here, so it takes as
 * many as the hard limit allows, and programs that it starts get the limit that it was started
 * with.
 *
 * <p>Thread-safe.
 *
 * @since 1.0
 */
public final class OpenFileLimit {
    /** The limits at the start of this process, soft and hard; null where they are unchanged. */
    private static volatile long[] original;

    private OpenFileLimit() {}

    /**
     * Raises the soft limit to the hard one. It means something only in a JVM that has not done so
     * itself ({@code -XX:-MaxFDLimit}); called once.
     */
    public static void raise() {
        long[] limits = new long[2];
        if (Libc.getrlimit(Linux.RLIMIT_NOFILE, limits) == 0 && limits[0] != limits[1]) {
            original = limits;
            Libc.setrlimit(Linux.RLIMIT_NOFILE, limits[1], limits[1]);
        }
    }

    /** The limits that programs get, soft and hard; null for those of this process. */
    static long[] forPrograms() {
        return original;
    }
}
