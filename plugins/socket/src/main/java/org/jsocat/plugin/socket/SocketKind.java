package org.jsocat.plugin.socket;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;

import java.util.Optional;

/**
 * What socket(2) is called with.
 *
 * @param family {@link Linux#AF_INET} and the like; {@link Linux#AF_UNSPEC} where it depends on the
 *     addresses
 * @param type {@link Linux#SOCK_STREAM} and the like, without flags
 * @param protocol {@link Linux#IPPROTO_TCP} and the like; 0 is the type's usual one
 * @since 1.0
 */
public record SocketKind(int family, int type, int protocol) {
    /** The same in another family. */
    public SocketKind in(int otherFamily) {
        return otherFamily == family ? this : new SocketKind(otherFamily, type, protocol);
    }

    /**
     * The kind with what the options {@code protocol-family}, {@code so-type} and {@code
     * so-protocol} change.
     */
    public SocketKind with(OpenContext context) {
        int newFamily = SocketOptions.family(context, family);
        // TCP has no other type; the reference takes the option and makes a stream all the same
        Optional<Integer> asked = context.option(SocketOptions.TYPE);
        int newType = protocol == Linux.IPPROTO_TCP ? type : asked.orElse(type);
        int newProtocol = context.option(SocketOptions.PROTOCOL).orElse(protocol);
        boolean same = newFamily == family && newType == type && newProtocol == protocol;
        return same ? this : new SocketKind(newFamily, newType, newProtocol);
    }

    /** Whether programs get to know the ports of its addresses, as the reference has it. */
    boolean tellsPorts() {
        return tellsPorts(protocol);
    }

    static boolean tellsPorts(int protocol) {
        return protocol == Linux.IPPROTO_TCP
                || protocol == Linux.IPPROTO_UDP
                || protocol == Linux.IPPROTO_SCTP
                || protocol == Linux.IPPROTO_UDPLITE
                || protocol == Linux.IPPROTO_DCCP;
    }

    /** Whether message boundaries are kept. */
    public boolean keepsPackets() {
        return type != Linux.SOCK_STREAM;
    }

    /** Why this kernel cannot make such a socket, or empty where it can. */
    public Optional<String> lacking() {
        int tried = family == Linux.AF_UNSPEC ? Linux.AF_INET : family;
        int result = Libc.socket(tried, type | Linux.SOCK_CLOEXEC, protocol);
        if (result >= 0) {
            Libc.close(result);
            return Optional.empty();
        }
        boolean unknown =
                result == -Errno.EPROTONOSUPPORT
                        || result == -Errno.ESOCKTNOSUPPORT
                        || result == -Errno.EAFNOSUPPORT;
        String call = "socket(" + tried + ", " + type + ", " + protocol + "): ";
        return unknown
                ? Optional.of("this kernel lacks it: " + call + Errno.text(-result))
                : Optional.empty();
    }

    /** Whether datagrams of this protocol go from port to port. */
    public boolean hasPorts() {
        return protocol == Linux.IPPROTO_UDP || protocol == Linux.IPPROTO_UDPLITE;
    }

    /**
     * Makes a socket, non-blocking and close-on-exec, and applies the options of the phases
     * PRESOCKET to PASTSOCKET.
     *
     * @return the socket, which the caller closes
     * @throws PosixException when socket(2) fails
     */
    public Fd open(OpenContext context) {
        context.apply(Phase.PRESOCKET, OptionTarget.NONE);
        context.apply(Phase.SOCKET, OptionTarget.NONE);
        int number =
                PosixException.check(
                        Libc.socket(family, type | Linux.SOCK_NONBLOCK, protocol),
                        () -> "socket(" + family + ", " + type + ", " + protocol + ")");
        context.log().debug("socket({}, {}, {}) -> {}", family, type, protocol, number);
        Fd socket = new Fd(number);
        // The reference takes it on every socket, also where nothing is connected.
        context.option(SocketOptions.CONNECT_TIMEOUT);
        try {
            context.apply(Phase.PASTSOCKET, OptionTarget.of(socket));
        } catch (RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
        return socket;
    }
}
