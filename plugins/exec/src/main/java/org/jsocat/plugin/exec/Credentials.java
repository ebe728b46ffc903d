package org.jsocat.plugin.exec;

import org.jsocat.spi.UserDatabase.User;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.ThreadCredentials;

/**
 * Changes who the process is, or the calling thread alone where it has been {@linkplain
 * ThreadCredentials#setApart set apart}: a thread that opens a forked relay.
 *
 * <p>All throw {@link PosixException} when the kernel refuses.
 */
final class Credentials implements Identity {
    /** Whether changes concern the calling thread alone. */
    static boolean areOwn() {
        return ThreadCredentials.isSetApart();
    }

    @Override
    public void chroot(String path) {
        PosixException.check(Libc.chroot(path), () -> "chroot(\"" + path + "\")");
        PosixException.check(Libc.chdir("/"), "chdir(\"/\")");
    }

    @Override
    public void setuid(int uid) {
        if (!areOwn() && Libc.getuid() == uid && Libc.geteuid() == uid) {
            return; // threads that are set apart may not be able to
        }
        int result = areOwn() ? ThreadCredentials.setresuid(uid, uid, uid) : Libc.setuid(uid);
        PosixException.check(result, () -> "setuid(" + Integer.toUnsignedString(uid) + ")");
    }

    @Override
    public void setgid(int gid) {
        int result = areOwn() ? ThreadCredentials.setresgid(gid, gid, gid) : Libc.setgid(gid);
        PosixException.check(result, () -> "setgid(" + Integer.toUnsignedString(gid) + ")");
    }

    @Override
    public void become(User user) {
        int[] groups = Identity.groups(user);
        int result = areOwn() ? ThreadCredentials.setgroups(groups) : Libc.setgroups(groups);
        PosixException.check(result, () -> "initgroups(" + user.name() + ", " + user.gid() + ")");
        setgid(user.gid());
        setuid(user.uid());
    }
}
