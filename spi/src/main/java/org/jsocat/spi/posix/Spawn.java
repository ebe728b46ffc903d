package org.jsocat.spi.posix;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Starts a program, as posix_spawn(3) does, with an identity, a root directory and limits of its
 * own where that is asked for: the child itself takes them between clone(2) and execve(2), so that
 * this process never has a thread of another identity.
 *
 * <p>The child does, in this order: session and process group; file actions; what {@link #chroot},
 * {@link #groups}, {@link #group}, {@link #user}, {@link #umask} and {@link #limit} say, as they
 * were called; closing of all other descriptors; signals; execve(2).
 *
 * <p>The program has the descriptors 0 to 2 and those that a file action made; all others are
 * closed, because the JDK opens files without close-on-exec. It blocks no signals unless {@link
 * #signalMask} says so: the JVM's threads block some. Signals that the JVM handles are set to their
 * default; ignored ones stay ignored unless {@link #defaultSignals} names them.
 *
 * <p>The program's limit of open files is the one from before {@link OpenFileLimit#raise}, unless
 * {@link #limit} says otherwise. A JVM that is run without {@code -XX:-MaxFDLimit} raises it itself
 * at its start, and programs inherit that.
 *
 * <p>Not thread-safe. It may be started several times; each gives a process of its own.
 *
 * <p>Source: clone(2), execve(2), credentials(7).
 *
 * @since 0.1
 */
public final class Spawn {
    private static final int FIRST_OTHER = 3;
    private static final int SIGNALS = 64;
    private static final int SIGNAL_SET_BYTES = 8;
    private static final int IGNORED = 1;
    private static final int HANDLED = 2;
    private static final long ALL_SIGNALS = -1;

    /** Those by which the JVM itself learns of null pointers and safepoints, while it runs code. */
    private static final long FAULTS =
            bit(Linux.SIGSEGV) | bit(Linux.SIGBUS) | bit(Linux.SIGFPE) | bit(Linux.SIGILL) | bit(5);

    private final List<FileAction> actions = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private String path;
    private List<String> arguments;
    private List<String> environment = List.of();
    private boolean inheritOthers;
    private boolean newSession;
    private int processGroup = -1;
    private long signalMask;
    private long defaultSignals;
    private long ignoredSignals;

    /**
     * Prepares a program without arguments and with an empty environment.
     *
     * @param path the program's file; it is not searched for
     */
    public Spawn(String path) {
        program(path, List.of(path));
    }

    /**
     * Sets another program.
     *
     * @param path the program's file; it is not searched for
     * @param arguments all of them, the program's own name first
     * @return this
     */
    public Spawn program(String path, List<String> arguments) {
        this.path = path;
        return arguments(arguments);
    }

    /**
     * Sets the arguments.
     *
     * @param arguments all of them, the program's own name first
     * @return this
     */
    public Spawn arguments(List<String> arguments) {
        this.arguments = List.copyOf(arguments);
        return this;
    }

    /**
     * Sets the environment.
     *
     * @param environment {@code NAME=value} each
     * @return this
     */
    public Spawn environment(List<String> environment) {
        this.environment = List.copyOf(environment);
        return this;
    }

    /**
     * Adds a file action: dup2(2). Where both numbers are the same, it clears close-on-exec.
     *
     * @param from a descriptor of this process
     * @param to the program's descriptor
     * @return this
     */
    public Spawn duplicate(int from, int to) {
        return act(
                to,
                calls -> {
                    String text = "dup2(" + from + ", " + to + ")";
                    if (from == to) {
                        calls.call(text, Platform.SYS_FCNTL, from, Linux.F_SETFD, 0);
                    } else {
                        calls.call(text, Platform.SYS_DUP3, from, to, 0);
                    }
                });
    }

    /**
     * Adds a file action: close(2).
     *
     * @param fd the descriptor
     * @return this
     */
    public Spawn close(int fd) {
        return act(-1, calls -> calls.attempt(Platform.SYS_CLOSE, fd));
    }

    /**
     * Lets the program have all descriptors that are not close-on-exec, files that the JDK has
     * opened among them.
     *
     * @return this
     */
    public Spawn inheritOthers() {
        inheritOthers = true;
        return this;
    }

    /**
     * Adds a file action: chdir(2). The program's own path is taken from there.
     *
     * @param path the directory
     * @return this
     */
    public Spawn changeDirectory(String path) {
        return act(
                -1,
                calls ->
                        calls.call(
                                "chdir(\"" + path + "\")", Platform.SYS_CHDIR, calls.string(path)));
    }

    /**
     * Adds a file action: makes a terminal the controlling one of the program's new session
     * (TIOCSCTTY, ioctl_tty(2)).
     *
     * @param fd a descriptor of this process
     * @return this
     */
    public Spawn controllingTerminal(int fd) {
        return act(
                -1,
                calls ->
                        calls.call(
                                "ioctl(" + fd + ", TIOCSCTTY, NULL)",
                                Platform.SYS_IOCTL,
                                fd,
                                Linux.TIOCSCTTY,
                                0));
    }

    /**
     * Starts the program in a new session: setsid(2), before the file actions.
     *
     * @return this
     */
    public Spawn newSession() {
        newSession = true;
        return this;
    }

    /**
     * Starts the program in another process group: setpgid(2).
     *
     * @param group the group, 0 for a new one
     * @return this
     */
    public Spawn processGroup(int group) {
        processGroup = group;
        return this;
    }

    /**
     * Gives the program another root directory, which becomes its working directory too: chroot(2).
     *
     * @param path the directory, as this process sees it
     * @return this
     */
    public Spawn chroot(String path) {
        return change(
                calls ->
                        calls.call(
                                        "chroot(\"" + path + "\")",
                                        Platform.SYS_CHROOT,
                                        calls.string(path))
                                .call("chdir(\"/\")", Platform.SYS_CHDIR, calls.string("/")));
    }

    /**
     * Gives the program supplementary groups: setgroups(2).
     *
     * @param groups their numbers
     * @return this
     */
    public Spawn groups(int... groups) {
        int[] numbers = groups.clone();
        return change(
                calls ->
                        calls.call(
                                "setgroups(" + numbers.length + ", ...)",
                                Platform.SYS_SETGROUPS,
                                numbers.length,
                                calls.ints(numbers)));
    }

    /**
     * Gives the program a group, the real, effective and saved one: setresgid(2).
     *
     * @param gid its number
     * @return this
     */
    public Spawn group(int gid) {
        return change(
                calls ->
                        calls.call(
                                "setgid(" + Integer.toUnsignedString(gid) + ")",
                                Platform.SYS_SETRESGID,
                                gid,
                                gid,
                                gid));
    }

    /**
     * Gives the program a user, the real, effective and saved one: setresuid(2).
     *
     * @param uid the number
     * @return this
     */
    public Spawn user(int uid) {
        return change(
                calls ->
                        calls.call(
                                "setuid(" + Integer.toUnsignedString(uid) + ")",
                                Platform.SYS_SETRESUID,
                                uid,
                                uid,
                                uid));
    }

    /**
     * Gives the program a file mode creation mask: umask(2).
     *
     * @param mask the permission bits that new files do not get
     * @return this
     */
    public Spawn umask(int mask) {
        return change(calls -> calls.attempt(Platform.SYS_UMASK, mask));
    }

    /**
     * Gives the program a limit: prlimit(2). What the kernel refuses is left as it is.
     *
     * @param resource RLIMIT_NOFILE and the like
     * @param soft the soft limit, -1 for none
     * @param hard the hard limit, -1 for none
     * @return this
     */
    public Spawn limit(int resource, long soft, long hard) {
        return change(
                calls ->
                        calls.attempt(
                                Platform.SYS_PRLIMIT64, 0, resource, calls.words(soft, hard), 0));
    }

    /** Whether the program gets a root directory or an identity other than this process's. */
    public boolean changesIdentity() {
        return !changes.isEmpty();
    }

    /**
     * Sets which signals are set to their default, even if this process ignores them.
     *
     * @param signals signal n as bit n-1
     * @return this
     */
    public Spawn defaultSignals(long signals) {
        defaultSignals = signals;
        return this;
    }

    /**
     * Sets which signals are ignored, even if this process handles them; libc's own signals 32 and
     * 33 too, which are set to their default where they are not among these.
     *
     * @param signals signal n as bit n-1
     * @return this
     */
    public Spawn ignoredSignals(long signals) {
        ignoredSignals = signals;
        return this;
    }

    /**
     * Sets which signals the program blocks at its start.
     *
     * @param signals signal n as bit n-1
     * @return this
     */
    public Spawn signalMask(long signals) {
        signalMask = signals;
        return this;
    }

    /**
     * Starts the program. Returns when it is running or has turned out not to.
     *
     * @return the process; the caller waits for it and closes it
     * @throws PosixException if the program cannot be executed or something before that fails; no
     *     process is left then
     */
    public ChildProcess start() {
        // Where the parent ignored SIGCHLD, exit statuses would be lost.
        if (Libc.signalDisposition(Linux.SIGCHLD) == 1) {
            Libc.setSignalDisposition(Linux.SIGCHLD, false);
        }
        try (Arena arena = Arena.ofConfined()) {
            SystemCalls calls = new SystemCalls(arena);
            block(calls, ALL_SIGNALS); // before it can have a user who may send it any
            prepare(calls);
            if (!inheritOthers) {
                closeOthers(calls, 0);
            }
            execute(calls, HANDLED);
            long mask = Libc.signalMask();
            Libc.pthreadSigmask(Linux.SIG_SETMASK, ALL_SIGNALS & ~FAULTS);
            try {
                return ChildProcess.of(calls.inChild());
            } finally {
                Libc.pthreadSigmask(Linux.SIG_SETMASK, mask);
            }
        }
    }

    /**
     * Has the program take the place of this process: returns only by an exception, and what the
     * program would have been given has been given to the calling thread then.
     *
     * @throws PosixException if the program cannot be executed or something before that fails
     */
    public void replace() {
        try (Arena arena = Arena.ofConfined()) {
            SystemCalls calls = new SystemCalls(arena);
            prepare(calls);
            if (!inheritOthers) {
                // They are this process's until then.
                closeOthers(calls, Linux.CLOSE_RANGE_CLOEXEC);
            }
            execute(calls, IGNORED);
            long mask = Libc.signalMask();
            Libc.pthreadSigmask(Linux.SIG_SETMASK, ALL_SIGNALS & ~FAULTS);
            try {
                calls.here();
            } finally {
                Libc.pthreadSigmask(Linux.SIG_SETMASK, mask);
            }
        }
        throw new IllegalStateException("the program runs in place of this one");
    }

    private void prepare(SystemCalls calls) {
        if (newSession) {
            calls.call("setsid()", Platform.SYS_SETSID);
        }
        if (processGroup >= 0) {
            calls.call("setpgid(0, " + processGroup + ")", Platform.SYS_SETPGID, 0, processGroup);
        }
        actions.forEach(action -> action.change.addTo(calls));
        long[] limits = OpenFileLimit.forPrograms();
        if (limits != null) {
            calls.attempt(
                    Platform.SYS_PRLIMIT64,
                    0,
                    Linux.RLIMIT_NOFILE,
                    calls.words(limits[0], limits[1]),
                    0);
        }
        changes.forEach(change -> change.addTo(calls));
    }

    private void execute(SystemCalls calls, int dispositions) {
        addSignals(calls, dispositions);
        calls.call(
                "execve(\"" + path + "\")",
                Platform.SYS_EXECVE,
                calls.string(path),
                calls.vector(arguments),
                calls.vector(environment));
    }

    /** Closes what no file action has made, one by one where the kernel has no close_range(2). */
    private void closeOthers(SystemCalls calls, int flags) {
        BitSet made = new BitSet();
        for (FileAction action : actions) {
            if (action.made >= FIRST_OTHER) {
                made.set(action.made);
            }
        }
        boolean lacking = Libc.closeRange(-1, -1, 0) == -Errno.ENOSYS;
        int first = FIRST_OTHER;
        while (first >= 0) {
            int next = made.nextSetBit(first);
            if (next != first) {
                long last = next < 0 ? 0xffffffffL : next - 1;
                if (lacking) {
                    closeEach(calls, first, last, flags);
                } else {
                    calls.attempt(Platform.SYS_CLOSE_RANGE, first, last, flags);
                }
            }
            first = next < 0 ? -1 : next + 1;
        }
    }

    private static void closeEach(SystemCalls calls, int first, long last, int flags) {
        long[] limits = new long[2];
        Libc.getrlimit(Linux.RLIMIT_NOFILE, limits);
        for (long fd = first; fd <= last && fd < limits[0]; fd++) {
            if (Libc.fcntl((int) fd, Linux.F_GETFD, 0) < 0) {
                continue;
            }
            if (flags == 0) {
                calls.attempt(Platform.SYS_CLOSE, fd);
            } else {
                calls.attempt(Platform.SYS_FCNTL, fd, Linux.F_SETFD, Linux.FD_CLOEXEC);
            }
        }
    }

    /**
     * Sets the dispositions of signals. A child must not run this process's handlers in the memory
     * that it shares; this process itself needs them until the kernel has them reset with
     * execve(2).
     *
     * @param dispositions up to which one a signal is set to its default
     */
    private void addSignals(SystemCalls calls, int dispositions) {
        // struct sigaction of the kernel: handler, flags, restorer, mask
        long byDefault = calls.words(0, 0, 0, 0);
        long ignore = calls.words(1, 0, 0, 0);
        for (int signal = 1; signal <= SIGNALS; signal++) {
            if (signal == Linux.SIGKILL || signal == Linux.SIGSTOP) {
                continue;
            }
            long bit = bit(signal);
            boolean toDefault = (defaultSignals & bit) != 0;
            int disposition = isOfLibc(signal) ? HANDLED : Libc.signalDisposition(signal);
            if ((ignoredSignals & bit) != 0 && !toDefault) {
                setSignal(calls, signal, ignore);
            } else if ((disposition == HANDLED && dispositions == HANDLED)
                    || (disposition == IGNORED && toDefault)) {
                setSignal(calls, signal, byDefault);
            }
        }
        block(calls, signalMask);
    }

    private static void block(SystemCalls calls, long signals) {
        calls.attempt(
                Platform.SYS_RT_SIGPROCMASK,
                Linux.SIG_SETMASK,
                calls.words(signals),
                0,
                SIGNAL_SET_BYTES);
    }

    private static long bit(int signal) {
        return 1L << (signal - 1);
    }

    /** Those that sigaction(2) of libc does not tell about (nptl(7)). */
    private static boolean isOfLibc(int signal) {
        return signal == 32 || signal == 33;
    }

    private static void setSignal(SystemCalls calls, int signal, long action) {
        calls.attempt(Platform.SYS_RT_SIGACTION, signal, action, 0, SIGNAL_SET_BYTES);
    }

    private Spawn act(int made, Change change) {
        actions.add(new FileAction(made, change));
        return this;
    }

    private Spawn change(Change change) {
        changes.add(change);
        return this;
    }

    /** Adds the calls for one thing that the program is given. */
    @FunctionalInterface
    private interface Change {
        void addTo(SystemCalls calls);
    }

    /**
     * One file action.
     *
     * @param made the program's descriptor that it makes, -1 for none
     */
    private record FileAction(int made, Change change) {}
}
