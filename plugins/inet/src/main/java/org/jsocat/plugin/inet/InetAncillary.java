package org.jsocat.plugin.inet;

import org.jsocat.plugin.socket.AncillaryField;
import org.jsocat.plugin.socket.AncillaryReader;
import org.jsocat.plugin.socket.SocketAncillary;
import org.jsocat.spi.posix.ControlMessage;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;
import org.slf4j.Logger;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Ancillary data of IPv4 and IPv6. Source: ip(7), ipv6(7), RFC 3542.
 *
 * @since 1.0
 */
public final class InetAncillary {
    /** Understands what sockets of any family tell, and those of IP. */
    public static final AncillaryReader READER =
            AncillaryReader.SOCKET.or(InetAncillary::read4).or(InetAncillary::read6);

    private static final int IPV6_FLOWINFO = 11;
    private static final int ICMP = 2;
    private static final int ICMP6 = 3;

    /** Messages of IPv6 that are shown as they are. */
    private static final Map<Integer, String> PLAIN_6 =
            Map.of(
                    Linux.IPV6_RTHDR,
                    "rthdr",
                    Linux.IPV6_AUTHHDR,
                    "authhdr",
                    Linux.IPV6_DSTOPTS,
                    "dstopts",
                    Linux.IPV6_HOPOPTS,
                    "hopopts",
                    IPV6_FLOWINFO,
                    "flowinfo");

    private InetAncillary() {}

    private static List<AncillaryField> read4(ControlMessage message, Logger log) {
        if (message.level() != Linux.SOL_IP) {
            return List.of();
        }
        byte[] data = message.data();
        return switch (message.type()) {
            case Linux.IP_PKTINFO -> packetInfo(data, log);
            case Linux.IP_RECVERR -> error(data, log);
            case Linux.IP_OPTIONS, Linux.IP_RECVOPTS ->
                    List.of(AncillaryField.of("IP_OPTIONS", "options", SocketAncillary.hex(data)));
            case Linux.IP_TOS -> number("IP_TOS", "tos", data, log);
            case Linux.IP_TTL -> number("IP_TTL", "ttl", data, log);
            default ->
                    List.of(
                            AncillaryField.of(
                                    "IP", "type_" + message.type(), SocketAncillary.hex(data)));
        };
    }

    private static List<AncillaryField> packetInfo(byte[] data, Logger log) {
        String name = Libc.ifIndextoname(bytes(data).getInt(0));
        String local = host4(data, 4);
        String destination = host4(data, 8);
        log.info(
                "Ancillary message: interface \"{}\", locaddr={}, dstaddr={}",
                name,
                local,
                destination);
        return List.of(
                AncillaryField.of("IP_PKTINFO", "if", "IP_IF", name),
                AncillaryField.of("IP_PKTINFO", "locaddr", "IP_LOCADDR", local),
                AncillaryField.of("IP_PKTINFO", "dstaddr", "IP_DSTADDR", destination));
    }

    private static String host4(byte[] data, int at) {
        return new SocketAddress.Inet4(Arrays.copyOfRange(data, at, at + 4), 0).host();
    }

    private static List<AncillaryField> number(String type, String name, byte[] data, Logger log) {
        String value =
                data.length == 1
                        ? Integer.toString(data[0] & 0xff)
                        : Integer.toUnsignedString(bytes(data).getInt(0));
        log.info("Ancillary message: {}={}", name, value);
        return List.of(AncillaryField.of(type, name, value));
    }

    /** A struct sock_extended_err and, where an ICMP message was the cause, who sent it. */
    private static List<AncillaryField> error(byte[] data, Logger log) {
        ByteBuffer error = bytes(data);
        int errno = error.getInt(0);
        int origin = data[4] & 0xff;
        int type = data[5] & 0xff;
        int code = data[6] & 0xff;
        int info = error.getInt(8);
        int more = error.getInt(12);
        String what =
                "type " + type + ", code " + code + ", info " + info + ", data " + more + ", ";
        switch (origin) {
            case ICMP ->
                    log.info(
                            "received ICMP from {}, {}resulting in errno {}",
                            host4(data, 20),
                            what,
                            errno);
            case ICMP6 -> log.info("received ICMP {}resulting in errno {}", what, errno);
            default ->
                    log.info(
                            "received error message origin {}, {}generating errno {}",
                            origin,
                            what,
                            errno);
        }
        return List.of(
                errorField("errno", errno),
                errorField("origin", origin),
                errorField("type", type),
                errorField("code", code),
                errorField("info", info),
                errorField("data", more));
    }

    private static AncillaryField errorField(String name, int value) {
        return AncillaryField.of("IP_RECVERR", name, Integer.toUnsignedString(value));
    }

    private static List<AncillaryField> read6(ControlMessage message, Logger log) {
        if (message.level() != Linux.SOL_IPV6) {
            return List.of();
        }
        byte[] data = message.data();
        int type = message.type();
        if (type == Linux.IPV6_PKTINFO) {
            String host = new SocketAddress.Inet6(Arrays.copyOf(data, 16), 0, 0, 0).host();
            String name = Libc.ifIndextoname(bytes(data).getInt(16));
            return List.of(
                    AncillaryField.of("IPV6_PKTINFO", "dstaddr", "IPV6_DSTADDR", host),
                    AncillaryField.of("IPV6_PKTINFO", "if", "IPV6_IF", name));
        }
        if (type == Linux.IPV6_HOPLIMIT) {
            String value = Integer.toString(bytes(data).getInt(0));
            return List.of(AncillaryField.of("IPV6_HOPLIMIT", "hoplimit", value));
        }
        if (type == Linux.IPV6_TCLASS) {
            int value = Integer.reverseBytes(bytes(data).getInt(0));
            byte[] swapped =
                    ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
            return List.of(
                    AncillaryField.of("IPV6_TCLASS", "tclass", SocketAncillary.hex(swapped)));
        }
        String name = PLAIN_6.get(type);
        String value = SocketAncillary.hex(data);
        return List.of(
                name == null
                        ? AncillaryField.of("IPV6." + type, "data", value)
                        : AncillaryField.of("IPV6_" + name.toUpperCase(Locale.ROOT), name, value));
    }

    private static ByteBuffer bytes(byte[] data) {
        return ByteBuffer.wrap(data).order(ByteOrder.nativeOrder());
    }
}
