package org.jsocat.plugin.unix;

import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.plugin.socket.SocketOpening;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.NamedEntry;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.util.List;

/**
 * Sockets that connect to a peer of the UNIX domain.
 *
 * @since 1.0
 */
public final class UnixClient {
    private static final SocketKind STREAM = new SocketKind(Linux.AF_UNIX, Linux.SOCK_STREAM, 0);

    /**
     * In the order of the reference. The kernel refuses a wrong type without telling the server.
     */
    private static final List<Integer> TYPES =
            List.of(Linux.SOCK_STREAM, Linux.SOCK_SEQPACKET, Linux.SOCK_DGRAM);

    private UnixClient() {}

    /** Opens {@code UNIX-CLIENT:name} or {@code ABSTRACT-CLIENT:name}. */
    static Endpoint open(OpenContext context, UnixNames names) {
        context.apply(Phase.EARLY, OptionTarget.NONE);
        return open(context, names, context.parameters().getFirst());
    }

    /**
     * Connects to the socket that an entry of the file system is, whatever type it is of.
     *
     * @throws AddressException when nobody listens there
     */
    public static Endpoint open(OpenContext context, NamedEntry entry) {
        Endpoint endpoint = open(context, UnixNames.PATHS, entry.path());
        try {
            entry.opened();
            return endpoint;
        } catch (RuntimeException | Error failure) {
            endpoint.close();
            throw failure;
        }
    }

    private static Endpoint open(OpenContext context, UnixNames names, String name) {
        SocketAddress.Unix peer = names.peer(context, name);
        UnixSource source = UnixSource.of(context, names);
        SocketKind kind = STREAM.with(context);
        List<Integer> types = context.option(SocketOptions.TYPE).map(List::of).orElse(TYPES);
        if (names == UnixNames.PATHS) {
            new NamedEntry(context, name).unlinkAfterClosing(false);
        }
        int refusal = Errno.EPROTOTYPE;
        for (int type : types) {
            SocketKind tried = new SocketKind(kind.family(), type, kind.protocol());
            try {
                Endpoint endpoint = open(context, tried, source, peer);
                source.unlinkAfterClosing();
                return endpoint;
            } catch (PosixException failure) {
                context.log().debug(failure.getMessage());
                source.unbind();
                refusal = failure.errno();
                if (!isOtherType(names, refusal)) {
                    break;
                }
                context.again(Phase.PREOPEN, Phase.LATE);
            } catch (RuntimeException | Error failure) {
                source.unbind();
                throw failure;
            }
        }
        throw AddressException.retryable(
                context.keyword() + ": " + name + ": " + Errno.text(refusal), refusal);
    }

    private static Endpoint open(
            OpenContext context, SocketKind kind, UnixSource source, SocketAddress.Unix peer) {
        return kind.type() == Linux.SOCK_DGRAM
                ? UnixDatagrams.sendTo(context, kind, source, peer)
                : SocketOpening.endpoint(
                        context, kind, UnixConnect.connected(context, kind, source, peer));
    }

    /** Whether it may be that the peer's socket is of another type. */
    private static boolean isOtherType(UnixNames names, int errno) {
        return errno == Errno.EPROTOTYPE
                || (errno == Errno.ECONNREFUSED && names == UnixNames.ABSTRACT);
    }
}
