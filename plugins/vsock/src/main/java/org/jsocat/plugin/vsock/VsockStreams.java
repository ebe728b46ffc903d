package org.jsocat.plugin.vsock;

import org.jsocat.plugin.socket.PeerFilter;
import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.plugin.socket.SocketOpening;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.plugin.socket.StreamListener;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;

import java.util.Optional;

/** Connections between virtual machines and their host. */
final class VsockStreams {
    private static final SocketKind STREAM = new SocketKind(Linux.AF_VSOCK, Linux.SOCK_STREAM, 0);
    private static final String DEVICE = "/dev/vsock";

    /** VMADDR_CID_ANY and VMADDR_PORT_ANY (vsock(7)). */
    private static final int ANY = -1;

    /** IOCTL_VM_SOCKETS_GET_LOCAL_CID. */
    private static final int GET_LOCAL_CID = 0x7b9;

    private VsockStreams() {}

    /** Opens {@code VSOCK-CONNECT:cid:port}. */
    static Endpoint connect(OpenContext context) {
        SocketKind kind = STREAM.with(context);
        SocketAddress peer =
                new SocketAddress.Vsock(
                        cid(context.parameters().get(0)), port(context.parameters().get(1)));
        Optional<SocketAddress> local =
                context.option(SocketOptions.BIND).map(VsockStreams::address);
        context.apply(Phase.EARLY, OptionTarget.NONE);
        logOwnCid(context);
        context.log().info("opening connection to {}", peer.text());
        SocketOpening opening = SocketOpening.of(context, kind).from(local);
        return SocketOpening.endpoint(context, kind, opening.connect(peer));
    }

    /** Opens {@code VSOCK-LISTEN:port}. */
    static Listener listen(OpenContext context) {
        SocketKind kind = STREAM.with(context);
        int port = port(context.parameters().getFirst());
        int cid = context.option(SocketOptions.BIND).map(text -> address(text).cid()).orElse(ANY);
        context.apply(Phase.EARLY, OptionTarget.NONE);
        logOwnCid(context);
        return StreamListener.open(
                context, kind, new SocketAddress.Vsock(cid, port), PeerFilter.ALL);
    }

    /** {@code cid}, {@code cid:port} or {@code :port}. */
    private static SocketAddress.Vsock address(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new SocketAddress.Vsock(cid(text), ANY)
                : new SocketAddress.Vsock(
                        cid(text.substring(0, colon)), port(text.substring(colon + 1)));
    }

    private static int cid(String text) {
        return text.isEmpty() ? ANY : number("cid", text);
    }

    private static int port(String text) {
        return number("port", text);
    }

    /** Decimal, octal or hexadecimal, without sign, as strtoul(3) reads it. */
    private static int number(String what, String text) {
        try {
            return Math.toIntExact(Long.decode(text)); // up to 2^31 - 1, as most are
        } catch (ArithmeticException large) {
            long value = Long.decode(text);
            if (value == (value & 0xffffffffL)) {
                return (int) value;
            }
            throw wrong(what, text);
        } catch (NumberFormatException notANumber) {
            throw wrong(what, text);
        }
    }

    private static AddressException wrong(String what, String text) {
        int end = 0;
        while (end < text.length() && Character.digit(text.charAt(end), 10) >= 0) {
            end++;
        }
        String garbage = end == text.length() ? text : text.substring(end);
        return AddressException.usage("sockaddr_vm - garbage in " + what + ": \"" + garbage + "\"");
    }

    /** Peers need to know it; that it cannot be told hinders nothing. */
    private static void logOwnCid(OpenContext context) {
        if (!context.log().isInfoEnabled()) {
            return;
        }
        int device = Libc.open(DEVICE, Linux.O_RDONLY, 0);
        if (device < 0) {
            context.log().warn("open(\"{}\", ...): {}", DEVICE, Errno.text(-device));
            return;
        }
        try {
            long cid = Libc.ioctlGetInt(device, GET_LOCAL_CID);
            if (cid < 0 && cid >= -4095) {
                context.log()
                        .warn(
                                "ioctl({}, IOCTL_VM_SOCKETS_GET_LOCAL_CID, ...): {}",
                                device,
                                Errno.text((int) -cid));
            } else {
                context.log().info("VSOCK CID={}", cid & 0xffffffffL);
            }
        } finally {
            Libc.close(device);
        }
    }
}
