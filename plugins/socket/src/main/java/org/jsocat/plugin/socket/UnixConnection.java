package org.jsocat.plugin.socket;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.NamedEntry;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.util.List;

/**
 * Connects to a UNIX socket that stands in the file system, whatever type it is of.
 *
 * @since 1.0
 */
public final class UnixConnection {
    /**
     * In the order of the reference. The kernel refuses a wrong type without telling the server.
     */
    private static final List<Integer> TYPES =
            List.of(Linux.SOCK_STREAM, Linux.SOCK_SEQPACKET, Linux.SOCK_DGRAM);

    private static final List<Option<?>> NEED_BIND =
            List.of(FdOptions.USER, FdOptions.GROUP, FdOptions.PERM);

    private UnixConnection() {}

    /**
     * Opens an entry of the file system that is a socket, with the options of the phases from
     * PASTSOCKET on.
     *
     * @throws AddressException when nobody listens there
     */
    public static Endpoint open(OpenContext context, NamedEntry entry) {
        for (Option<?> option : NEED_BIND) {
            if (context.has(option)) {
                context.error("Option \"" + option + "\" only with bind option");
            }
        }
        int family = SocketOptions.family(context, Linux.AF_UNIX);
        int protocol = context.option(SocketOptions.PROTOCOL).orElse(0);
        List<Integer> types = context.option(SocketOptions.TYPE).map(List::of).orElse(TYPES);
        boolean nullEof = context.flag(SocketOptions.NULL_EOF);
        entry.unlinkAfterClosing(false);
        SocketAddress address = address(entry.path());
        int refusal = Errno.EPROTOTYPE;
        for (int type : types) {
            Fd fd = socket(family, type, protocol);
            int result = Libc.connect(fd.number(), address);
            if (result == 0) {
                context.log().info("successfully connected to {}", address.text());
                return endpoint(context, entry, fd, type, nullEof);
            }
            context.log()
                    .debug(
                            "connect({}, {}, {}): {}",
                            fd.number(),
                            address.text(),
                            address.length(),
                            Errno.text(-result));
            fd.close();
            refusal = -result;
            if (refusal != Errno.EPROTOTYPE) {
                break;
            }
        }
        throw AddressException.retryable("GOPEN: " + entry.path() + ": " + Errno.text(refusal));
    }

    private static SocketAddress address(String path) {
        try {
            return SocketAddress.Unix.ofPath(path, true);
        } catch (IllegalArgumentException tooLong) {
            throw AddressException.usage("GOPEN: " + path + ": " + Errno.text(Errno.ENAMETOOLONG));
        }
    }

    private static Fd socket(int family, int type, int protocol) {
        return new Fd(
                PosixException.check(
                        Libc.socket(family, type | Linux.SOCK_CLOEXEC, protocol),
                        () -> "socket(" + family + ", " + type + ", " + protocol + ")"));
    }

    /** Options come behind connect(2) here: it tells the type, and no option matters to it. */
    private static Endpoint endpoint(
            OpenContext context, NamedEntry entry, Fd fd, int type, boolean nullEof) {
        try {
            OptionTarget target = OptionTarget.of(fd);
            context.apply(Phase.PASTSOCKET, target);
            context.apply(Phase.FD, target);
            context.apply(Phase.CONNECT, target);
            context.apply(Phase.CONNECTED, target);
            entry.opened();
            context.apply(Phase.LATE, target);
            context.apply(Phase.LATE2, target);
            context.apply(Phase.PASTEXEC, target);
            fd.setNonBlocking(true);
            DescriptorEndpoint.Builder endpoint = DescriptorEndpoint.over(context, fd).socket();
            if (type != Linux.SOCK_STREAM) {
                endpoint.packets(nullEof || type == Linux.SOCK_SEQPACKET);
            }
            return endpoint.build();
        } catch (RuntimeException failure) {
            fd.close();
            throw failure;
        }
    }
}
