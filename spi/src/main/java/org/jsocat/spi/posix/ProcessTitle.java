package org.jsocat.spi.posix;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * The name and the command line of this process as ps(1), pgrep(1), killall(1) and top(1) show
 * them: those of the program instead of {@code java} with its options.
 *
 * <p>Source: PR_SET_MM_ARG_END in prctl(2); arg_start, arg_end and {@code /proc/PID/task/TID/comm}
 * in proc(5).
 *
 * @since 1.0
 */
public final class ProcessTitle {
    private static final Symbol PRCTL = new Symbol("prctl");
    private static final int PR_SET_MM = 35;
    private static final int PR_SET_MM_ARG_END = 9;

    /** Length of a thread's name without its NUL, TASK_COMM_LEN - 1. */
    private static final int NAME_BYTES = 15;

    /** Fields of proc(5)'s stat, counted from the one behind the name. */
    private static final int ARG_START = 45;

    private static final int ARG_END = 46;

    private ProcessTitle() {}

    /**
     * Rewrites both in place. Whoever may not read or write what that takes keeps the JVM's;
     * nothing is reported.
     *
     * @param called what the program was called by, a path or a name; its last part becomes the
     *     name
     * @param arguments how many of the last arguments are the program's own; they stay, byte for
     *     byte
     */
    public static void set(String called, int arguments) {
        byte[] stat = new byte[1024];
        int length = read("/proc/self/stat", stat);
        int close = length - 1;
        while (close >= 0 && stat[close] != ')') {
            close--;
        }
        if (close < 0) {
            return;
        }
        byte[] name = NativeStrings.encode(called.substring(called.lastIndexOf('/') + 1));
        rename(stat, close, name);
        long start = field(stat, close, length, ARG_START);
        long end = field(stat, close, length, ARG_END);
        if (start > 0 && end > start && end - start <= Integer.MAX_VALUE) {
            rewrite(start, (int) (end - start), NativeStrings.encode(called), arguments);
        }
    }

    private static int read(String path, byte[] bytes) {
        int fd = Libc.open(path, Linux.O_RDONLY, 0);
        if (fd < 0) {
            return 0;
        }
        long count = Libc.read(fd, bytes, 0, bytes.length);
        Libc.close(fd);
        return (int) Math.max(0, count);
    }

    /** Names the first thread, whose name is the process's, unless it has that name. */
    private static void rename(byte[] stat, int close, byte[] name) {
        int size = Math.min(name.length, NAME_BYTES);
        int open = 0;
        while (stat[open] != '(') {
            open++;
        }
        boolean same = close - open - 1 == size;
        for (int i = 0; same && i < size; i++) {
            same = stat[open + 1 + i] == name[i];
        }
        if (!same) {
            int fd = Libc.open("/proc/self/task/" + Libc.getpid() + "/comm", Linux.O_WRONLY, 0);
            if (fd >= 0) {
                Libc.write(fd, name, 0, size);
                Libc.close(fd);
            }
        }
    }

    /** A number of proc(5)'s stat; 0 if there is none. */
    private static long field(byte[] stat, int close, int length, int field) {
        int at = close + 2;
        for (int passed = 0; passed < field && at < length; at++) {
            if (stat[at] == ' ') {
                passed++;
            }
        }
        long value = 0;
        for (; at < length && stat[at] >= '0' && stat[at] <= '9'; at++) {
            value = value * 10 + stat[at] - '0';
        }
        return value;
    }

    @SuppressWarnings("restricted") // the place of the arguments is known from the kernel
    private static void rewrite(long start, int size, byte[] called, int arguments) {
        ByteBuffer area = MemorySegment.ofAddress(start).reinterpret(size).asByteBuffer();
        int own = size;
        for (int i = 0; i < arguments && own > 0; i++) {
            own--;
            while (own > 0 && area.get(own - 1) != 0) {
                own--;
            }
        }
        if (own < called.length + 1) {
            return;
        }
        byte[] title = new byte[called.length + 1 + size - own];
        System.arraycopy(called, 0, title, 0, called.length);
        area.get(own, title, called.length + 1, size - own);
        area.put(0, title);
        // Where the end may not be moved, which takes CAP_SYS_RESOURCE, NULs stay behind.
        area.put(title.length, new byte[size - title.length]);
        PRCTL.callInt(
                CallState.current(), PR_SET_MM, PR_SET_MM_ARG_END, start + title.length, 0, 0, 0);
    }
}
