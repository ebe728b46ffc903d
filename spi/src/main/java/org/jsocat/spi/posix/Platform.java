package org.jsocat.spi.posix;

/**
 * What differs between the supported platforms: Linux on x86-64 and on aarch64, both with glibc.
 *
 * <p>Unlike the constants in {@link Linux} these are set when the class is initialized.
 * Thread-safe.
 *
 * <p>Source: {@code arch/ARCH/include/uapi/asm/fcntl.h}, {@code unistd.h} and {@code eventpoll.h}
 * of the kernel.
 *
 * @since 0.1
 */
public final class Platform {

    private static final String ARCHITECTURE = System.getProperty("os.arch");
    static final boolean AARCH64 = ARCHITECTURE.equals("aarch64");

    // open(2) flags
    public static final int O_DIRECT = AARCH64 ? 0200000 : 040000;
    public static final int O_LARGEFILE = AARCH64 ? 0400000 : 0100000;
    public static final int O_DIRECTORY = AARCH64 ? 040000 : 0200000;
    public static final int O_NOFOLLOW = AARCH64 ? 0100000 : 0400000;
    public static final int O_TMPFILE = 020000000 | O_DIRECTORY;

    // struct epoll_event is packed on x86-64 only
    static final int EPOLL_EVENT_BYTES = AARCH64 ? 16 : 12;
    static final int EPOLL_EVENT_DATA = AARCH64 ? 8 : 4;

    // syscall(2) numbers, of the calls that libc either lacks in older versions or applies to every
    // thread
    static final int SYS_SETGROUPS = AARCH64 ? 159 : 116;
    static final int SYS_SETRESUID = AARCH64 ? 147 : 117;
    static final int SYS_SETRESGID = AARCH64 ? 149 : 119;
    static final int SYS_GETTID = AARCH64 ? 178 : 186;
    static final int SYS_MKNODAT = AARCH64 ? 33 : 259;
    static final int SYS_PIDFD_SEND_SIGNAL = 424;
    static final int SYS_PIDFD_OPEN = 434;
    static final int SYS_CLOSE_RANGE = 436;
    static final int SYS_PIDFD_GETFD = 438;

    // syscall(2) numbers, of the calls that a child makes between clone(2) and execve(2)
    static final int SYS_CLOSE = AARCH64 ? 57 : 3;
    static final int SYS_RT_SIGACTION = AARCH64 ? 134 : 13;
    static final int SYS_RT_SIGPROCMASK = AARCH64 ? 135 : 14;
    static final int SYS_IOCTL = AARCH64 ? 29 : 16;
    static final int SYS_EXECVE = AARCH64 ? 221 : 59;
    static final int SYS_FCNTL = AARCH64 ? 25 : 72;
    static final int SYS_CHDIR = AARCH64 ? 49 : 80;
    static final int SYS_UMASK = AARCH64 ? 166 : 95;
    static final int SYS_SETPGID = AARCH64 ? 154 : 109;
    static final int SYS_SETSID = AARCH64 ? 157 : 112;
    static final int SYS_CHROOT = AARCH64 ? 51 : 161;
    static final int SYS_DUP3 = AARCH64 ? 24 : 292;
    static final int SYS_PRLIMIT64 = AARCH64 ? 261 : 302;

    private static volatile int pageSize;

    private Platform() {}

    /**
     * Whether this layer works here.
     *
     * @return an empty text where it does; else one line that says what is missing
     */
    public static String unavailabilityCause() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return "system calls are supported on Linux only, not on "
                    + System.getProperty("os.name");
        }
        if (!AARCH64 && !ARCHITECTURE.equals("amd64")) {
            return "system calls are supported on x86-64 and aarch64 only, not on " + ARCHITECTURE;
        }
        return "";
    }

    /**
     * Begins to link the system calls, on a thread of its own, and returns at once. Worth calling
     * first thing in a program: linking takes some milliseconds that would else delay the first
     * call; a call that comes too early waits for it.
     *
     * @param afterwards done by that thread when calls are linked
     */
    public static void prepare(Runnable afterwards) {
        Runnable preparation = new Preparation(afterwards);
        Thread thread = new Thread(null, preparation, "jsocat-link", 0, false);
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) {
            preparation.run();
        }
    }

    /** Makes one call, which links what all calls need. */
    private record Preparation(Runnable afterwards) implements Runnable {
        @Override
        public void run() {
            Libc.getpid();
            afterwards.run();
        }
    }

    /**
     * Says that the calling thread will make no more calls soon, so that the memory for them goes
     * to another thread. Worth calling at the end of short-lived threads: that memory is outside
     * the Java heap, and what the garbage collector has to do to free it costs more than a call.
     */
    public static void threadEnds() {
        CallState.leave();
    }

    /**
     * The size of a memory page.
     *
     * @return bytes
     */
    public static int pageSize() {
        int size = pageSize;
        if (size == 0) {
            size = (int) Libc.sysconf(Linux._SC_PAGESIZE);
            pageSize = size;
        }
        return size;
    }
}
