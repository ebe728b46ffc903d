package org.jsocat.plugin.file;

import org.jsocat.plugin.unix.UnixClient;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.NamedEntry;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;

/** The address GOPEN: makes the best of what has the name. */
final class GenericOpenAddress {
    private GenericOpenAddress() {}

    static Endpoint open(OpenContext context) {
        NamedEntry entry = new NamedEntry(context, context.parameters().getFirst());
        int mode = entry.prepare();
        if ((mode & Linux.S_IFMT) == Linux.S_IFSOCK) {
            context.log().debug("\"{}\" is a socket, connecting to it", entry.path());
            return UnixClient.open(context, entry);
        }
        context.log().debug("\"{}\" is not a socket, open()'ing it", entry.path());
        entry.unlinkAfterClosing(false);
        context.log()
                .info(
                        "opening {} \"{}\" for {}",
                        Words.kind(mode),
                        entry.path(),
                        Words.of(context.direction()));
        int flags = OpenedFile.accessMode(context.direction());
        if (mode == 0) {
            flags |= Linux.O_CREAT;
        } else if (context.direction().writes() && !context.has(FdOptions.APPEND)) {
            flags |= Linux.O_APPEND; // what is there is kept
        }
        Fd fd = OpenedFile.open(context, entry, flags, OpenedFile.permissions(context));
        return OpenedFile.finish(context, entry, fd);
    }
}
