package org.jsocat.plugin.rawip;

import org.jsocat.plugin.inet.InetDatagrams;
import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses IP-SENDTO, IP-DATAGRAM, IP-RECVFROM and IP-RECV, for both versions and each. */
public final class RawIpAddresses implements AddressProvider {
    private static final Parameters PEER = Parameters.of(":<host>:<protocol>", 2);
    private static final Parameters PROTOCOL = Parameters.of(":<protocol>", 1);
    private static final int MOST = 255;

    /** Decimal, hexadecimal or octal, as strtoul(3) reads it. */
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*");

    /** For {@link java.util.ServiceLoader}. */
    public RawIpAddresses() {}

    @Override
    public List<String> features() {
        return List.of("IP4", "IP6", "RAWIP");
    }

    @Override
    public List<String> needs(AddressType type) {
        return List.of("raw sockets (CAP_NET_RAW)");
    }

    @Override
    public List<AddressType> addressTypes() {
        List<AddressType> types = new ArrayList<>();
        add(types, "IP", Linux.AF_UNSPEC, "IP4", "IP6");
        add(types, "IP4", Linux.AF_INET, "IP4");
        add(types, "IP6", Linux.AF_INET6, "IP6");
        return types;
    }

    private static void add(List<AddressType> types, String name, int family, String... versions) {
        types.add(
                AddressType.named(name + "-SENDTO")
                        .summary(
                                "sends datagrams to a peer and receives what comes from its"
                                        + " address")
                        .alias(name, name + "-SEND")
                        .groups(groups(versions))
                        .opens(
                                PEER,
                                Direction.BOTH,
                                at ->
                                        InetDatagrams.sendTo(
                                                at, kind(at, family), host(at), Optional.empty())));
        types.add(
                AddressType.named(name + "-DATAGRAM")
                        .summary(
                                "sends datagrams to an address, also of many hosts, and receives"
                                        + " from any")
                        .alias(name + "-DGRAM")
                        .groups(groups(versions, "RANGE"))
                        .opens(
                                PEER,
                                Direction.BOTH,
                                at ->
                                        InetDatagrams.datagram(
                                                at, kind(at, family), host(at), Optional.empty())));
        types.add(
                AddressType.named(name + "-RECVFROM")
                        .summary("receives one datagram and answers its sender")
                        .groups(groups(versions, "CHILD", "RANGE"))
                        .listens(
                                PROTOCOL,
                                Direction.BOTH,
                                at ->
                                        InetDatagrams.receiveFrom(
                                                at, kind(at, family), Optional.empty())));
        types.add(
                AddressType.named(name + "-RECV")
                        .summary("receives datagrams from any sender")
                        .groups(groups(versions, "RANGE"))
                        .opens(
                                PROTOCOL,
                                Direction.READ,
                                at ->
                                        InetDatagrams.receive(
                                                at, kind(at, family), Optional.empty())));
    }

    private static String[] groups(String[] versions, String... special) {
        List<String> groups = new ArrayList<>(List.of("FD", "SOCKET"));
        groups.addAll(List.of(special));
        groups.addAll(List.of(versions));
        return groups.toArray(String[]::new);
    }

    private static String host(OpenContext context) {
        return context.parameters().getFirst();
    }

    private static SocketKind kind(OpenContext context, int family) {
        return new SocketKind(family, Linux.SOCK_RAW, protocol(context));
    }

    /** What follows the number is only worth a warning, as in the reference. */
    private static int protocol(OpenContext context) {
        String text = context.parameters().getLast();
        Matcher number = NUMBER.matcher(text);
        int end = number.lookingAt() ? number.end() : 0;
        if (end < text.length()) {
            context.log().warn("\"{}\": trailing garbage in protocol specification", text);
        }
        long protocol = end == 0 ? 0 : decode(text.substring(0, end));
        if (protocol > MOST) {
            throw AddressException.usage(
                    "\"" + text + "\": protocol number exceeds " + MOST + " (" + protocol + ")");
        }
        return (int) protocol;
    }

    private static long decode(String number) {
        try {
            return Long.decode(number);
        } catch (NumberFormatException tooLong) {
            return Long.MAX_VALUE;
        }
    }
}
