package org.jsocat.plugin.file;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.NamedEntry;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

/** The address CREATE: creat(2). */
final class CreateAddress {
    private CreateAddress() {}

    static Endpoint open(OpenContext context) {
        NamedEntry entry = new NamedEntry(context, context.parameters().getFirst());
        entry.prepare();
        if (context.direction() == Direction.READ) {
            throw AddressException.usage(
                    "CREAT:\""
                            + entry.path()
                            + "\": read-only mode, refusing to truncate or create file");
        }
        entry.unlinkAfterClosing(false);
        context.log()
                .info(
                        "creating regular file \"{}\" for {}",
                        entry.path(),
                        Words.of(context.direction()));
        int permissions = OpenedFile.permissions(context);
        Fd fd = new Fd(create(entry.path(), permissions));
        context.log().debug("creat(\"{}\", {}) -> {}", entry.path(), octal(permissions), fd);
        try {
            OptionTarget target = OptionTarget.of(fd);
            entry.opened();
            Phases.apply(context, Phase.PRESOCKET, Phase.LATE2, target);
            context.apply(Phase.PASTEXEC, target);
            OpenedFile.waitless(fd);
            return DescriptorEndpoint.over(context, fd).build();
        } catch (RuntimeException | Error failure) {
            fd.close();
            throw failure;
        }
    }

    private static String octal(int permissions) {
        return String.format("0%03o", permissions);
    }

    private static int create(String path, int permissions) {
        int flags = Linux.O_WRONLY | Linux.O_CREAT | Linux.O_TRUNC;
        return PosixException.check(
                OpenedFile.open(path, flags, permissions),
                () -> "creat(\"" + path + "\", " + octal(permissions) + ")");
    }
}
