package org.jsocat.spi.posix;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells of each call of a C function, as two lines: {@code socket(2, 1, 6)} before it and {@code
 * socket() -> 5} after it. Where nobody listens a call costs one comparison more.
 *
 * <p>What is read or written is shown as the address of the memory only. Calls that the listener
 * itself makes are not told of.
 *
 * @since 1.0
 */
public final class CallTrace {
    /** How the arguments of the functions are shown, a letter each; see {@link #argument}. */
    private static final String FORMATS =
            """
            __res_init - __res_state - _exit d accept4 dppx access sd bind dad chdir s chmod so
            chown sdd chroot s clone pp close d connect dad dup2 dd dup3 ddx epoll_create1 x
            epoll_ctl dddp epoll_wait dpdd eventfd dx execve spp fchdir d fchmod do fchown ddd
            fcntl ddx flock dd freeaddrinfo p fsync d ftruncate dl gai_strerror d getaddrinfo sspp
            getcwd pl getegid - geteuid - getgid - getgroups dp gethostname pl getpeername dpp
            getpgid d getpid - getppid - getprotobynumber d getrlimit dp getsid d getsockname dpp
            getsockopt dddpp getuid - if_indextoname dp if_nametoindex s ioctl dxp isatty d kill dd
            lchown sdd link ss listen dd localtime_r pp lseek dld mkdir so mkfifo so mmap plxxdl
            mprotect plx mq_getattr dp mq_open sxop mq_receive dplp mq_send dpld mq_unlink s
            newlocale xsp open sxo pipe2 px poll pdd ppoll pdpp prctl dllll pread dpll
            pthread_sigmask dpp read dpl readlink spl readv dpd recv dplx recvfrom dplxpp
            recvmsg dpx rename ss rmdir s send dplx sendmsg dpx sendto dplxad setegid d
            seteuid d setgid d setgroups lp setns dx setpgid dd setrlimit dp setsid -
            setsockopt dddpd setuid d shutdown dd sigaction dpp socket ddd socketpair dddp splice dpdplx
            statx dsxxp strerror_l dp symlink ss syscall dllll sysconf d tcgetpgrp d tcsetpgrp dd
            tee ddlx timerfd_create dx timerfd_settime dxpp umask o uname p unlink s unshare x
            waitpid dpx write dpl writev dpd
            """;

    /** Longer texts are cut. */
    private static final int LIMIT = 4096;

    private static final int FAMILY_BYTES = 2;

    /** Plain, since a call that misses the change is none that anybody waits for. */
    private static CallTrace current;

    private final Map<String, String> formats = new HashMap<>();
    private final Consumer<String> listener;

    private CallTrace(Consumer<String> listener) {
        this.listener = listener;
        String[] words = FORMATS.strip().split("\\s+");
        for (int i = 0; i < words.length; i += 2) {
            formats.put(words[i], words[i + 1].equals("-") ? "" : words[i + 1]);
        }
    }

    /**
     * Begins to tell, or ends.
     *
     * @param listener gets each line, on the thread that makes the call; null for nobody
     */
    public static void to(Consumer<String> listener) {
        current = listener == null ? null : new CallTrace(listener);
    }

    /**
     * Does something whose calls are not told of, such as writing a line of a log.
     *
     * @param action done at once, on this thread
     */
    public static void silently(Runnable action) {
        CallState state = current == null ? null : CallState.current();
        if (state == null || state.isKept()) {
            action.run();
            return;
        }
        byte[] kept = state.keep();
        try {
            action.run();
        } finally {
            state.restore(kept);
        }
    }

    /** Who is told; null for nobody. */
    static CallTrace current() {
        return current;
    }

    /** Whether the arguments of a function can be shown. */
    boolean knows(String function) {
        return formats.containsKey(function);
    }

    void before(CallState state, String function, long... arguments) {
        tell(state, () -> callText(function, arguments));
    }

    void after(CallState state, String function, long result) {
        int errno = state.errno();
        tell(state, () -> resultText(function, result, errno));
    }

    /** The listener makes calls too, which must not change what this one is made with. */
    private void tell(CallState state, Supplier<String> line) {
        byte[] kept = state.keep();
        try {
            listener.accept(line.get());
        } finally {
            state.restore(kept);
        }
    }

    private String callText(String function, long... arguments) {
        String format = formats.getOrDefault(function, "");
        StringBuilder line = new StringBuilder(function).append('(');
        for (int i = 0; i < format.length(); i++) {
            if (i > 0) {
                line.append(", ");
            }
            long next = i + 1 < arguments.length ? arguments[i + 1] : 0;
            argument(line, format.charAt(i), arguments[i], next);
        }
        return line.append(')').toString();
    }

    private static String resultText(String function, long result, int errno) {
        // An int is returned in half a register.
        long value = result >>> Integer.SIZE == 0 ? (int) result : result;
        String shown =
                value == -1
                        ? "-1 (" + Errno.text(errno) + ")"
                        : value == (int) value
                                ? Long.toString(value)
                                : "0x" + Long.toHexString(value);
        return function + "() -> " + shown;
    }

    private static void argument(StringBuilder line, char kind, long value, long next) {
        switch (kind) {
            case 'd' -> line.append((int) value);
            case 'l' -> line.append(value);
            case 'o' -> line.append('0').append(Integer.toOctalString((int) value));
            case 's' -> string(line, value);
            case 'a' -> address(line, value, (int) next);
            default -> line.append("0x").append(Long.toHexString(value));
        }
    }

    private static void string(StringBuilder line, long place) {
        if (place == 0) {
            line.append("NULL");
            return;
        }
        ByteBuffer text = memory(place, LIMIT);
        line.append('"').append(NativeStrings.decode(text, 0, LIMIT)).append('"');
    }

    private static void address(StringBuilder line, long place, int length) {
        if (place == 0 || length < FAMILY_BYTES) {
            line.append("NULL");
            return;
        }
        line.append(SocketAddress.decode(memory(place, length), length));
    }

    @SuppressWarnings("restricted") // what a call is about to read anyway
    private static ByteBuffer memory(long place, int length) {
        return MemorySegment.ofAddress(place)
                .reinterpret(length)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
    }
}
