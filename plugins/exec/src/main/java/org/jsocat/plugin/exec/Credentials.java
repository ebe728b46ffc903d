package org.jsocat.plugin.exec;

import org.jsocat.spi.UserDatabase.User;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.PosixException;

/** The identity of this process, with all its threads. */
final class Credentials implements Identity {
    @Override
    public void chroot(String path) {
        PosixException.check(Libc.chroot(path), () -> "chroot(\"" + path + "\")");
        PosixException.check(Libc.chdir("/"), "chdir(\"/\")");
    }

    @Override
    public void setuid(int uid) {
        PosixException.check(
                Libc.setuid(uid), () -> "setuid(" + Integer.toUnsignedString(uid) + ")");
    }

    @Override
    public void setgid(int gid) {
        PosixException.check(
                Libc.setgid(gid), () -> "setgid(" + Integer.toUnsignedString(gid) + ")");
    }

    @Override
    public void become(User user) {
        PosixException.check(
                Libc.setgroups(Identity.groups(user)),
                () -> "initgroups(" + user.name() + ", " + user.gid() + ")");
        setgid(user.gid());
        setuid(user.uid());
    }
}
