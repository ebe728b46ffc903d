package org.jsocat.plugin.exec;

import org.jsocat.spi.UserDatabase.User;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.ThreadCredentials;

/**
 * Changes who the process is, or the calling thread alone where it has been {@linkplain
 * ThreadCredentials#setApart set apart}: a thread that opens a forked relay or starts a program.
 *
 * <p>All throw {@link PosixException} when the kernel refuses.
 */
final class Credentials {
    private Credentials() {}

    /** Whether changes concern the calling thread alone. */
    static boolean areOwn() {
        return ThreadCredentials.isSetApart();
    }

    static void chroot(String path) {
        PosixException.check(Libc.chroot(path), () -> "chroot(\"" + path + "\")");
        PosixException.check(Libc.chdir("/"), "chdir(\"/\")");
    }

    static void setuid(int uid) {
        if (!areOwn() && Libc.getuid() == uid && Libc.geteuid() == uid) {
            return; // threads that are set apart may not be able to
        }
        int result = areOwn() ? ThreadCredentials.setresuid(uid, uid, uid) : Libc.setuid(uid);
        PosixException.check(result, () -> "setuid(" + Integer.toUnsignedString(uid) + ")");
    }

    static void setgid(int gid) {
        int result = areOwn() ? ThreadCredentials.setresgid(gid, gid, gid) : Libc.setgid(gid);
        PosixException.check(result, () -> "setgid(" + Integer.toUnsignedString(gid) + ")");
    }

    /** Takes a user's number, group and supplementary groups. */
    static void become(User user) {
        int[] groups = user.groups().stream().mapToInt(Integer::intValue).toArray();
        int result = areOwn() ? ThreadCredentials.setgroups(groups) : Libc.setgroups(groups);
        PosixException.check(result, () -> "initgroups(" + user.name() + ", " + user.gid() + ")");
        setgid(user.gid());
        setuid(user.uid());
    }
}
