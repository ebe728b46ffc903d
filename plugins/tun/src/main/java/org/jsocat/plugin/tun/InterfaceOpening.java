package org.jsocat.plugin.tun;

import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.plugin.socket.SocketOpening;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.DescriptorEndpoint.End;
import org.jsocat.spi.DescriptorEndpoint.Shutdown;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Raw access to a network interface (packet(7)): reads what arrives there, writes what is to leave
 * by it. At the end the interface's flags are as they were.
 */
final class InterfaceOpening {
    private static final int AF_PACKET = 17;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_IGNORE_OUTGOING = 23;

    /** ETH_P_ALL in network order. */
    private static final short ALL_PROTOCOLS = 0x0300;

    /** The size of struct sockaddr_ll behind its family. */
    private static final int ADDRESS_BYTES = 18;

    private InterfaceOpening() {}

    /** Opens {@code INTERFACE:name}. */
    static Endpoint open(OpenContext context) {
        SocketKind kind = new SocketKind(AF_PACKET, Linux.SOCK_RAW, 0).with(context);
        context.apply(Phase.EARLY, OptionTarget.NONE);
        NetworkInterface device = new NetworkInterface(context.parameters().getFirst());
        try {
            device.applyMtu(context);
            int flags = device.flags();
            Fd socket = socket(context, kind, device);
            try {
                context.afterClosing(() -> restore(context, device, flags));
                device.applyFlags(context);
                return endpoint(context, socket);
            } catch (RuntimeException | Error failure) {
                socket.close();
                throw failure;
            }
        } catch (RuntimeException | Error failure) {
            device.close();
            throw failure;
        }
    }

    private static Fd socket(OpenContext context, SocketKind kind, NetworkInterface device) {
        Fd socket = kind.open(context);
        try {
            OptionTarget target = OptionTarget.of(socket);
            context.apply(Phase.FD, target);
            context.apply(Phase.PREBIND, target);
            context.apply(Phase.BIND, target);
            SocketOpening.bind(socket, address(kind.family(), device.index()));
            context.apply(Phase.PASTBIND, target);
            ignoreOutgoing(context, socket);
            context.apply(Phase.CONNECTED, target);
            return socket;
        } catch (RuntimeException | Error failure) {
            socket.close();
            throw failure;
        }
    }

    private static SocketAddress address(int family, int index) {
        byte[] data = new byte[ADDRESS_BYTES];
        ByteBuffer.wrap(data).order(ByteOrder.nativeOrder()).putShort(ALL_PROTOCOLS).putInt(index);
        return new SocketAddress.Raw(family, data);
    }

    /** What leaves by the interface passes the socket too, unless the kernel is told otherwise. */
    private static void ignoreOutgoing(OpenContext context, Fd socket) {
        int result = Libc.setsockopt(socket.number(), SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
        if (result < 0) {
            String call = "setsockopt(" + socket + ", SOL_PACKET, PACKET_IGNORE_OUTGOING, {1})";
            context.log().warn(new PosixException(-result, call).getMessage());
        }
    }

    private static Endpoint endpoint(OpenContext context, Fd socket) {
        boolean tags = context.flag(InterfaceOptions.RETRIEVE_VLAN);
        if (tags) {
            TaggedEndpoint.request(socket);
        }
        OptionTarget target = OptionTarget.of(socket);
        context.apply(Phase.LATE, target);
        context.apply(Phase.LATE2, target);
        context.apply(Phase.PASTEXEC, target);
        DescriptorEndpoint.Builder builder =
                DescriptorEndpoint.over(context, socket)
                        .socket()
                        .packets(context.flag(SocketOptions.NULL_EOF))
                        .shutdown(Shutdown.NONE)
                        .end(End.CLOSE);
        return tags ? new TaggedEndpoint(builder) : builder.build();
    }

    private static void restore(OpenContext context, NetworkInterface device, int flags) {
        try (device) {
            device.flags(flags);
        } catch (PosixException gone) {
            context.log().debug(gone.getMessage());
        }
    }
}
