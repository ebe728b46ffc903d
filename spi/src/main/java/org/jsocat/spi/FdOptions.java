package org.jsocat.spi;

import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NativeStrings;
import org.jsocat.spi.posix.PosixException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * The option group FD: what can be said of any descriptor. It stands in the SPI because every
 * endpoint over a descriptor depends on it.
 *
 * @since 1.0
 */
public final class FdOptions implements OptionGroup {
    /** The size field of a request has 14 bits. */
    private static final int LARGEST_IOCTL = 1 << 14;

    /** Write failures because the peer is gone are only noted. */
    public static final Option<Boolean> COOL_WRITE =
            Option.of("cool-write", OptionTypes.BOOL, Phase.INIT).usually("coolwrite");

    /** At the end only close(2), no shutdown(2). */
    public static final Option<Boolean> END_CLOSE =
            Option.of("end-close", OptionTypes.CONST, Phase.OFFSET).usually("close");

    /** Half-close does nothing. */
    public static final Option<Boolean> SHUT_NONE =
            Option.of("shut-none", OptionTypes.CONST, Phase.OFFSET);

    /** Half-close is shutdown(2). */
    public static final Option<Boolean> SHUT_DOWN =
            Option.of("shut-down", OptionTypes.CONST, Phase.OFFSET);

    /** Half-close is close(2). */
    public static final Option<Boolean> SHUT_CLOSE =
            Option.of("shut-close", OptionTypes.CONST, Phase.OFFSET);

    /** Half-close is an empty packet. */
    public static final Option<Boolean> SHUT_NULL =
            Option.of("shut-null", OptionTypes.CONST, Phase.OFFSET);

    /** Whether programs started later do without the descriptor. */
    public static final Option<Boolean> CLOEXEC =
            Option.of("cloexec", OptionTypes.BOOL, Phase.LATE, FdOptions::cloexec);

    /** Writes go to the end of the file. */
    public static final Option<Boolean> APPEND =
            Option.of("append", OptionTypes.BOOL, Phase.LATE, new StatusFlag(Linux.O_APPEND))
                    .alias("o-append");

    /** Readiness raises a signal. */
    public static final Option<Boolean> ASYNC =
            Option.of("async", OptionTypes.BOOL, Phase.LATE, new StatusFlag(Linux.O_ASYNC))
                    .alias("o-async");

    /** Reading leaves the access time alone. */
    public static final Option<Boolean> NOATIME =
            Option.of("o-noatime", OptionTypes.BOOL, Phase.FD, new StatusFlag(Linux.O_NOATIME))
                    .usually("noatime");

    /** Opening and transferring do not block. */
    public static final Option<Boolean> NONBLOCK =
            Option.of("o-nonblock", OptionTypes.BOOL, Phase.FD, new StatusFlag(Linux.O_NONBLOCK))
                    .usually("nonblock")
                    .alias("ndelay", "o-ndelay", "o_ndelay");

    /** The owner of the file; addresses with a name give it to the name. */
    public static final Option<Integer> USER =
            Option.of("user", OptionTypes.UID_T, Phase.FD, FdOptions::user)
                    .usually("uid")
                    .alias("owner");

    /** The group of the file; addresses with a name give it to the name. */
    public static final Option<Integer> GROUP =
            Option.of("group", OptionTypes.GID_T, Phase.FD, FdOptions::group).usually("gid");

    /** The permission bits of the file; addresses that create it do so with them. */
    public static final Option<Integer> PERM =
            Option.of("perm", OptionTypes.MODE_T, Phase.FD, FdOptions::permissions).usually("mode");

    private static final List<Option<?>> ROWS =
            List.of(
                    APPEND,
                    ASYNC,
                    CLOEXEC,
                    COOL_WRITE,
                    END_CLOSE,
                    lock("f-setlk-rd", Linux.F_SETLK, Linux.F_RDLCK).usually("setlk-rd"),
                    lock("f-setlk-wr", Linux.F_SETLK, Linux.F_WRLCK)
                            .usually("setlk")
                            .alias("f-setlk", "setlk-wr"),
                    lock("f-setlkw-rd", Linux.F_SETLKW, Linux.F_RDLCK).usually("setlkw-rd"),
                    lock("f-setlkw-wr", Linux.F_SETLKW, Linux.F_WRLCK)
                            .usually("setlkw")
                            .alias("f-setlkw", "lock", "lockw", "setlkw-wr"),
                    flock("flock-ex", Linux.LOCK_EX).usually("flock"),
                    flock("flock-ex-nb", Linux.LOCK_EX | Linux.LOCK_NB).usually("flock-nb"),
                    flock("flock-sh", Linux.LOCK_SH),
                    flock("flock-sh-nb", Linux.LOCK_SH | Linux.LOCK_NB),
                    GROUP,
                    Option.of("group-late", OptionTypes.GID_T, Phase.LATE, FdOptions::group)
                            .usually("gid-l"),
                    Option.of("ioctl-bin", OptionTypes.INT_BIN, Phase.FD, FdOptions::ioctlBytes),
                    Option.of("ioctl-int", OptionTypes.INT_INT, Phase.FD, FdOptions::ioctlNumber),
                    Option.of(
                            "ioctl-intp", OptionTypes.INT_INTP, Phase.FD, FdOptions::ioctlPointer),
                    Option.of(
                            "ioctl-string",
                            OptionTypes.INT_STRING,
                            Phase.FD,
                            FdOptions::ioctlString),
                    Option.of("ioctl-void", OptionTypes.INT, Phase.FD, FdOptions::ioctlVoid)
                            .usually("ioctl"),
                    NOATIME,
                    NONBLOCK,
                    PERM,
                    Option.of("perm-late", OptionTypes.MODE_T, Phase.LATE, FdOptions::permissions),
                    SHUT_CLOSE,
                    SHUT_DOWN,
                    SHUT_NONE,
                    SHUT_NULL,
                    USER,
                    Option.of("user-late", OptionTypes.UID_T, Phase.LATE, FdOptions::user)
                            .usually("uid-l"));

    /** STREAMS of Solaris and AIX. */
    private static final List<String> ELSEWHERE =
            List.of(
                    "i-pop-all",
                    "pop-all",
                    "streams-i-pop-all",
                    "i-push",
                    "push",
                    "streams-i-push");

    /** For {@link java.util.ServiceLoader}. */
    public FdOptions() {}

    @Override
    public String name() {
        return "FD";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    @Override
    public List<String> elsewhere() {
        return ELSEWHERE;
    }

    private static void cloexec(OpenContext context, OptionTarget target, boolean on) {
        if (target instanceof OptionTarget.Descriptor(Fd fd)) {
            int flag = on ? Linux.FD_CLOEXEC : 0;
            PosixException.check(
                    Libc.fcntl(fd.number(), Linux.F_SETFD, flag),
                    () -> "fcntl(" + fd.number() + ", " + Linux.F_SETFD + ", 0x" + flag + ")");
        }
    }

    /** Gives a file to a user. */
    static void user(OpenContext context, OptionTarget target, int uid) {
        owner(target, uid, -1);
    }

    /** Gives a file to a group. */
    static void group(OpenContext context, OptionTarget target, int gid) {
        owner(target, -1, gid);
    }

    private static void owner(OptionTarget target, int uid, int gid) {
        if (target instanceof OptionTarget.Descriptor(Fd fd)) {
            PosixException.check(
                    Libc.fchown(fd.number(), uid, gid),
                    () -> "fchown(" + fd.number() + ", " + id(uid) + ", " + id(gid) + ")");
        } else if (target instanceof OptionTarget.Path(String path)) {
            PosixException.check(
                    Libc.chown(path, uid, gid),
                    () -> "chown(\"" + path + "\", " + id(uid) + ", " + id(gid) + ")");
        }
    }

    private static String id(int id) {
        return id == -1 ? "-1" : Integer.toUnsignedString(id);
    }

    /** Sets the permission bits of a file. */
    static void permissions(OpenContext context, OptionTarget target, int mode) {
        if (target instanceof OptionTarget.Descriptor(Fd fd)) {
            PosixException.check(
                    Libc.fchmod(fd.number(), mode),
                    () -> "fchmod(" + fd.number() + ", " + mode + ")");
        } else if (target instanceof OptionTarget.Path(String path)) {
            PosixException.check(
                    Libc.chmod(path, mode),
                    () -> String.format("chmod(\"%s\", 0%03o)", path, mode));
        }
    }

    /**
     * A lock by fcntl(2). It belongs to the process, as the reference's does; where several relays
     * live in one process it must belong to the open file, or it would not keep them apart.
     */
    private static Option<Boolean> lock(String name, int command, int type) {
        int ownOpenFile = command == Linux.F_SETLK ? Linux.F_OFD_SETLK : Linux.F_OFD_SETLKW;
        return Option.of(
                name,
                OptionTypes.BOOL,
                Phase.FD,
                (context, target, on) -> {
                    if (on && target instanceof OptionTarget.Descriptor(Fd fd)) {
                        PosixException.check(
                                Libc.lock(
                                        fd.number(),
                                        context.forked() ? ownOpenFile : command,
                                        type,
                                        Linux.SEEK_SET,
                                        0,
                                        Long.MAX_VALUE),
                                () ->
                                        "fcntl("
                                                + fd.number()
                                                + ", "
                                                + command
                                                + ", {type="
                                                + (type == Linux.F_RDLCK ? "F_RDLCK" : "F_WRLCK")
                                                + ",whence=SEEK_SET,start=0,len=LONG_MAX,pid=0})");
                    }
                });
    }

    private static Option<Boolean> flock(String name, int operation) {
        return Option.of(
                name,
                OptionTypes.BOOL,
                Phase.FD,
                (context, target, on) -> {
                    if (on && target instanceof OptionTarget.Descriptor(Fd fd)) {
                        PosixException.check(
                                Libc.flock(fd.number(), operation),
                                () -> "flock(" + fd.number() + ", " + operation + ")");
                    }
                });
    }

    private static void ioctlVoid(OpenContext context, OptionTarget target, int request) {
        if (target instanceof OptionTarget.Descriptor(Fd fd)) {
            PosixException.check(
                    Libc.ioctl(fd.number(), request, 0), () -> ioctl(fd, request, "NULL"));
        }
    }

    private static void ioctlNumber(
            OpenContext context, OptionTarget target, OptionTypes.Two<Integer, Integer> value) {
        if (target instanceof OptionTarget.Descriptor(Fd fd)) {
            PosixException.check(
                    Libc.ioctl(fd.number(), value.first(), (long) value.second()),
                    () -> ioctl(fd, value.first(), "0x" + Integer.toHexString(value.second())));
        }
    }

    private static void ioctlPointer(
            OpenContext context, OptionTarget target, OptionTypes.Two<Integer, Integer> value) {
        byte[] bytes = OptionTypes.INT.encode(value.second());
        ioctlMemory(target, value.first(), bytes);
    }

    private static void ioctlBytes(
            OpenContext context, OptionTarget target, OptionTypes.Two<Integer, byte[]> value) {
        ioctlMemory(target, value.first(), value.second());
    }

    private static void ioctlString(
            OpenContext context, OptionTarget target, OptionTypes.Two<Integer, String> value) {
        ioctlMemory(target, value.first(), NativeStrings.encode(value.second()));
    }

    /** The kernel may write an answer behind what was given, so there is room for the largest. */
    private static void ioctlMemory(OptionTarget target, int request, byte[] bytes) {
        if (target instanceof OptionTarget.Descriptor(Fd fd)) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory =
                        arena.allocate(
                                Math.max(LARGEST_IOCTL, bytes.length + 1L),
                                ValueLayout.JAVA_LONG.byteAlignment());
                memory.asSlice(0, bytes.length).copyFrom(MemorySegment.ofArray(bytes));
                PosixException.check(
                        Libc.ioctl(fd.number(), request, memory),
                        () -> ioctl(fd, request, "0x" + Long.toHexString(memory.address())));
            }
        }
    }

    private static String ioctl(Fd fd, int request, String argument) {
        return "ioctl("
                + fd.number()
                + ", 0x"
                + Integer.toHexString(request)
                + ", "
                + argument
                + ")";
    }
}
