package org.jsocat.spi.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Changes the identity of the calling thread alone, by raw system calls: libc's functions of the
 * same names change all threads of the process. A program that the thread starts with
 * posix_spawn(3) inherits it.
 *
 * <p>To be called on a platform thread made for the purpose, never on a virtual one (whose carrier
 * would be changed) or one that is used again. The thread should call {@link #setApart} first,
 * before chroot(2), chdir(2) or umask(2) too.
 *
 * <p>Source: credentials(7), setresuid(2), unshare(2); nptl(7) on the difference to libc.
 *
 * @since 0.1
 */
public final class ThreadCredentials {

    private static final Symbol SYSCALL = new Symbol("syscall");

    /** Present on threads that were set apart. */
    private static final ThreadLocal<Boolean> APART = new ThreadLocal<>();

    private ThreadCredentials() {}

    /**
     * Sets the calling platform thread apart from the others of the process: it gets a root, a
     * working directory and a umask of its own, and from now on {@link #isSetApart} tells that its
     * identity may be changed.
     *
     * @return 0, or the negated errno, in which case the thread is not set apart
     */
    public static int setApart() {
        int result = unshareFileSystem();
        if (result == 0) {
            APART.set(true);
        }
        return result;
    }

    /**
     * Whether the calling thread was set apart.
     *
     * @return whether changes are to concern this thread alone
     */
    public static boolean isSetApart() {
        return APART.get() != null;
    }

    /**
     * Sets the user: setresuid(2).
     *
     * @param real the real user, -1 to leave it
     * @param effective the effective user, -1 to leave it
     * @param saved the saved user, -1 to leave it
     * @return 0, or the negated errno
     */
    public static int setresuid(int real, int effective, int saved) {
        return SYSCALL.callInt(
                CallState.current(), Platform.SYS_SETRESUID, real, effective, saved, 0, 0);
    }

    /**
     * Sets the group: setresgid(2).
     *
     * @param real the real group, -1 to leave it
     * @param effective the effective group, -1 to leave it
     * @param saved the saved group, -1 to leave it
     * @return 0, or the negated errno
     */
    public static int setresgid(int real, int effective, int saved) {
        return SYSCALL.callInt(
                CallState.current(), Platform.SYS_SETRESGID, real, effective, saved, 0, 0);
    }

    /**
     * Sets the supplementary groups: setgroups(2).
     *
     * @param groups the groups
     * @return 0, or the negated errno
     */
    public static int setgroups(int[] groups) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocateFrom(JAVA_INT, groups);
            return SYSCALL.callInt(
                    CallState.current(), Platform.SYS_SETGROUPS, groups.length, memory.address());
        }
    }

    /**
     * Gives the thread a root, a working directory and a umask of its own: unshare(2) with
     * CLONE_FS.
     *
     * @return 0, or the negated errno
     */
    public static int unshareFileSystem() {
        return Libc.unshare(Linux.CLONE_FS);
    }
}
