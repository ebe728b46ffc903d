package org.jsocat.spi.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Objects;

/**
 * The system calls and functions of libc that jsocat uses, each under its C name (in Java's
 * spelling where that has underscores) and with C's arguments.
 *
 * <p><b>Results and errors.</b> A method returns what the C function returns; where that would be
 * -1, it returns the negated error number instead ({@code -Errno.EAGAIN}). Nothing here throws for
 * a failed call or retries one: EINTR is returned like any other error. {@link
 * PosixException#check} turns a result into an exception.
 *
 * <p><b>Close-on-exec.</b> Every call that makes a descriptor sets close-on-exec, except {@link
 * #dup2}: nothing leaks into programs that other threads start meanwhile.
 *
 * <p><b>Threads.</b> All methods are thread-safe. A call that blocks holds its platform thread, on
 * a virtual thread the carrier: see {@link Readiness} for waiting. Memory that is passed must be
 * off the heap and must not be freed during the call.
 *
 * <p>Paths and names are encoded by {@link NativeStrings} and end at their first NUL character, if
 * any.
 *
 * <p>Source: sections 2 and 3 of the Linux manual pages.
 *
 * @since 0.1
 */
public final class Libc {

    private static final Symbol OPEN = new Symbol("open");
    private static final Symbol CLOSE = new Symbol("close");
    private static final Symbol READ = new Symbol("read");
    private static final Symbol WRITE = new Symbol("write");
    private static final Symbol READV = new Symbol("readv");
    private static final Symbol WRITEV = new Symbol("writev");
    private static final Symbol PREAD = new Symbol("pread");
    private static final Symbol LSEEK = new Symbol("lseek");
    private static final Symbol FTRUNCATE = new Symbol("ftruncate");
    private static final Symbol FSYNC = new Symbol("fsync");
    private static final Symbol ACCESS = new Symbol("access");
    private static final Symbol UNLINK = new Symbol("unlink");
    private static final Symbol RMDIR = new Symbol("rmdir");
    private static final Symbol MKDIR = new Symbol("mkdir");
    private static final Symbol MKFIFO = new Symbol("mkfifo");
    private static final Symbol SYSCALL = new Symbol("syscall");
    private static final Symbol SYMLINK = new Symbol("symlink");
    private static final Symbol LINK = new Symbol("link");
    private static final Symbol READLINK = new Symbol("readlink");
    private static final Symbol RENAME = new Symbol("rename");
    private static final Symbol CHMOD = new Symbol("chmod");
    private static final Symbol FCHMOD = new Symbol("fchmod");
    private static final Symbol CHOWN = new Symbol("chown");
    private static final Symbol LCHOWN = new Symbol("lchown");
    private static final Symbol FCHOWN = new Symbol("fchown");
    private static final Symbol UMASK = new Symbol("umask");
    private static final Symbol CHDIR = new Symbol("chdir");
    private static final Symbol FCHDIR = new Symbol("fchdir");
    private static final Symbol CHROOT = new Symbol("chroot");
    private static final Symbol GETCWD = new Symbol("getcwd");
    private static final Symbol STATX = new Symbol("statx");
    private static final Symbol DUP2 = new Symbol("dup2");
    private static final Symbol DUP3 = new Symbol("dup3");
    private static final Symbol PIPE2 = new Symbol("pipe2");
    private static final Symbol FCNTL = new Symbol("fcntl");
    private static final Symbol FLOCK = new Symbol("flock");
    private static final Symbol IOCTL = new Symbol("ioctl");
    private static final Symbol SPLICE = new Symbol("splice");
    private static final Symbol TEE = new Symbol("tee");
    private static final Symbol POLL = new Symbol("poll");
    private static final Symbol PPOLL = new Symbol("ppoll");
    private static final Symbol EPOLL_CREATE1 = new Symbol("epoll_create1");
    private static final Symbol EPOLL_CTL = new Symbol("epoll_ctl");
    private static final Symbol EPOLL_WAIT = new Symbol("epoll_wait");
    private static final Symbol EVENTFD = new Symbol("eventfd");
    private static final Symbol SOCKET = new Symbol("socket");
    private static final Symbol SOCKETPAIR = new Symbol("socketpair");
    private static final Symbol BIND = new Symbol("bind");
    private static final Symbol CONNECT = new Symbol("connect");
    private static final Symbol ACCEPT4 = new Symbol("accept4");
    private static final Symbol GETSOCKNAME = new Symbol("getsockname");
    private static final Symbol GETPEERNAME = new Symbol("getpeername");
    private static final Symbol GETSOCKOPT = new Symbol("getsockopt");
    private static final Symbol SETSOCKOPT = new Symbol("setsockopt");
    private static final Symbol SEND = new Symbol("send");
    private static final Symbol RECV = new Symbol("recv");
    private static final Symbol SENDTO = new Symbol("sendto");
    private static final Symbol RECVFROM = new Symbol("recvfrom");
    private static final Symbol SENDMSG = new Symbol("sendmsg");
    private static final Symbol RECVMSG = new Symbol("recvmsg");
    private static final Symbol LISTEN = new Symbol("listen");
    private static final Symbol SHUTDOWN = new Symbol("shutdown");
    private static final Symbol IF_INDEXTONAME = new Symbol("if_indextoname");
    private static final Symbol IF_NAMETOINDEX = new Symbol("if_nametoindex");
    private static final Symbol EXIT = new Symbol("_exit");
    private static final Symbol GETPID = new Symbol("getpid");
    private static final Symbol GETPPID = new Symbol("getppid");
    private static final Symbol GETUID = new Symbol("getuid");
    private static final Symbol GETEUID = new Symbol("geteuid");
    private static final Symbol GETGID = new Symbol("getgid");
    private static final Symbol GETEGID = new Symbol("getegid");
    private static final Symbol GETGROUPS = new Symbol("getgroups");
    private static final Symbol SETGROUPS = new Symbol("setgroups");
    private static final Symbol SETUID = new Symbol("setuid");
    private static final Symbol SETEUID = new Symbol("seteuid");
    private static final Symbol SETGID = new Symbol("setgid");
    private static final Symbol SETEGID = new Symbol("setegid");
    private static final Symbol UNSHARE = new Symbol("unshare");
    private static final Symbol SETNS = new Symbol("setns");
    private static final Symbol SETSID = new Symbol("setsid");
    private static final Symbol GETSID = new Symbol("getsid");
    private static final Symbol SETPGID = new Symbol("setpgid");
    private static final Symbol GETPGID = new Symbol("getpgid");
    private static final Symbol TCGETPGRP = new Symbol("tcgetpgrp");
    private static final Symbol TCSETPGRP = new Symbol("tcsetpgrp");
    private static final Symbol KILL = new Symbol("kill");
    private static final Symbol WAITPID = new Symbol("waitpid");
    private static final Symbol EXECVE = new Symbol("execve");
    private static final Symbol GETRLIMIT = new Symbol("getrlimit");
    private static final Symbol SETRLIMIT = new Symbol("setrlimit");
    private static final Symbol PTHREAD_SIGMASK = new Symbol("pthread_sigmask");
    private static final Symbol SIGACTION = new Symbol("sigaction");
    private static final Symbol GETHOSTNAME = new Symbol("gethostname");
    private static final Symbol UNAME = new Symbol("uname");
    private static final Symbol SYSCONF = new Symbol("sysconf");
    private static final Symbol ISATTY = new Symbol("isatty");

    /** The flags of open(2) with which it does not wait for somebody. */
    private static final int OPENS_AT_ONCE = Linux.O_NONBLOCK | Linux.O_PATH;

    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int UTSNAME_FIELD_BYTES = 65;
    private static final int SIGACTION_BYTES = 152;

    private Libc() {}

    // Files

    /**
     * open(2), with O_CLOEXEC added.
     *
     * @param path the path
     * @param flags the flags, see the manual page
     * @param mode the permission bits, which umask reduces
     * @return the new descriptor, or the negated errno
     */
    public static int open(String path, int flags, int mode) {
        if ((flags & OPENS_AT_ONCE) != 0 || !Thread.currentThread().isVirtual()) {
            return openHere(path, flags, mode);
        }
        return BlockingCalls.make(
                () -> openHere(path, flags, mode),
                -Errno.EINTR,
                late -> {
                    if (late >= 0) {
                        close(late);
                    }
                });
    }

    private static int openHere(String path, int flags, int mode) {
        CallState state = CallState.current();
        return OPEN.callInt(state, state.cString(0, path), flags | Linux.O_CLOEXEC, mode);
    }

    /**
     * close(2). After EINTR the descriptor is closed, too.
     *
     * @param fd the descriptor
     * @return 0, or the negated errno
     */
    public static int close(int fd) {
        return CLOSE.callInt(CallState.current(), fd, 0, 0);
    }

    /**
     * read(2) into native memory. Blocks the calling thread where the descriptor is a blocking one.
     *
     * @param fd the descriptor
     * @param memory memory off the heap, which no thread frees meanwhile
     * @param offset where in the memory to begin, bytes
     * @param length how many bytes at most
     * @return the number of bytes, 0 at the end, or the negated errno
     */
    public static long read(int fd, MemorySegment memory, long offset, long length) {
        long address = Symbol.address(memory, offset, length);
        long result = READ.callLong(CallState.current(), fd, address, length);
        Reference.reachabilityFence(memory);
        return result;
    }

    /**
     * write(2) from native memory. Blocks the calling thread where the descriptor is a blocking
     * one.
     *
     * @param fd the descriptor
     * @param memory memory off the heap, which no thread frees meanwhile
     * @param offset where in the memory to begin, bytes
     * @param length how many bytes
     * @return the number of bytes written, which may be fewer, or the negated errno
     */
    public static long write(int fd, MemorySegment memory, long offset, long length) {
        long address = Symbol.address(memory, offset, length);
        long result = WRITE.callLong(CallState.current(), fd, address, length);
        Reference.reachabilityFence(memory);
        return result;
    }

    /** read(2) into memory whose address is known. */
    static long readRaw(CallState state, int fd, long address, long length) {
        return READ.callLong(state, fd, address, length);
    }

    /** write(2) from memory whose address is known. */
    static long writeRaw(CallState state, int fd, long address, long length) {
        return WRITE.callLong(state, fd, address, length);
    }

    /** poll(2) of an array whose address is known. */
    static int pollRaw(long fds, int count, int timeout) {
        return POLL.callInt(CallState.current(), fds, count, timeout);
    }

    /** ppoll(2) with a timeout in the state's struct area. */
    static int ppollRaw(CallState state, long fds, int count) {
        return PPOLL.callInt(state, fds, count, state.structAddress, 0, 0, 0);
    }

    /**
     * read(2) into an array, by way of native memory.
     *
     * @param fd the descriptor
     * @param bytes the array
     * @param offset where in the array to begin
     * @param length how many bytes at most
     * @return the number of bytes, 0 at the end, or the negated errno
     */
    public static long read(int fd, byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        CallState state = CallState.current();
        if (length <= CallState.STRUCT_BYTES) {
            long n = READ.callLong(state, fd, state.structAddress, length);
            if (n > 0) {
                state.struct.get(0, bytes, offset, (int) n);
            }
            return n;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(length);
            long n = READ.callLong(state, fd, memory.address(), length);
            if (n > 0) {
                MemorySegment.copy(memory, JAVA_BYTE, 0, bytes, offset, (int) n);
            }
            return n;
        }
    }

    /**
     * write(2) from an array, by way of native memory.
     *
     * @param fd the descriptor
     * @param bytes the array
     * @param offset where in the array to begin
     * @param length how many bytes
     * @return the number of bytes written, which may be fewer, or the negated errno
     */
    public static long write(int fd, byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        CallState state = CallState.current();
        if (length <= CallState.STRUCT_BYTES) {
            state.struct.put(0, bytes, offset, length);
            return WRITE.callLong(state, fd, state.structAddress, length);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(length);
            MemorySegment.copy(bytes, offset, memory, JAVA_BYTE, 0, length);
            return WRITE.callLong(state, fd, memory.address(), length);
        }
    }

    /**
     * readv(2).
     *
     * @param fd the descriptor
     * @param vector an array of struct iovec, off the heap
     * @param count how many elements it has
     * @return the number of bytes, 0 at the end, or the negated errno
     */
    public static long readv(int fd, MemorySegment vector, int count) {
        long result = READV.callLong(CallState.current(), fd, vector.address(), count);
        Reference.reachabilityFence(vector);
        return result;
    }

    /**
     * writev(2).
     *
     * @param fd the descriptor
     * @param vector an array of struct iovec, off the heap
     * @param count how many elements it has
     * @return the number of bytes written, or the negated errno
     */
    public static long writev(int fd, MemorySegment vector, int count) {
        long result = WRITEV.callLong(CallState.current(), fd, vector.address(), count);
        Reference.reachabilityFence(vector);
        return result;
    }

    /**
     * pread(2).
     *
     * @param fd the descriptor
     * @param memory memory off the heap
     * @param offset where in the memory to begin, bytes
     * @param length how many bytes at most
     * @param position where in the file to begin, bytes
     * @return the number of bytes, 0 at the end, or the negated errno
     */
    public static long pread(
            int fd, MemorySegment memory, long offset, long length, long position) {
        long address = Symbol.address(memory, offset, length);
        long result = PREAD.callLong(CallState.current(), fd, address, length, position, 0, 0);
        Reference.reachabilityFence(memory);
        return result;
    }

    /**
     * lseek(2).
     *
     * @param fd the descriptor
     * @param offset bytes
     * @param whence SEEK_SET, SEEK_CUR or SEEK_END
     * @return the position from the beginning of the file, bytes, or the negated errno
     */
    public static long lseek(int fd, long offset, int whence) {
        return LSEEK.callLong(CallState.current(), fd, offset, whence);
    }

    /**
     * ftruncate(2).
     *
     * @param fd the descriptor
     * @param length the new size, bytes
     * @return 0, or the negated errno
     */
    public static int ftruncate(int fd, long length) {
        return FTRUNCATE.callInt(CallState.current(), fd, length, 0);
    }

    /**
     * fsync(2).
     *
     * @param fd the descriptor
     * @return 0, or the negated errno
     */
    public static int fsync(int fd) {
        return FSYNC.callInt(CallState.current(), fd, 0, 0);
    }

    /**
     * access(2), with the real user and group.
     *
     * @param path the path
     * @param mode F_OK or a mask of R_OK, W_OK, X_OK
     * @return 0, or the negated errno
     */
    public static int access(String path, int mode) {
        CallState state = CallState.current();
        return ACCESS.callInt(state, state.cString(0, path), mode, 0);
    }

    /**
     * unlink(2).
     *
     * @param path the path
     * @return 0, or the negated errno
     */
    public static int unlink(String path) {
        CallState state = CallState.current();
        return UNLINK.callInt(state, state.cString(0, path), 0, 0);
    }

    /**
     * rmdir(2).
     *
     * @param path the path
     * @return 0, or the negated errno
     */
    public static int rmdir(String path) {
        CallState state = CallState.current();
        return RMDIR.callInt(state, state.cString(0, path), 0, 0);
    }

    /**
     * mkdir(2).
     *
     * @param path the path
     * @param mode the permission bits, which umask reduces
     * @return 0, or the negated errno
     */
    public static int mkdir(String path, int mode) {
        CallState state = CallState.current();
        return MKDIR.callInt(state, state.cString(0, path), mode, 0);
    }

    /**
     * mkfifo(3).
     *
     * @param path the path
     * @param mode the permission bits, which umask reduces
     * @return 0, or the negated errno
     */
    public static int mkfifo(String path, int mode) {
        CallState state = CallState.current();
        return MKFIFO.callInt(state, state.cString(0, path), mode, 0);
    }

    /**
     * mknod(2).
     *
     * @param path the path
     * @param mode the file type and the permission bits
     * @param device the device number, see {@link FileStatus#device(int, int)}
     * @return 0, or the negated errno
     */
    public static int mknod(String path, int mode, long device) {
        CallState state = CallState.current();
        return SYSCALL.callInt(
                state,
                Platform.SYS_MKNODAT,
                Linux.AT_FDCWD,
                state.cString(0, path),
                mode,
                device,
                0);
    }

    /**
     * symlink(2).
     *
     * @param target what the link names
     * @param path the link to make
     * @return 0, or the negated errno
     */
    public static int symlink(String target, String path) {
        CallState state = CallState.current();
        return SYMLINK.callInt(state, state.cString(0, target), state.cString(1, path), 0);
    }

    /**
     * link(2).
     *
     * @param existing the existing file
     * @param path the name to make
     * @return 0, or the negated errno
     */
    public static int link(String existing, String path) {
        CallState state = CallState.current();
        return LINK.callInt(state, state.cString(0, existing), state.cString(1, path), 0);
    }

    /**
     * readlink(2) into an array.
     *
     * @param path the link
     * @param bytes where to put the bytes of its target, which has no terminating NUL
     * @return how many bytes there are; exactly the array's length may mean that it was too small;
     *     or the negated errno
     */
    public static int readlink(String path, byte[] bytes) {
        CallState state = CallState.current();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(Math.max(1, bytes.length));
            int n =
                    (int)
                            READLINK.callLong(
                                    state, state.cString(0, path), memory.address(), bytes.length);
            if (n > 0) {
                MemorySegment.copy(memory, JAVA_BYTE, 0, bytes, 0, n);
            }
            return n;
        }
    }

    /**
     * rename(2).
     *
     * @param from the old path
     * @param to the new path
     * @return 0, or the negated errno
     */
    public static int rename(String from, String to) {
        CallState state = CallState.current();
        return RENAME.callInt(state, state.cString(0, from), state.cString(1, to), 0);
    }

    /**
     * chmod(2).
     *
     * @param path the path
     * @param mode the permission bits
     * @return 0, or the negated errno
     */
    public static int chmod(String path, int mode) {
        CallState state = CallState.current();
        return CHMOD.callInt(state, state.cString(0, path), mode, 0);
    }

    /**
     * fchmod(2).
     *
     * @param fd the descriptor
     * @param mode the permission bits
     * @return 0, or the negated errno
     */
    public static int fchmod(int fd, int mode) {
        return FCHMOD.callInt(CallState.current(), fd, mode, 0);
    }

    /**
     * chown(2).
     *
     * @param path the path
     * @param uid the user, or -1 to leave it
     * @param gid the group, or -1 to leave it
     * @return 0, or the negated errno
     */
    public static int chown(String path, int uid, int gid) {
        CallState state = CallState.current();
        return CHOWN.callInt(state, state.cString(0, path), uid, gid);
    }

    /**
     * lchown(2).
     *
     * @param path the path
     * @param uid the user, or -1 to leave it
     * @param gid the group, or -1 to leave it
     * @return 0, or the negated errno
     */
    public static int lchown(String path, int uid, int gid) {
        CallState state = CallState.current();
        return LCHOWN.callInt(state, state.cString(0, path), uid, gid);
    }

    /**
     * fchown(2).
     *
     * @param fd the descriptor
     * @param uid the user, or -1 to leave it
     * @param gid the group, or -1 to leave it
     * @return 0, or the negated errno
     */
    public static int fchown(int fd, int uid, int gid) {
        return FCHOWN.callInt(CallState.current(), fd, uid, gid);
    }

    /**
     * umask(2); acts on the whole process unless the thread has unshared CLONE_FS.
     *
     * @param mask the permission bits to take away
     * @return the former mask
     */
    public static int umask(int mask) {
        return UMASK.callInt(CallState.current(), mask, 0, 0);
    }

    /**
     * chdir(2). Acts on the whole process unless the thread has unshared CLONE_FS; the JVM does not
     * notice it.
     *
     * @param path the path
     * @return 0, or the negated errno
     */
    public static int chdir(String path) {
        CallState state = CallState.current();
        return CHDIR.callInt(state, state.cString(0, path), 0, 0);
    }

    /**
     * fchdir(2). Acts on the whole process unless the thread has unshared CLONE_FS; the JVM does
     * not notice it.
     *
     * @param fd the descriptor
     * @return 0, or the negated errno
     */
    public static int fchdir(int fd) {
        return FCHDIR.callInt(CallState.current(), fd, 0, 0);
    }

    /**
     * chroot(2). Acts on the whole process unless the thread has unshared CLONE_FS; the JVM does
     * not notice it.
     *
     * @param path the path
     * @return 0, or the negated errno
     */
    public static int chroot(String path) {
        CallState state = CallState.current();
        return CHROOT.callInt(state, state.cString(0, path), 0, 0);
    }

    /**
     * getcwd(3).
     *
     * @param bytes where to put the bytes of the path, which get no terminating NUL
     * @return how many bytes there are, or the negated errno; ERANGE if the array is too small
     */
    public static int getcwd(byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(bytes.length + 1L);
            CallState state = CallState.current();
            if (GETCWD.pointer(state, memory.address(), bytes.length + 1L, 0) == 0) {
                return -state.errno();
            }
            int n = 0;
            while (memory.get(JAVA_BYTE, n) != 0) {
                n++;
            }
            MemorySegment.copy(memory, JAVA_BYTE, 0, bytes, 0, n);
            return n;
        }
    }

    /**
     * statx(2) with its basic fields, which has the same layout on all platforms. Used by {@link
     * FileStatus}.
     *
     * @return 0, or the negated errno; the struct is in the calling thread's scratch memory
     */
    static int statx(CallState state, int directory, String path, int flags) {
        return STATX.callInt(
                state,
                directory,
                state.cString(0, path),
                flags,
                STATX_BASIC_STATS,
                state.structAddress,
                0);
    }

    // Descriptors

    /**
     * A new descriptor for the same open file, as dup(2) makes it but with close-on-exec set.
     *
     * @param fd the descriptor
     * @return the new descriptor, or the negated errno
     */
    public static int dup(int fd) {
        return fcntl(fd, Linux.F_DUPFD_CLOEXEC, 0);
    }

    /**
     * dup2(2). The target has close-on-exec cleared, as this is how descriptors for a program are
     * placed.
     *
     * @param fd the descriptor
     * @param target the number that the new descriptor is to have
     * @return the new descriptor, or the negated errno
     */
    public static int dup2(int fd, int target) {
        return DUP2.callInt(CallState.current(), fd, target, 0);
    }

    /**
     * dup3(2).
     *
     * @param fd the descriptor
     * @param target the number that the new descriptor is to have
     * @param flags 0 or O_CLOEXEC
     * @return the new descriptor, or the negated errno
     */
    public static int dup3(int fd, int target, int flags) {
        return DUP3.callInt(CallState.current(), fd, target, flags);
    }

    /**
     * pipe2(2), with O_CLOEXEC added.
     *
     * @param fds where to put the reading and the writing descriptor
     * @param flags 0 or a mask of O_NONBLOCK, O_DIRECT
     * @return 0, or the negated errno
     */
    public static int pipe2(int[] fds, int flags) {
        CallState state = CallState.current();
        int result = PIPE2.callInt(state, state.structAddress, flags | Linux.O_CLOEXEC, 0);
        if (result == 0) {
            fds[0] = state.struct.getInt(0);
            fds[1] = state.struct.getInt(4);
        }
        return result;
    }

    /**
     * fcntl(2) with an integer argument.
     *
     * @param fd the descriptor
     * @param command F_GETFL and the like
     * @param argument its argument, 0 if it has none
     * @return what the command returns, or the negated errno
     */
    public static int fcntl(int fd, int command, int argument) {
        return FCNTL.callInt(CallState.current(), fd, command, argument);
    }

    /**
     * fcntl(2) with a pointer argument.
     *
     * @param fd the descriptor
     * @param command F_SETLK and the like
     * @param argument the struct, off the heap
     * @return what the command returns, or the negated errno
     */
    public static int fcntl(int fd, int command, MemorySegment argument) {
        int result = FCNTL.callInt(CallState.current(), fd, command, argument.address());
        Reference.reachabilityFence(argument);
        return result;
    }

    /**
     * Sets or clears a record lock: fcntl(2) with a struct flock.
     *
     * @param fd the descriptor
     * @param command F_SETLK, which fails with EAGAIN or EACCES where another process holds the
     *     lock, or F_SETLKW, which blocks the calling thread until it has the lock
     * @param type F_RDLCK, F_WRLCK or F_UNLCK
     * @param whence SEEK_SET, SEEK_CUR or SEEK_END
     * @param start where the record begins, bytes
     * @param length its length, bytes; 0 for all that follows
     * @return 0, or the negated errno
     */
    public static int lock(int fd, int command, int type, int whence, long start, long length) {
        boolean waits = command == Linux.F_SETLKW || command == Linux.F_OFD_SETLKW;
        return waits && Thread.currentThread().isVirtual()
                ? BlockingCalls.make(
                        () -> lockHere(fd, command, type, whence, start, length),
                        -Errno.EINTR,
                        late -> {})
                : lockHere(fd, command, type, whence, start, length);
    }

    private static int lockHere(
            int fd, int command, int type, int whence, long start, long length) {
        CallState state = CallState.current();
        state.struct.putLong(0, 0);
        state.struct.putShort(0, (short) type);
        state.struct.putShort(2, (short) whence);
        state.struct.putLong(8, start);
        state.struct.putLong(16, length);
        state.struct.putLong(24, 0);
        return FCNTL.callInt(state, fd, command, state.structAddress);
    }

    /**
     * flock(2).
     *
     * @param fd the descriptor
     * @param operation LOCK_SH, LOCK_EX or LOCK_UN, with LOCK_NB
     * @return 0, or the negated errno
     */
    public static int flock(int fd, int operation) {
        boolean waits = (operation & (Linux.LOCK_NB | Linux.LOCK_UN)) == 0;
        return waits && Thread.currentThread().isVirtual()
                ? BlockingCalls.make(() -> flockHere(fd, operation), -Errno.EINTR, late -> {})
                : flockHere(fd, operation);
    }

    private static int flockHere(int fd, int operation) {
        return FLOCK.callInt(CallState.current(), fd, operation, 0);
    }

    /**
     * ioctl(2) with an integer argument or none.
     *
     * @param fd the descriptor
     * @param request the request's number
     * @param argument its argument, 0 if it has none
     * @return what the request returns, or the negated errno
     */
    public static int ioctl(int fd, int request, long argument) {
        return IOCTL.callInt(CallState.current(), fd, request, argument);
    }

    /**
     * ioctl(2) with a pointer argument.
     *
     * @param fd the descriptor
     * @param request the request's number
     * @param argument what it points to, off the heap
     * @return what the request returns, or the negated errno
     */
    public static int ioctl(int fd, int request, MemorySegment argument) {
        int result = IOCTL.callInt(CallState.current(), fd, request, argument.address());
        Reference.reachabilityFence(argument);
        return result;
    }

    /**
     * ioctl(2) with a pointer to an int that the request sets.
     *
     * @param fd the descriptor
     * @param request the request's number
     * @return the value as an unsigned number (a cast to int gives the signed one), or the negated
     *     errno
     */
    public static long ioctlGetInt(int fd, int request) {
        CallState state = CallState.current();
        state.struct.putLong(0, 0);
        int result = IOCTL.callInt(state, fd, request, state.structAddress);
        return result < 0 ? result : state.struct.getInt(0) & 0xffffffffL;
    }

    /**
     * ioctl(2) with a pointer to an int that the request reads.
     *
     * @param fd the descriptor
     * @param request the request's number
     * @param value the int
     * @return what the request returns, or the negated errno
     */
    public static int ioctlSetInt(int fd, int request, int value) {
        CallState state = CallState.current();
        state.struct.putLong(0, 0);
        state.struct.putInt(0, value);
        return IOCTL.callInt(state, fd, request, state.structAddress);
    }

    /**
     * close_range(2).
     *
     * @param first the first descriptor
     * @param last the last one, -1 for all
     * @param flags 0, CLOSE_RANGE_CLOEXEC or CLOSE_RANGE_UNSHARE
     * @return 0, or the negated errno
     */
    public static int closeRange(int first, int last, int flags) {
        return SYSCALL.callInt(
                CallState.current(),
                Platform.SYS_CLOSE_RANGE,
                first & 0xffffffffL,
                last & 0xffffffffL,
                flags,
                0,
                0);
    }

    /**
     * splice(2), without offsets.
     *
     * @param in where the bytes come from
     * @param out where they go to; one of the two is a pipe
     * @param length how many bytes at most
     * @param flags a mask of SPLICE_F_MOVE, SPLICE_F_NONBLOCK, SPLICE_F_MORE
     * @return the number of bytes, 0 at the end, or the negated errno
     */
    public static long splice(int in, int out, long length, int flags) {
        return SPLICE.callLong(CallState.current(), in, 0, out, 0, length, flags);
    }

    /**
     * tee(2).
     *
     * @param in the pipe whose bytes are duplicated
     * @param out the pipe they go to
     * @param length how many bytes at most
     * @param flags a mask of SPLICE_F_NONBLOCK
     * @return the number of bytes, 0 at the end, or the negated errno
     */
    public static long tee(int in, int out, long length, int flags) {
        return TEE.callLong(CallState.current(), in, out, length, flags, 0, 0);
    }

    /**
     * Waits for one descriptor: poll(2). Blocks the calling thread; see {@link Readiness} for
     * waiting on virtual threads.
     *
     * @param fd the descriptor
     * @param events a mask of POLLIN, POLLOUT, POLLPRI
     * @param timeout milliseconds; negative waits for ever
     * @return the events there are, POLLERR, POLLHUP and POLLNVAL among them; 0 after the timeout;
     *     or the negated errno
     */
    public static int poll(int fd, int events, int timeout) {
        CallState state = CallState.current();
        state.struct.putInt(0, fd);
        state.struct.putInt(4, events & 0xffff);
        int result = POLL.callInt(state, state.structAddress, 1, timeout);
        return result <= 0 ? result : state.struct.getShort(6) & 0xffff;
    }

    /**
     * poll(2). Blocks the calling thread.
     *
     * @param fds an array of struct pollfd, off the heap
     * @param count how many elements it has
     * @param timeout milliseconds; negative waits for ever
     * @return how many elements have events, 0 after the timeout, or the negated errno
     */
    public static int poll(MemorySegment fds, int count, int timeout) {
        int result = POLL.callInt(CallState.current(), fds.address(), count, timeout);
        Reference.reachabilityFence(fds);
        return result;
    }

    /**
     * ppoll(2). Blocks the calling thread.
     *
     * @param fds an array of struct pollfd, off the heap
     * @param count how many elements it has
     * @param timeout a struct timespec, or MemorySegment.NULL to wait for ever
     * @param signals a sigset_t, or MemorySegment.NULL
     * @return how many elements have events, 0 after the timeout, or the negated errno
     */
    public static int ppoll(
            MemorySegment fds, int count, MemorySegment timeout, MemorySegment signals) {
        int result =
                PPOLL.callInt(
                        CallState.current(),
                        fds.address(),
                        count,
                        timeout.address(),
                        signals.address(),
                        0,
                        0);
        Reference.reachabilityFence(fds);
        Reference.reachabilityFence(timeout);
        Reference.reachabilityFence(signals);
        return result;
    }

    /**
     * epoll_create1(2), with EPOLL_CLOEXEC added.
     *
     * @param flags the flags, see the manual page
     * @return the new descriptor, or the negated errno
     */
    public static int epollCreate1(int flags) {
        return EPOLL_CREATE1.callInt(CallState.current(), flags | Linux.EPOLL_CLOEXEC, 0, 0);
    }

    /**
     * epoll_ctl(2).
     *
     * @param epoll the epoll descriptor
     * @param operation EPOLL_CTL_ADD, EPOLL_CTL_MOD or EPOLL_CTL_DEL
     * @param fd the descriptor
     * @param event the address of a struct epoll_event, or 0
     * @return 0, or the negated errno
     */
    static int epollCtl(int epoll, int operation, int fd, long event) {
        return EPOLL_CTL.callInt(CallState.current(), epoll, operation, fd, event, 0, 0);
    }

    /**
     * epoll_wait(2). Blocks the calling thread.
     *
     * @param epoll the epoll descriptor
     * @param events the address of an array of struct epoll_event
     * @param count how many it has room for
     * @param timeout milliseconds; negative waits for ever
     * @return how many events there are, 0 after the timeout, or the negated errno
     */
    static int epollWait(int epoll, long events, int count, int timeout) {
        return EPOLL_WAIT.callInt(CallState.current(), epoll, events, count, timeout, 0, 0);
    }

    /**
     * eventfd(2), with EFD_CLOEXEC added.
     *
     * @param initial the counter's value
     * @param flags the flags, see the manual page
     * @return the new descriptor, or the negated errno
     */
    public static int eventfd(int initial, int flags) {
        return EVENTFD.callInt(CallState.current(), initial, flags | Linux.EFD_CLOEXEC, 0);
    }

    // Sockets

    /**
     * socket(2), with SOCK_CLOEXEC added.
     *
     * @param family AF_INET and the like
     * @param type SOCK_STREAM and the like, with SOCK_NONBLOCK if wanted
     * @param protocol IPPROTO_TCP and the like, or 0
     * @return the new descriptor, or the negated errno
     */
    public static int socket(int family, int type, int protocol) {
        return SOCKET.callInt(CallState.current(), family, type | Linux.SOCK_CLOEXEC, protocol);
    }

    /**
     * socketpair(2), with SOCK_CLOEXEC added.
     *
     * @param family AF_UNIX
     * @param type SOCK_STREAM and the like, with SOCK_NONBLOCK if wanted
     * @param protocol 0
     * @param fds where to put the two descriptors
     * @return 0, or the negated errno
     */
    public static int socketpair(int family, int type, int protocol, int[] fds) {
        CallState state = CallState.current();
        int result =
                SOCKETPAIR.callInt(
                        state,
                        family,
                        type | Linux.SOCK_CLOEXEC,
                        protocol,
                        state.structAddress,
                        0,
                        0);
        if (result == 0) {
            fds[0] = state.struct.getInt(0);
            fds[1] = state.struct.getInt(4);
        }
        return result;
    }

    /**
     * bind(2).
     *
     * @param fd the socket
     * @param address the address
     * @return 0, or the negated errno
     */
    public static int bind(int fd, SocketAddress address) {
        CallState state = CallState.current();
        int length = address.encode(state.struct);
        return BIND.callInt(state, fd, state.structAddress, length);
    }

    /**
     * connect(2). On a non-blocking socket -EINPROGRESS means that it has begun: wait for POLLOUT,
     * then ask SO_ERROR.
     *
     * @param fd the socket
     * @param address the peer's address
     * @return 0, or the negated errno
     */
    public static int connect(int fd, SocketAddress address) {
        CallState state = CallState.current();
        int length = address.encode(state.struct);
        return CONNECT.callInt(state, fd, state.structAddress, length);
    }

    /**
     * accept4(2), with SOCK_CLOEXEC added.
     *
     * @param fd the listening socket
     * @param flags 0 or SOCK_NONBLOCK
     * @return the new descriptor, or the negated errno
     */
    public static int accept4(int fd, int flags) {
        return ACCEPT4.callInt(CallState.current(), fd, 0, 0, flags | Linux.SOCK_CLOEXEC, 0, 0);
    }

    /**
     * accept4(2), with SOCK_CLOEXEC added.
     *
     * @param fd the listening socket
     * @param peer where to put the peer's address
     * @param flags 0 or SOCK_NONBLOCK
     * @return the new descriptor, or the negated errno
     */
    public static int accept4(int fd, SocketAddressBuffer peer, int flags) {
        peer.prepare();
        int result =
                ACCEPT4.callInt(
                        CallState.current(),
                        fd,
                        peer.address(),
                        peer.lengthAddress(),
                        flags | Linux.SOCK_CLOEXEC,
                        0,
                        0);
        Reference.reachabilityFence(peer);
        return result;
    }

    /**
     * getsockname(2).
     *
     * @param fd the socket
     * @param address where to put its own address
     * @return 0, or the negated errno
     */
    public static int getsockname(int fd, SocketAddressBuffer address) {
        address.prepare();
        int result =
                GETSOCKNAME.callInt(
                        CallState.current(), fd, address.address(), address.lengthAddress());
        Reference.reachabilityFence(address);
        return result;
    }

    /**
     * getpeername(2).
     *
     * @param fd the socket
     * @param address where to put its peer's address
     * @return 0, or the negated errno
     */
    public static int getpeername(int fd, SocketAddressBuffer address) {
        address.prepare();
        int result =
                GETPEERNAME.callInt(
                        CallState.current(), fd, address.address(), address.lengthAddress());
        Reference.reachabilityFence(address);
        return result;
    }

    /**
     * getsockopt(2) of an option whose value is an int.
     *
     * @param fd the socket
     * @param level SOL_SOCKET and the like
     * @param option SO_ERROR and the like
     * @return the value as an unsigned number (a cast to int gives the signed one), or the negated
     *     errno
     */
    public static long getsockopt(int fd, int level, int option) {
        CallState state = CallState.current();
        state.struct.putLong(0, 0);
        state.struct.putInt(8, 4);
        int result =
                GETSOCKOPT.callInt(
                        state, fd, level, option, state.structAddress, state.structAddress + 8, 0);
        return result < 0 ? result : state.struct.getInt(0) & 0xffffffffL;
    }

    /**
     * getsockopt(2) of an option of any type.
     *
     * @param fd the socket
     * @param level SOL_SOCKET and the like
     * @param option SO_LINGER and the like
     * @param value where to put the value; its size is what the kernel is told
     * @return how many bytes the value has, or the negated errno
     */
    public static int getsockopt(int fd, int level, int option, byte[] value) {
        CallState state = CallState.current();
        state.struct.putInt(0, value.length);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(Math.max(1, value.length), 8);
            int result =
                    GETSOCKOPT.callInt(
                            state, fd, level, option, memory.address(), state.structAddress, 0);
            if (result < 0) {
                return result;
            }
            int length = state.struct.getInt(0);
            MemorySegment.copy(memory, JAVA_BYTE, 0, value, 0, Math.min(length, value.length));
            return length;
        }
    }

    /**
     * setsockopt(2) with an int.
     *
     * @param fd the socket
     * @param level SOL_SOCKET and the like
     * @param option SO_REUSEADDR and the like
     * @param value the value
     * @return 0, or the negated errno
     */
    public static int setsockopt(int fd, int level, int option, int value) {
        CallState state = CallState.current();
        state.struct.putInt(0, value);
        return SETSOCKOPT.callInt(state, fd, level, option, state.structAddress, 4, 0);
    }

    /**
     * setsockopt(2) with any type: a struct, a string, a single byte.
     *
     * @param fd the socket
     * @param level SOL_SOCKET and the like
     * @param option SO_BINDTODEVICE and the like
     * @param value the value's bytes
     * @return 0, or the negated errno
     */
    public static int setsockopt(int fd, int level, int option, byte[] value) {
        CallState state = CallState.current();
        if (value.length <= CallState.STRUCT_BYTES) {
            state.struct.put(0, value);
            return SETSOCKOPT.callInt(
                    state, fd, level, option, state.structAddress, value.length, 0);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(value.length, 8);
            MemorySegment.copy(value, 0, memory, JAVA_BYTE, 0, value.length);
            return SETSOCKOPT.callInt(state, fd, level, option, memory.address(), value.length, 0);
        }
    }

    /**
     * send(2). Blocks the calling thread where the socket is a blocking one.
     *
     * @param fd the socket
     * @param memory memory off the heap
     * @param offset where in the memory to begin, bytes
     * @param length how many bytes
     * @param flags a mask of MSG_NOSIGNAL and the like
     * @return the number of bytes sent, or the negated errno
     */
    public static long send(int fd, MemorySegment memory, long offset, long length, int flags) {
        long address = Symbol.address(memory, offset, length);
        long result = SEND.callLong(CallState.current(), fd, address, length, flags, 0, 0);
        Reference.reachabilityFence(memory);
        return result;
    }

    /**
     * recv(2). Blocks the calling thread where the socket is a blocking one.
     *
     * @param fd the socket
     * @param memory memory off the heap
     * @param offset where in the memory to begin, bytes
     * @param length how many bytes at most
     * @param flags a mask of MSG_PEEK and the like
     * @return the number of bytes, 0 at the end, or the negated errno
     */
    public static long recv(int fd, MemorySegment memory, long offset, long length, int flags) {
        long address = Symbol.address(memory, offset, length);
        long result = RECV.callLong(CallState.current(), fd, address, length, flags, 0, 0);
        Reference.reachabilityFence(memory);
        return result;
    }

    /**
     * sendto(2). Blocks the calling thread where the socket is a blocking one.
     *
     * @param fd the socket
     * @param memory memory off the heap
     * @param offset where in the memory to begin, bytes
     * @param length how many bytes
     * @param flags a mask of MSG_NOSIGNAL and the like
     * @param peer whom to send to, see {@link SocketAddressBuffer#set}
     * @return the number of bytes sent, or the negated errno
     */
    public static long sendto(
            int fd,
            MemorySegment memory,
            long offset,
            long length,
            int flags,
            SocketAddressBuffer peer) {
        long address = Symbol.address(memory, offset, length);
        long result =
                SENDTO.callLong(
                        CallState.current(),
                        fd,
                        address,
                        length,
                        flags,
                        peer.address(),
                        peer.length());
        Reference.reachabilityFence(memory);
        Reference.reachabilityFence(peer);
        return result;
    }

    /**
     * recvfrom(2). Blocks the calling thread where the socket is a blocking one.
     *
     * @param fd the socket
     * @param memory memory off the heap
     * @param offset where in the memory to begin, bytes
     * @param length how many bytes at most
     * @param flags a mask of MSG_PEEK and the like
     * @param peer where to put the sender's address
     * @return the number of bytes, or the negated errno
     */
    public static long recvfrom(
            int fd,
            MemorySegment memory,
            long offset,
            long length,
            int flags,
            SocketAddressBuffer peer) {
        peer.prepare();
        long address = Symbol.address(memory, offset, length);
        long result =
                RECVFROM.callLong(
                        CallState.current(),
                        fd,
                        address,
                        length,
                        flags,
                        peer.address(),
                        peer.lengthAddress());
        Reference.reachabilityFence(memory);
        Reference.reachabilityFence(peer);
        return result;
    }

    /**
     * sendmsg(2).
     *
     * @param fd the descriptor
     * @param message a struct msghdr, off the heap, see {@link SocketMessage}
     * @param flags the flags, see the manual page
     * @return the number of bytes sent, or the negated errno
     */
    public static long sendmsg(int fd, MemorySegment message, int flags) {
        long result = SENDMSG.callLong(CallState.current(), fd, message.address(), flags);
        Reference.reachabilityFence(message);
        return result;
    }

    /**
     * recvmsg(2).
     *
     * @param fd the descriptor
     * @param message a struct msghdr, off the heap, see {@link SocketMessage}
     * @param flags the flags, see the manual page
     * @return the number of bytes, 0 at the end, or the negated errno
     */
    public static long recvmsg(int fd, MemorySegment message, int flags) {
        long result = RECVMSG.callLong(CallState.current(), fd, message.address(), flags);
        Reference.reachabilityFence(message);
        return result;
    }

    /**
     * listen(2).
     *
     * @param fd the descriptor
     * @param backlog how many connections may wait to be accepted
     * @return 0, or the negated errno
     */
    public static int listen(int fd, int backlog) {
        return LISTEN.callInt(CallState.current(), fd, backlog, 0);
    }

    /**
     * shutdown(2).
     *
     * @param fd the descriptor
     * @param how SHUT_RD, SHUT_WR or SHUT_RDWR
     * @return 0, or the negated errno
     */
    public static int shutdown(int fd, int how) {
        return SHUTDOWN.callInt(CallState.current(), fd, how, 0);
    }

    /**
     * if_nametoindex(3).
     *
     * @param name the interface's name
     * @return its index, positive, or the negated errno
     */
    public static int ifNametoindex(String name) {
        CallState state = CallState.current();
        int index = IF_NAMETOINDEX.callInt(state, state.cString(0, name), 0, 0);
        return index == 0 ? -state.errno() : index;
    }

    /**
     * if_indextoname(3).
     *
     * @param index the interface's index
     * @return its name; empty if there is none
     */
    public static String ifIndextoname(int index) {
        CallState state = CallState.current();
        long name = IF_INDEXTONAME.pointer(state, index, state.structAddress, 0);
        return name == 0 ? "" : NativeStrings.decode(state.struct, 0, Linux.IFNAMSIZ);
    }

    // Processes, users and groups

    /**
     * _exit(2): ends the process at once. The JVM's own ways wait up to 300 ms for threads that are
     * in a system call.
     *
     * @param status the exit status, of which the lowest eight bits count
     */
    public static void exit(int status) {
        EXIT.callInt(CallState.current(), status, 0, 0);
    }

    /**
     * getpid(2).
     *
     * @return the process's number
     */
    public static int getpid() {
        return GETPID.callInt(CallState.current(), 0, 0, 0);
    }

    /**
     * getppid(2).
     *
     * @return the parent process's number
     */
    public static int getppid() {
        return GETPPID.callInt(CallState.current(), 0, 0, 0);
    }

    /**
     * gettid(2).
     *
     * @return the calling (carrier) thread's number
     */
    public static int gettid() {
        return SYSCALL.callInt(CallState.current(), Platform.SYS_GETTID, 0, 0);
    }

    /**
     * getuid(2).
     *
     * @return the calling thread's user
     */
    public static int getuid() {
        return GETUID.callInt(CallState.current(), 0, 0, 0);
    }

    /**
     * geteuid(2).
     *
     * @return the calling thread's effective user
     */
    public static int geteuid() {
        return GETEUID.callInt(CallState.current(), 0, 0, 0);
    }

    /**
     * getgid(2).
     *
     * @return the calling thread's group
     */
    public static int getgid() {
        return GETGID.callInt(CallState.current(), 0, 0, 0);
    }

    /**
     * getegid(2).
     *
     * @return the calling thread's effective group
     */
    public static int getegid() {
        return GETEGID.callInt(CallState.current(), 0, 0, 0);
    }

    /**
     * getgroups(2).
     *
     * @return the supplementary groups of the calling thread
     */
    public static int[] getgroups() {
        CallState state = CallState.current();
        int count = GETGROUPS.callInt(state, 0, 0, 0);
        if (count <= 0) {
            return new int[0];
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(JAVA_INT, count);
            count = Math.max(0, GETGROUPS.callInt(state, count, memory.address(), 0));
            int[] groups = new int[count];
            MemorySegment.copy(memory, JAVA_INT, 0, groups, 0, count);
            return groups;
        }
    }

    /**
     * setgroups(2), for all threads of the process (nptl(7)).
     *
     * @param groups the supplementary groups
     * @return 0, or the negated errno
     */
    public static int setgroups(int[] groups) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocateFrom(JAVA_INT, groups);
            return SETGROUPS.callInt(CallState.current(), groups.length, memory.address(), 0);
        }
    }

    /**
     * setuid(2), for all threads of the process (nptl(7)).
     *
     * @param uid the user
     * @return 0, or the negated errno
     */
    public static int setuid(int uid) {
        return SETUID.callInt(CallState.current(), uid, 0, 0);
    }

    /**
     * seteuid(2), for all threads of the process (nptl(7)).
     *
     * @param uid the user
     * @return 0, or the negated errno
     */
    public static int seteuid(int uid) {
        return SETEUID.callInt(CallState.current(), uid, 0, 0);
    }

    /**
     * setgid(2), for all threads of the process (nptl(7)).
     *
     * @param gid the group
     * @return 0, or the negated errno
     */
    public static int setgid(int gid) {
        return SETGID.callInt(CallState.current(), gid, 0, 0);
    }

    /**
     * setegid(2), for all threads of the process (nptl(7)).
     *
     * @param gid the group
     * @return 0, or the negated errno
     */
    public static int setegid(int gid) {
        return SETEGID.callInt(CallState.current(), gid, 0, 0);
    }

    /**
     * unshare(2); acts on the calling thread, which must be a platform thread.
     *
     * @param flags CLONE_FS, CLONE_NEWNET and the like
     * @return 0, or the negated errno
     */
    public static int unshare(int flags) {
        return UNSHARE.callInt(CallState.current(), flags, 0, 0);
    }

    /**
     * setns(2); acts on the calling thread, which must be a platform thread.
     *
     * @param fd a namespace's file
     * @param type CLONE_NEWNET and the like, or 0
     * @return 0, or the negated errno
     */
    public static int setns(int fd, int type) {
        return SETNS.callInt(CallState.current(), fd, type, 0);
    }

    /**
     * setsid(2).
     *
     * @return the new session's number, or the negated errno
     */
    public static int setsid() {
        return SETSID.callInt(CallState.current(), 0, 0, 0);
    }

    /**
     * getsid(2).
     *
     * @param pid the process, 0 for this one
     * @return the session's number, or the negated errno
     */
    public static int getsid(int pid) {
        return GETSID.callInt(CallState.current(), pid, 0, 0);
    }

    /**
     * setpgid(2).
     *
     * @param pid the process, 0 for this one
     * @param group the process group, 0 for a new one
     * @return 0, or the negated errno
     */
    public static int setpgid(int pid, int group) {
        return SETPGID.callInt(CallState.current(), pid, group, 0);
    }

    /**
     * getpgid(2).
     *
     * @param pid the process, 0 for this one
     * @return the process group, or the negated errno
     */
    public static int getpgid(int pid) {
        return GETPGID.callInt(CallState.current(), pid, 0, 0);
    }

    /**
     * tcgetpgrp(3).
     *
     * @param fd the terminal
     * @return the terminal's foreground process group, or the negated errno
     */
    public static int tcgetpgrp(int fd) {
        return TCGETPGRP.callInt(CallState.current(), fd, 0, 0);
    }

    /**
     * tcsetpgrp(3). Stops the process with SIGTTOU where it is in the background and does not
     * ignore it.
     *
     * @param fd the terminal
     * @param group the process group
     * @return 0, or the negated errno
     */
    public static int tcsetpgrp(int fd, int group) {
        return TCSETPGRP.callInt(CallState.current(), fd, group, 0);
    }

    /**
     * kill(2).
     *
     * @param pid the process; negative for a process group
     * @param signal the signal, 0 to test
     * @return 0, or the negated errno
     */
    public static int kill(int pid, int signal) {
        return KILL.callInt(CallState.current(), pid, signal, 0);
    }

    /**
     * waitpid(2). Blocks the calling thread unless WNOHANG is given.
     *
     * @param pid the child
     * @param options a mask of WNOHANG, WUNTRACED, WCONTINUED
     * @return the child in the upper and its wait status in the lower 32 bits (see {@link
     *     ExitStatus}); 0 where WNOHANG found none; or the negated errno
     */
    public static long waitpid(int pid, int options) {
        CallState state = CallState.current();
        int result = WAITPID.callInt(state, pid, state.structAddress, options);
        return result <= 0 ? result : (long) result << 32 | (state.struct.getInt(0) & 0xffffffffL);
    }

    /**
     * pidfd_open(2). The descriptor becomes readable when the process ends.
     *
     * @param pid the process
     * @param flags 0
     * @return the new descriptor, which is close-on-exec, or the negated errno
     */
    public static int pidfdOpen(int pid, int flags) {
        return SYSCALL.callInt(CallState.current(), Platform.SYS_PIDFD_OPEN, pid, flags);
    }

    /**
     * pidfd_getfd(2): a duplicate of another process's descriptor. Needs the permission to trace
     * that process.
     *
     * @param pidfd the process's descriptor
     * @param fd the descriptor's number in that process
     * @return the new descriptor, which is close-on-exec, or the negated errno
     */
    public static int pidfdGetfd(int pidfd, int fd) {
        return SYSCALL.callInt(CallState.current(), Platform.SYS_PIDFD_GETFD, pidfd, fd);
    }

    /**
     * pidfd_send_signal(2).
     *
     * @param pidfd the process's descriptor
     * @param signal the signal
     * @return 0, or the negated errno
     */
    public static int pidfdSendSignal(int pidfd, int signal) {
        return SYSCALL.callInt(
                CallState.current(), Platform.SYS_PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0, 0);
    }

    /**
     * execve(2): replaces the whole process, JVM and all threads, by a program. The signal mask is
     * the calling thread's, and the JVM's threads block some signals: see {@link #pthreadSigmask}.
     * The JDK opens files without close-on-exec: {@link #closeRange} with CLOSE_RANGE_CLOEXEC,
     * before it, keeps them from the program.
     *
     * @param path the program
     * @param arguments its arguments, its own name first
     * @param environment its environment, {@code NAME=value} each
     * @return the negated errno, if it returns
     */
    public static int execve(String path, List<String> arguments, List<String> environment) {
        CallState state = CallState.current();
        try (Arena arena = Arena.ofConfined()) {
            return EXECVE.callInt(
                    state,
                    state.cString(0, path),
                    NativeStrings.vector(arena, arguments).address(),
                    NativeStrings.vector(arena, environment).address());
        }
    }

    /**
     * getrlimit(2).
     *
     * @param resource RLIMIT_NOFILE and the like
     * @param limits where to put the soft and the hard limit; -1 for none
     * @return 0, or the negated errno
     */
    public static int getrlimit(int resource, long[] limits) {
        CallState state = CallState.current();
        int result = GETRLIMIT.callInt(state, resource, state.structAddress, 0);
        if (result == 0) {
            limits[0] = state.struct.getLong(0);
            limits[1] = state.struct.getLong(8);
        }
        return result;
    }

    /**
     * setrlimit(2), for the whole process.
     *
     * @param resource RLIMIT_NOFILE and the like
     * @param soft the soft limit, -1 for none
     * @param hard the hard limit, -1 for none
     * @return 0, or the negated errno
     */
    public static int setrlimit(int resource, long soft, long hard) {
        CallState state = CallState.current();
        state.struct.putLong(0, soft);
        state.struct.putLong(8, hard);
        return SETRLIMIT.callInt(state, resource, state.structAddress, 0);
    }

    /**
     * pthread_sigmask(3); acts on the calling thread, which must be a platform thread.
     *
     * @param how SIG_BLOCK, SIG_UNBLOCK or SIG_SETMASK
     * @param signals the signals, number n as bit n-1
     * @return 0, or the negated errno
     */
    public static int pthreadSigmask(int how, long signals) {
        CallState state = CallState.current();
        state.clear(SIGACTION_BYTES);
        state.struct.putLong(0, signals);
        return PTHREAD_SIGMASK.callError(state, how, state.structAddress, 0, 0, 0, 0);
    }

    /**
     * The signals that the calling (carrier) thread blocks: pthread_sigmask(3).
     *
     * @return the signals, number n as bit n-1
     */
    public static long signalMask() {
        CallState state = CallState.current();
        state.clear(SIGACTION_BYTES);
        PTHREAD_SIGMASK.callError(state, Linux.SIG_BLOCK, 0, state.structAddress, 0, 0, 0);
        return state.struct.getLong(0);
    }

    /**
     * How the process handles a signal: sigaction(2).
     *
     * @param signal the signal
     * @return 0 for SIG_DFL, 1 for SIG_IGN, 2 for a handler, or the negated errno
     */
    public static int signalDisposition(int signal) {
        CallState state = CallState.current();
        int result = SIGACTION.callInt(state, signal, 0, state.structAddress);
        return result < 0
                ? result
                : (int) Math.min(2L, state.struct.getLong(0) & 0x7fffffffffffffffL);
    }

    /**
     * Sets a signal to its default or to be ignored: sigaction(2). Signals that the JVM handles
     * itself are not for this.
     *
     * @param signal the signal
     * @param ignored true for SIG_IGN, false for SIG_DFL
     * @return 0, or the negated errno
     */
    public static int setSignalDisposition(int signal, boolean ignored) {
        CallState state = CallState.current();
        state.clear(SIGACTION_BYTES);
        state.struct.putLong(0, ignored ? 1 : 0);
        return SIGACTION.callInt(state, signal, state.structAddress, 0);
    }

    /**
     * gethostname(2).
     *
     * @return the host's name
     */
    public static String gethostname() {
        CallState state = CallState.current();
        int result = GETHOSTNAME.callInt(state, state.structAddress, CallState.STRUCT_BYTES, 0);
        return result < 0 ? "" : NativeStrings.decode(state.struct, 0, CallState.STRUCT_BYTES);
    }

    /**
     * uname(2).
     *
     * @return sysname, nodename, release, version and machine
     */
    public static List<String> uname() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(6L * UTSNAME_FIELD_BYTES);
            UNAME.callInt(CallState.current(), memory.address(), 0, 0);
            String[] fields = new String[5];
            for (int i = 0; i < fields.length; i++) {
                fields[i] =
                        NativeStrings.decode(
                                memory.asByteBuffer(),
                                i * UTSNAME_FIELD_BYTES,
                                UTSNAME_FIELD_BYTES);
            }
            return List.of(fields);
        }
    }

    /**
     * sysconf(3).
     *
     * @param name _SC_PAGESIZE and the like
     * @return the value
     */
    public static long sysconf(int name) {
        return SYSCONF.callLong(CallState.current(), name, 0, 0);
    }

    /**
     * isatty(3).
     *
     * @param fd the descriptor
     * @return 1 if the descriptor is a terminal, else 0
     */
    public static int isatty(int fd) {
        return ISATTY.callInt(CallState.current(), fd, 0, 0);
    }
}
