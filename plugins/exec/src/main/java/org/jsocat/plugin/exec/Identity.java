package org.jsocat.plugin.exec;

import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.UserDatabase.User;
import org.jsocat.spi.posix.Spawn;

/**
 * Whose identity and root directory an option changes: this process's, or those of a program that
 * is about to be started, which takes them itself.
 *
 * <p>All throw {@link org.jsocat.spi.posix.PosixException} when the kernel refuses; for a program
 * that is when it is started.
 */
interface Identity {
    /** The identity that a target stands for. */
    static Identity of(OptionTarget target) {
        return target instanceof OptionTarget.Program program
                ? new OfProgram(program.spawn())
                : new Credentials();
    }

    /** Changes the root directory and goes there: chroot(2). */
    void chroot(String path);

    /** Sets the user: setuid(2). */
    void setuid(int uid);

    /** Sets the group: setgid(2). */
    void setgid(int gid);

    /** Takes a user's number, group and supplementary groups. */
    void become(User user);

    /** The numbers of a user's supplementary groups. */
    static int[] groups(User user) {
        return user.groups().stream().mapToInt(Integer::intValue).toArray();
    }

    /** A program's, which this process never has. */
    record OfProgram(Spawn spawn) implements Identity {
        @Override
        public void chroot(String path) {
            spawn.chroot(path);
        }

        @Override
        public void setuid(int uid) {
            spawn.user(uid);
        }

        @Override
        public void setgid(int gid) {
            spawn.group(gid);
        }

        @Override
        public void become(User user) {
            spawn.groups(groups(user)).group(user.gid()).user(user.uid());
        }
    }
}
