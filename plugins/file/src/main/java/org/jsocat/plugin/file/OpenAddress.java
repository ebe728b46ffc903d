package org.jsocat.plugin.file;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.NamedEntry;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Fd;

/** The address OPEN. */
final class OpenAddress {
    private OpenAddress() {}

    static Endpoint open(OpenContext context) {
        NamedEntry entry = new NamedEntry(context, context.parameters().getFirst());
        int mode = entry.prepare();
        entry.unlinkAfterClosing(false);
        context.log()
                .info(
                        "opening {} \"{}\" for {}",
                        Words.kind(mode),
                        entry.path(),
                        Words.of(context.direction()));
        int flags = OpenedFile.accessMode(context.direction());
        Fd fd = OpenedFile.open(context, entry, flags, OpenedFile.permissions(context));
        return OpenedFile.finish(context, entry, fd);
    }
}
