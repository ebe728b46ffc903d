package org.jsocat.plugin.inet;

import org.jsocat.plugin.socket.SocketActions;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.NestedLexer;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.OptionType;
import org.jsocat.spi.OptionValueException;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The options that join multicast groups. Their values are hosts and interfaces, separated by
 * colons; hosts are resolved when the option takes effect, because only then the version of IP is
 * known.
 *
 * @param parts the hosts and interfaces as written, two or three
 */
record Membership(List<String> parts) {
    /** {@code GROUP:ADDRESS}, {@code GROUP:INTERFACE} or {@code GROUP:ADDRESS:INTERFACE}. */
    static final OptionType<Membership> MREQN =
            new Type(
                    "STRUCT-IP_MREQN",
                    2,
                    3,
                    "group:address, group:interface or group:address:interface");

    /** {@code GROUP:ADDRESS:SOURCE}. */
    static final OptionType<Membership> MREQ_SOURCE =
            new Type("IP-MREQ-SOURCE", 3, 3, "group:address:source");

    /** {@code GROUP:INTERFACE:SOURCE}. */
    static final OptionType<Membership> GROUP_SOURCE =
            new Type("GENERIC", 3, 3, "group:interface:source");

    private static final NestedLexer.Syntax PART = NestedLexer.Syntax.bracketed(":");
    private static final int STORAGE_BYTES = SocketAddress.MAX_BYTES;

    private record Type(String name, int least, int most, String form)
            implements OptionType<Membership> {
        @Override
        public Membership parse(Optional<String> text) {
            String all = text.orElseThrow(() -> new OptionValueException("value required"));
            List<String> parts = new ArrayList<>(3);
            int at = 0;
            while (at <= all.length()) {
                NestedLexer.Token part = NestedLexer.read(all, at, PART);
                if (!part.closed()) {
                    throw new OptionValueException(
                            "syntax error in \"" + all + "\"; " + form + " is accepted");
                }
                parts.add(part.value());
                at = part.end() + 1;
            }
            if (parts.size() < least || parts.size() > most) {
                throw new OptionValueException(
                        "\"" + all + "\" does not fit; " + form + " is accepted");
            }
            return new Membership(List.copyOf(parts));
        }
    }

    /** IP_ADD_MEMBERSHIP with struct ip_mreqn (ip(7)). */
    static void join(OpenContext context, OptionTarget target, Membership value) {
        int group = inet4(context, value.parts.get(0));
        int address = 0;
        int index = 0;
        String second = value.parts.get(1);
        if (value.parts.size() == 3) {
            address = inet4(context, second);
            index =
                    requiredInterface(
                            value.parts.get(2),
                            "cannot resolve interface \"" + value.parts.get(2) + "\"");
        } else {
            index = interfaceIndex(second);
            if (index < 0) {
                index = 0;
                address = inet4(context, second);
            }
        }
        ByteBuffer mreqn = buffer(12).putInt(group).putInt(address).putInt(index);
        String shown = "{" + hex(group) + "," + hex(address) + "," + index + "}";
        SocketActions.set(target, Linux.SOL_IP, Linux.IP_ADD_MEMBERSHIP, mreqn.array(), shown);
    }

    /** IP_ADD_SOURCE_MEMBERSHIP with struct ip_mreq_source (ip(7)). */
    static void joinSource(OpenContext context, OptionTarget target, Membership value) {
        int group = inet4(context, value.parts.get(0));
        int address = inet4(context, value.parts.get(1));
        int source = inet4(context, value.parts.get(2));
        ByteBuffer request = buffer(12).putInt(group).putInt(address).putInt(source);
        String shown = "{" + hex(group) + "," + hex(address) + "," + hex(source) + "}";
        SocketActions.set(
                target, Linux.SOL_IP, Linux.IP_ADD_SOURCE_MEMBERSHIP, request.array(), shown);
    }

    /** IPV6_JOIN_GROUP with struct ipv6_mreq (ipv6(7)). */
    static void join6(OpenContext context, OptionTarget target, Membership value) {
        SocketAddress.Inet6 group = inet6(context, value.parts.get(0));
        int index =
                requiredInterface(
                        value.parts.get(1), "interface \"" + value.parts.get(1) + "\" not found");
        ByteBuffer request = buffer(20).put(group.address()).putInt(index);
        SocketActions.set(
                target,
                Linux.SOL_IPV6,
                Linux.IPV6_JOIN_GROUP,
                request.array(),
                "{...," + hex(index) + "}");
    }

    /** MCAST_JOIN_SOURCE_GROUP with struct group_source_req (RFC 3678). */
    static void joinSource6(OpenContext context, OptionTarget target, Membership value) {
        int index =
                requiredInterface(
                        value.parts.get(1), "interface \"" + value.parts.get(1) + "\" not found");
        byte[] group = inet6(context, value.parts.get(0)).bytes();
        byte[] source = inet6(context, value.parts.get(2)).bytes();
        ByteBuffer request = buffer(8 + 2 * STORAGE_BYTES).putInt(index);
        request.position(8).put(group).position(8 + STORAGE_BYTES).put(source);
        SocketActions.set(
                target,
                Linux.SOL_IPV6,
                Linux.MCAST_JOIN_SOURCE_GROUP,
                request.array(),
                "{" + index + ",...}");
    }

    private static int inet4(OpenContext context, String host) {
        SocketAddress address = InetAddresses.of(context).host(host, Linux.AF_INET);
        return ByteBuffer.wrap(((SocketAddress.Inet4) address).address())
                .order(ByteOrder.nativeOrder())
                .getInt();
    }

    private static SocketAddress.Inet6 inet6(OpenContext context, String host) {
        return (SocketAddress.Inet6) InetAddresses.of(context).host(host, Linux.AF_INET6);
    }

    private static int requiredInterface(String text, String message) {
        int index = interfaceIndex(text);
        if (index < 0) {
            throw AddressException.fatal(message);
        }
        return index;
    }

    /** The index of an interface given by name or number, or a negated errno. */
    private static int interfaceIndex(String text) {
        boolean number =
                !text.isEmpty()
                        && text.chars().allMatch(c -> c >= '0' && c <= '9')
                        && text.length() < 10;
        return number ? Integer.parseInt(text) : Libc.ifNametoindex(text);
    }

    private static String hex(int value) {
        return "0x" + String.format("%08x", value);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }
}
