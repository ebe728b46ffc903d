package org.jsocat.plugin.exec;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

/**
 * The option netns: the opening thread is in another network namespace while the address is opened
 * (setns(2)).
 */
final class NetworkNamespace {
    private static final int CLONE_NEWNET = 0x40000000;

    private NetworkNamespace() {}

    static void enter(OpenContext context, String name) {
        Fd before = open("/proc/thread-self/ns/net");
        if (!context.settings().experimental()) {
            context.log().warn("option \"netns\" is experimental");
        }
        context.log().debug("switching to net namespace \"{}\"", name);
        try (Fd wanted = open("/run/netns/" + name)) {
            PosixException.check(
                    Libc.setns(wanted.number(), CLONE_NEWNET),
                    () -> "setns(" + wanted + ", CLONE_NEWNET)");
        } catch (PosixException refused) {
            before.close();
            throw refused;
        }
        context.afterOpening(() -> leave(context, before));
    }

    private static Fd open(String path) {
        return new Fd(
                PosixException.check(
                        Libc.open(path, Linux.O_RDONLY | Linux.O_CLOEXEC, 0),
                        () -> "open(" + path + ", O_RDONLY|O_CLOEXEC)"));
    }

    private static void leave(OpenContext context, Fd before) {
        int result = Libc.setns(before.number(), CLONE_NEWNET);
        if (result < 0) {
            context.log().error("xio_reset_namespace({}): {}", before, Errno.text(-result));
        }
        before.close();
    }
}
