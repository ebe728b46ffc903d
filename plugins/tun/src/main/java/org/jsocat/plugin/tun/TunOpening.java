package org.jsocat.plugin.tun;

import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.DescriptorEndpoint.End;
import org.jsocat.spi.DescriptorEndpoint.Shutdown;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OpenOptions;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NativeStrings;
import org.jsocat.spi.posix.PosixException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;

/** A new network interface whose packets are read from and written to a descriptor. */
final class TunOpening {
    private static final String USUAL_DEVICE = "/dev/net/tun";
    private static final int TUNSETIFF = 0x400454ca;
    private static final int IFF_TUN = 1;
    private static final int IFF_TAP = 2;
    private static final int IFF_NO_PI = 0x1000;
    private static final int MOST_BITS = 32;

    private TunOpening() {}

    /** An address and the length of its network's prefix. */
    @SuppressWarnings("ArrayRecordComponent") // read once, not compared
    private record Network(byte[] address, int bits) {
        static Network parse(String text) {
            int slash = text.indexOf('/');
            if (slash < 0) {
                throw AddressException.usage(
                        "xioparsenetwork_ip4(\"" + text + "\",,): missing netmask delimiter");
            }
            return new Network(address(text.substring(0, slash)), bits(text, slash + 1));
        }

        private static byte[] address(String text) {
            try {
                return Inet4Address.ofLiteral(text).getAddress();
            } catch (IllegalArgumentException notAnAddress) {
                throw AddressException.usage("\"" + text + "\" is not an address of IPv4");
            }
        }

        private static int bits(String text, int start) {
            int bits;
            try {
                bits = Integer.parseUnsignedInt(text, start, text.length(), 10);
            } catch (NumberFormatException notANumber) {
                throw AddressException.usage("not a valid IPv4 netmask in \"" + text + "\"");
            }
            if (bits > MOST_BITS || bits < 0) {
                throw AddressException.usage("IPv4 netmask \"" + text + "\" is too large");
            }
            return bits;
        }
    }

    /** Opens {@code TUN} and {@code TUN:address/bits}. */
    static Endpoint open(OpenContext context) {
        Network network =
                context.parameters().isEmpty()
                        ? null
                        : Network.parse(context.parameters().getFirst());
        int type = type(context);
        String device = context.option(InterfaceOptions.DEVICE).orElse(USUAL_DEVICE);
        context.apply(Phase.EARLY, OptionTarget.NONE);
        context.log().info("creating tunnel network interface");
        int access =
                switch (context.direction()) {
                    case READ -> Linux.O_RDONLY;
                    case WRITE -> Linux.O_WRONLY;
                    case BOTH -> Linux.O_RDWR;
                };
        Fd fd = Fd.open(device, OpenOptions.flags(context, access), 0);
        try {
            context.apply(Phase.PASTOPEN, OptionTarget.of(device));
            String name = create(context, fd, type);
            context.log().info("TUN: new device \"{}\"", name);
            try (NetworkInterface made = new NetworkInterface(name)) {
                if (network != null) {
                    made.address(network.address, network.bits);
                }
                made.applyFlags(context);
                made.applyMtu(context);
            }
            return endpoint(context, fd, type);
        } catch (RuntimeException | Error failure) {
            fd.close();
            throw failure;
        }
    }

    private static int type(OpenContext context) {
        String type = context.option(InterfaceOptions.TYPE).orElse("tun");
        int flags =
                switch (type) {
                    case "tun" -> IFF_TUN;
                    case "tap" -> IFF_TAP;
                    default -> throw AddressException.usage("unknown tun-type \"" + type + "\"");
                };
        return context.flag(InterfaceOptions.NO_HEADER) ? flags | IFF_NO_PI : flags;
    }

    private static Framing framing(int type) {
        boolean bare = (type & IFF_NO_PI) != 0;
        if ((type & IFF_TAP) != 0) {
            return bare ? Framing.ETHERNET : Framing.TAGGED_ETHERNET;
        }
        return bare ? Framing.IP : Framing.TAGGED_IP;
    }

    /** Makes the interface, which lives as long as the descriptor: gives its name. */
    private static String create(OpenContext context, Fd fd, int type) {
        String wanted = context.option(InterfaceOptions.NAME).orElse("");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = NetworkInterface.request(arena, wanted);
            request.set(ValueLayout.JAVA_SHORT, NetworkInterface.NAME_BYTES, (short) type);
            PosixException.check(
                    Libc.ioctl(fd.number(), TUNSETIFF, request),
                    () -> "ioctl(" + fd + ", TUNSETIFF, {\"" + wanted + "\"}");
            byte[] name =
                    request.asSlice(0, NetworkInterface.NAME_BYTES).toArray(ValueLayout.JAVA_BYTE);
            int length = 0;
            while (length < name.length && name[length] != 0) {
                length++;
            }
            return NativeStrings.decode(name, 0, length);
        }
    }

    private static Endpoint endpoint(OpenContext context, Fd fd, int type) {
        OptionTarget target = OptionTarget.of(fd);
        // Only a packet socket is told of tags; nothing is taken off a packet here.
        context.option(InterfaceOptions.RETRIEVE_VLAN);
        context.apply(Phase.FD, target);
        context.apply(Phase.LATE, target);
        context.apply(Phase.LATE2, target);
        context.apply(Phase.PASTEXEC, target);
        fd.setNonBlocking(true);
        return new TunEndpoint(
                DescriptorEndpoint.over(context, fd)
                        .packets(context.flag(SocketOptions.NULL_EOF))
                        .shutdown(Shutdown.NONE)
                        .end(End.CLOSE),
                framing(type));
    }
}
