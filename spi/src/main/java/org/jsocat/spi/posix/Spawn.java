package org.jsocat.spi.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Starts a program: posix_spawn(3) with its file actions and attributes.
 *
 * <p>The program has the identity, root and working directory of the thread that calls {@link
 * #start} (see {@link ThreadCredentials}). It has the descriptors 0 to 2 and those that a file
 * action made; all others are closed, because the JDK opens files without close-on-exec. It blocks
 * no signals unless {@link #signalMask} says so: the JVM's threads block some. Signals that the JVM
 * handles are set to their default by the kernel; ignored ones stay ignored unless {@link
 * #defaultSignals} names them.
 *
 * <p>Note that the JVM raises its soft limit of open files to the hard one at its start, unless it
 * is run with {@code -XX:-MaxFDLimit}; programs inherit that.
 *
 * <p>Not thread-safe. It may be started several times; each gives a process of its own.
 *
 * @since 0.1
 */
public final class Spawn {

    private static final Symbol POSIX_SPAWN = new Symbol("posix_spawn");
    private static final Symbol ACTIONS_INIT = new Symbol("posix_spawn_file_actions_init");
    private static final Symbol ACTIONS_DESTROY = new Symbol("posix_spawn_file_actions_destroy");
    private static final Symbol ADD_DUP2 = new Symbol("posix_spawn_file_actions_adddup2");
    private static final Symbol ADD_OPEN = new Symbol("posix_spawn_file_actions_addopen");
    private static final Symbol ADD_CLOSE = new Symbol("posix_spawn_file_actions_addclose");
    private static final Symbol ADD_CLOSEFROM =
            new Symbol("posix_spawn_file_actions_addclosefrom_np");
    private static final Symbol ADD_CHDIR = new Symbol("posix_spawn_file_actions_addchdir_np");
    private static final Symbol ADD_FCHDIR = new Symbol("posix_spawn_file_actions_addfchdir_np");
    private static final Symbol ATTRIBUTES_INIT = new Symbol("posix_spawnattr_init");
    private static final Symbol ATTRIBUTES_DESTROY = new Symbol("posix_spawnattr_destroy");
    private static final Symbol SET_FLAGS = new Symbol("posix_spawnattr_setflags");
    private static final Symbol SET_PGROUP = new Symbol("posix_spawnattr_setpgroup");
    private static final Symbol SET_SIGDEFAULT = new Symbol("posix_spawnattr_setsigdefault");
    private static final Symbol SET_SIGMASK = new Symbol("posix_spawnattr_setsigmask");

    // Sizes of glibc's opaque structs, on both platforms.
    private static final int ACTIONS_BYTES = 80;
    private static final int ATTRIBUTES_BYTES = 336;
    private static final int SIGSET_BYTES = 128;

    private static final int FIRST_OTHER = 3;

    private final String path;
    private final List<FileAction> actions = new ArrayList<>();
    private List<String> arguments;
    private List<String> environment = List.of();
    private int flags = Linux.POSIX_SPAWN_SETSIGMASK;
    private boolean inheritOthers;
    private int processGroup;
    private long signalMask;
    private long defaultSignals;

    /**
     * Prepares a program without arguments and with an empty environment.
     *
     * @param path the program's file; it is not searched for
     */
    public Spawn(String path) {
        this.path = path;
        arguments = List.of(path);
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
        actions.add(new FileAction(ADD_DUP2, "", from, to, 0));
        return this;
    }

    /**
     * Adds a file action: open(2). In a new session a terminal that is opened without O_NOCTTY
     * becomes the controlling one.
     *
     * @param fd the program's descriptor
     * @param path the path
     * @param flags the flags
     * @param mode the permission bits of a new file
     * @return this
     */
    public Spawn open(int fd, String path, int flags, int mode) {
        actions.add(new FileAction(ADD_OPEN, path, fd, flags, mode));
        return this;
    }

    /**
     * Adds a file action: close(2).
     *
     * @param fd the descriptor
     * @return this
     */
    public Spawn close(int fd) {
        actions.add(new FileAction(ADD_CLOSE, "", fd, 0, 0));
        return this;
    }

    /**
     * Adds a file action: closefrom(3).
     *
     * @param fd this descriptor and all higher ones are closed
     * @return this
     */
    public Spawn closeFrom(int fd) {
        actions.add(new FileAction(ADD_CLOSEFROM, "", fd, 0, 0));
        return this;
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
     * Adds a file action: chdir(2). Later actions and the program's own path are taken from there.
     *
     * @param path the directory
     * @return this
     */
    public Spawn changeDirectory(String path) {
        actions.add(new FileAction(ADD_CHDIR, path, 0, 0, 0));
        return this;
    }

    /**
     * Adds a file action: fchdir(2).
     *
     * @param fd an open directory
     * @return this
     */
    public Spawn changeDirectory(int fd) {
        actions.add(new FileAction(ADD_FCHDIR, "", fd, 0, 0));
        return this;
    }

    /**
     * Starts the program in a new session: setsid(2), before the file actions.
     *
     * @return this
     */
    public Spawn newSession() {
        flags |= Linux.POSIX_SPAWN_SETSID;
        return this;
    }

    /**
     * Starts the program in another process group: setpgid(2).
     *
     * @param group the group, 0 for a new one
     * @return this
     */
    public Spawn processGroup(int group) {
        flags |= Linux.POSIX_SPAWN_SETPGROUP;
        processGroup = group;
        return this;
    }

    /**
     * Sets which signals are set to their default, even if this process ignores them.
     *
     * @param signals signal n as bit n-1
     * @return this
     */
    public Spawn defaultSignals(long signals) {
        flags |= Linux.POSIX_SPAWN_SETSIGDEF;
        defaultSignals = signals;
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
     * @throws PosixException if the program cannot be executed or a file action fails; no process
     *     is left then
     */
    public ChildProcess start() {
        CallState state = CallState.current();
        // Where the parent ignored SIGCHLD, exit statuses would be lost.
        if (Libc.signalDisposition(Linux.SIGCHLD) == 1) {
            Libc.setSignalDisposition(Linux.SIGCHLD, false);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fileActions = arena.allocate(ACTIONS_BYTES, 16);
            MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, 16);
            check(ACTIONS_INIT.callError(state, fileActions.address(), 0, 0, 0, 0, 0), "init");
            try {
                check(
                        ATTRIBUTES_INIT.callError(state, attributes.address(), 0, 0, 0, 0, 0),
                        "init");
                try {
                    for (FileAction action : actions) {
                        action.addTo(state, fileActions.address());
                    }
                    if (!inheritOthers) {
                        closeOthers(state, fileActions.address());
                    }
                    setAttributes(state, arena, attributes.address());
                    return spawn(state, arena, fileActions.address(), attributes.address());
                } finally {
                    ATTRIBUTES_DESTROY.callError(state, attributes.address(), 0, 0, 0, 0, 0);
                }
            } finally {
                ACTIONS_DESTROY.callError(state, fileActions.address(), 0, 0, 0, 0, 0);
            }
        }
    }

    /** Closes what no file action has made. */
    private void closeOthers(CallState state, long fileActions) {
        int next = FIRST_OTHER;
        BitSet made = new BitSet();
        for (FileAction action : actions) {
            int fd = action.made();
            if (fd >= FIRST_OTHER) {
                made.set(fd);
                next = Math.max(next, fd + 1);
            }
        }
        int result = ADD_CLOSEFROM.callError(state, fileActions, next, 0, 0, 0, 0);
        if (result == -Errno.ENOSYS) {
            // glibc before 2.34: what is marked here, the program does not get.
            Libc.closeRange(FIRST_OTHER, -1, Linux.CLOSE_RANGE_CLOEXEC);
            return;
        }
        check(result, "closefrom");
        for (int fd = FIRST_OTHER; fd < next; fd++) {
            if (!made.get(fd)) {
                check(ADD_CLOSE.callError(state, fileActions, fd, 0, 0, 0, 0), "close");
            }
        }
    }

    private ChildProcess spawn(CallState state, Arena arena, long fileActions, long attributes) {
        MemorySegment pid = arena.allocate(JAVA_INT);
        int result =
                POSIX_SPAWN.callError(
                        state,
                        pid.address(),
                        NativeStrings.cString(arena, path).address(),
                        fileActions,
                        attributes,
                        NativeStrings.vector(arena, arguments).address(),
                        NativeStrings.vector(arena, environment).address());
        if (result < 0) {
            throw new PosixException(-result, "posix_spawn(\"" + path + "\")");
        }
        return ChildProcess.of(pid.get(JAVA_INT, 0));
    }

    private void setAttributes(CallState state, Arena arena, long attributes) {
        check(SET_FLAGS.callError(state, attributes, flags, 0, 0, 0, 0), "setflags");
        check(SET_PGROUP.callError(state, attributes, processGroup, 0, 0, 0, 0), "setpgroup");
        MemorySegment signals = arena.allocate(SIGSET_BYTES, 8);
        signals.set(JAVA_LONG, 0, signalMask);
        check(
                SET_SIGMASK.callError(state, attributes, signals.address(), 0, 0, 0, 0),
                "setsigmask");
        signals.set(JAVA_LONG, 0, defaultSignals);
        check(
                SET_SIGDEFAULT.callError(state, attributes, signals.address(), 0, 0, 0, 0),
                "setsigdefault");
    }

    private static void check(int result, String what) {
        if (result < 0) {
            throw new PosixException(-result, "posix_spawn: " + what);
        }
    }

    /** One file action; the path is used by those that have one. */
    private record FileAction(Symbol function, String path, int fd, int second, int third) {

        /** The program's descriptor that it makes, -1 for none. */
        int made() {
            return function == ADD_DUP2 ? second : function == ADD_OPEN ? fd : -1;
        }

        void addTo(CallState state, long actions) {
            int result;
            if (function == ADD_OPEN) {
                result =
                        function.callError(
                                state, actions, fd, state.cString(0, path), second, third, 0);
            } else if (function == ADD_CHDIR) {
                result = function.callError(state, actions, state.cString(0, path), 0, 0, 0, 0);
            } else {
                result = function.callError(state, actions, fd, second, 0, 0, 0);
            }
            check(result, "file action");
        }
    }
}
