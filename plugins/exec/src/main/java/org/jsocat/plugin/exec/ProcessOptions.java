package org.jsocat.plugin.exec;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionAction;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.jsocat.spi.UserDatabase.User;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.PosixException;

import java.util.List;

/**
 * The option group PROCESS: who the process is and what it sees of the system. With a program they
 * concern the program only, except those that take effect before the address is opened; with forked
 * relays each relay for itself.
 */
public final class ProcessOptions implements OptionGroup {
    /** The program starts a session. */
    static final Option<Boolean> SETSID =
            Option.of(
                            "setsid",
                            OptionTypes.BOOL,
                            Phase.LATE,
                            (context, target, on) -> startSession(context, on))
                    .usually("sid")
                    .perProcess();

    /**
     * The user to become at the very end, looked up before a chroot hides the files about users.
     */
    static final Option<User> SUBSTUSER_DELAYED =
            Option.of(
                            "substuser-delayed",
                            OptionTypes.USER,
                            Phase.INIT,
                            (context, target, user) -> becomeLater(context, user))
                    .usually("su-d")
                    .changesIdentity();

    /** Another root directory. */
    static final Option<String> CHROOT =
            Option.of("chroot", OptionTypes.FILE, Phase.LATE, change(Identity::chroot))
                    .changesIdentity();

    private static final List<Option<?>> ROWS =
            List.of(
                    CHROOT,
                    Option.of(
                                    "chroot-early",
                                    OptionTypes.FILE,
                                    Phase.EARLY,
                                    change(Identity::chroot))
                            .changesIdentity(),
                    Option.of(
                                    "netns",
                                    OptionTypes.STRING,
                                    Phase.INIT,
                                    (context, target, name) ->
                                            NetworkNamespace.enter(context, name))
                            .perThread(),
                    Option.of("setgid", OptionTypes.GID_T, Phase.LATE2, change(Identity::setgid))
                            .changesIdentity(),
                    Option.of(
                                    "setgid-early",
                                    OptionTypes.GID_T,
                                    Phase.EARLY,
                                    change(Identity::setgid))
                            .changesIdentity(),
                    SETSID,
                    Option.of("setuid", OptionTypes.UID_T, Phase.LATE2, change(Identity::setuid))
                            .changesIdentity(),
                    Option.of(
                                    "setuid-early",
                                    OptionTypes.UID_T,
                                    Phase.EARLY,
                                    change(Identity::setuid))
                            .changesIdentity(),
                    Option.of(
                                    "substuser",
                                    OptionTypes.USER,
                                    Phase.LATE2,
                                    (context, target, user) ->
                                            become(context, Identity.of(target), user))
                            .usually("su")
                            .changesIdentity(),
                    SUBSTUSER_DELAYED,
                    Option.of(
                                    "substuser-early",
                                    OptionTypes.USER,
                                    Phase.EARLY,
                                    (context, target, user) ->
                                            become(context, Identity.of(target), user))
                            .usually("su-e")
                            .changesIdentity());

    /** For {@link java.util.ServiceLoader}. */
    public ProcessOptions() {}

    @Override
    public String name() {
        return "PROCESS";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    @Override
    public boolean appliesToAll() {
        return true;
    }

    /** Changes one thing about an identity. */
    @FunctionalInterface
    private interface Change<T> {
        void make(Identity identity, T value);
    }

    private static <T> OptionAction<T> change(Change<T> change) {
        return (context, target, value) -> change.make(Identity.of(target), value);
    }

    /** Where relays are forked, it is the worker or the program that becomes the user. */
    private static void becomeLater(OpenContext context, User user) {
        if (!context.forked()) {
            context.whenOpened(() -> become(context, new Credentials(), user));
        }
    }

    /** Takes a user's identity and has later programs know. */
    static void become(OpenContext context, Identity identity, User user) {
        identity.become(user);
        context.environment("USER", user.name());
        context.environment("LOGNAME", user.name());
        context.environment("HOME", user.home());
        context.environment("SHELL", user.shell());
    }

    /** For addresses without a program; the opener of one reads the option. */
    private static void startSession(OpenContext context, boolean on) {
        if (!on) {
            return;
        }
        int result = Libc.setsid();
        if (result < 0) {
            context.log().warn(new PosixException(-result, "setsid()").getMessage());
            int pid = Libc.getpid();
            int parent = Libc.getppid();
            int moved = Libc.setpgid(pid, parent);
            if (moved < 0) {
                context.log()
                        .warn(
                                new PosixException(-moved, "setpgid(" + pid + ", " + parent + ")")
                                        .getMessage());
            } else {
                PosixException.check(Libc.setsid(), "setsid()");
            }
        }
    }
}
