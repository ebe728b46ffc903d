package org.jsocat.plugin.unix;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.NamedEntry;
import org.jsocat.spi.NamedOptions;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.PosixException;

import java.util.Set;

/**
 * The name under which a socket waits for peers or packets: what happens to it before and after
 * bind(2), and at the end.
 */
final class BoundName {
    private final OpenContext context;
    private final UnixNames names;
    private final NamedEntry entry;

    private BoundName(OpenContext context, UnixNames names, NamedEntry entry) {
        this.context = context;
        this.names = names;
        this.entry = entry;
    }

    /**
     * Makes room for the name, or finds that it is taken: the phase EARLY.
     *
     * @throws AddressException where there is an entry of that name already
     */
    static BoundName prepare(OpenContext context, UnixNames names, String name) {
        BoundName bound = new BoundName(context, names, new NamedEntry(context, name));
        if (names == UnixNames.ABSTRACT) {
            context.apply(Phase.EARLY, OptionTarget.NONE);
            return bound;
        }
        boolean unlink = context.flag(NamedOptions.UNLINK_EARLY);
        context.option(
                NamedOptions.UNLINK_CLOSE); // not an option that has no effect, if this fails
        if (unlink) {
            int result = Libc.unlink(name);
            if (result < 0 && result != -Errno.ENOENT) {
                throw new PosixException(-result, "unlink(\"" + name + "\")");
            }
        } else if (FileStatus.modeOfLink(name) >= 0) {
            throw AddressException.fatal("\"" + name + "\" exists");
        }
        context.apply(Phase.EARLY, OptionTarget.of(name));
        return bound;
    }

    /** The socket has been bound: owner, permissions and the like of the entry. */
    void bound(Fd socket) {
        if (names == UnixNames.ABSTRACT) {
            context.apply(Phase.FD, OptionTarget.of(socket));
            context.apply(Phase.PREOPEN, OptionTarget.NONE);
            return;
        }
        entry.unlinkAfterClosing(true);
        OptionTarget target = OptionTarget.of(entry.path());
        context.apply(Set.of("NAMED"), Set.of(Phase.FD, Phase.PREOPEN), target);
        context.apply(Phase.PREOPEN, target);
        entry.opened();
    }
}
