package org.jsocat.plugin.socket;

import static org.jsocat.spi.posix.Linux.SOL_SOCKET;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionType;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.OptionTypes.Three;
import org.jsocat.spi.Phase;
import org.jsocat.spi.SocketOption;
import org.jsocat.spi.posix.Linux;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The option group SOCKET: what kind of socket is made, when it ends, and what acts on it while it
 * is open.
 *
 * @since 1.0
 */
public final class SocketOptions implements OptionGroup {
    /** The protocol family by name or number; see {@link #family}. */
    public static final Option<String> FAMILY =
            Option.of("protocol-family", OptionTypes.STRING, Phase.PRESOCKET).usually("pf");

    /** The type of the socket, a number such as {@code SOCK_STREAM}. */
    public static final Option<Integer> TYPE =
            Option.of("so-type", OptionTypes.INT, Phase.SOCKET).usually("type").alias("socktype");

    /** The protocol, a number. */
    public static final Option<Integer> PROTOCOL =
            Option.of("so-protocol", OptionTypes.INT, Phase.SOCKET)
                    .usually("protocol")
                    .alias("prototype", "so-prototype");

    /** An empty packet is the end of the stream. */
    public static final Option<Boolean> NULL_EOF =
            Option.of("null-eof", OptionTypes.BOOL, Phase.OFFSET);

    /** The local address. */
    public static final Option<String> BIND = Option.of("bind", OptionTypes.STRING, Phase.BIND);

    /** How long connecting may take; 0 leaves it to the kernel. */
    public static final Option<Duration> CONNECT_TIMEOUT =
            Option.of("connect-timeout", OptionTypes.TIMEVAL, Phase.PASTSOCKET);

    /** Whether a local address may be used again; listeners of TCP have it on by themselves. */
    public static final Option<Optional<Integer>> REUSEADDR =
            Option.of(
                            "so-reuseaddr",
                            OptionTypes.INT_NULL,
                            Phase.PREBIND,
                            SocketActions::reuseAddress)
                    .usually("reuseaddr");

    private static final List<Option<?>> ROWS =
            List.of(
                    NULL_EOF,
                    FAMILY,
                    PROTOCOL,
                    TYPE,
                    BIND,
                    CONNECT_TIMEOUT,
                    Option.of(
                            "fiosetown",
                            OptionTypes.INT,
                            Phase.PASTSOCKET,
                            SocketActions.ioctl(SocketActions.FIOSETOWN)),
                    Option.of(
                                    "setsockopt",
                                    OptionTypes.INT_INT_BIN,
                                    Phase.CONNECTED,
                                    SocketActions::setBytes)
                            .usually("sockopt"),
                    bytes("setsockopt-bin", "sockopt-bin", Phase.CONNECTED),
                    bytes("setsockopt-connected", "sockopt-conn", Phase.CONNECTED),
                    Option.of(
                                    "setsockopt-int",
                                    OptionTypes.INT_INT_INT,
                                    Phase.CONNECTED,
                                    SocketActions::setInt)
                            .usually("sockopt-int"),
                    bytes("setsockopt-listen", "sockopt-listen", Phase.PREBIND),
                    bytes("setsockopt-socket", "sockopt-sock", Phase.PASTSOCKET),
                    Option.of(
                                    "setsockopt-string",
                                    OptionTypes.INT_INT_STRING,
                                    Phase.CONNECTED,
                                    SocketActions::setString)
                            .usually("sockopt-string"),
                    Option.of(
                            "siocspgrp",
                            OptionTypes.INT,
                            Phase.PASTSOCKET,
                            SocketActions.ioctl(SocketActions.SIOCSPGRP)),
                    number("acceptconn", Linux.SO_ACCEPTCONN),
                    number("attachfilter", Linux.SO_ATTACH_FILTER, "so-attach-filter")
                            .alias("attach-filter"),
                    row("bindtodevice", OptionTypes.STRING, Phase.PASTSOCKET, Linux.SO_BINDTODEVICE)
                            .usually("if")
                            .alias("bindtodevice", "interface"),
                    number("broadcast", Linux.SO_BROADCAST),
                    number("bsdcompat", Linux.SO_BSDCOMPAT),
                    number("debug", Linux.SO_DEBUG),
                    number("detachfilter", Linux.SO_DETACH_FILTER, "so-detach-filter")
                            .alias("detach-filter"),
                    number("dontroute", Linux.SO_DONTROUTE),
                    number("error", Linux.SO_ERROR),
                    row("keepalive", OptionTypes.INT, Phase.FD, Linux.SO_KEEPALIVE)
                            .usually("keepalive"),
                    row("linger", OptionTypes.LINGER, Phase.PASTSOCKET, Linux.SO_LINGER)
                            .usually("linger"),
                    number("nocheck", Linux.SO_NO_CHECK, "so-no-check").alias("no-check"),
                    number("oobinline", Linux.SO_OOBINLINE),
                    number("passcred", Linux.SO_PASSCRED),
                    row("peercred", SocketActions.INT_3, Phase.PASTSOCKET, Linux.SO_PEERCRED)
                            .usually("peercred"),
                    number("priority", Linux.SO_PRIORITY),
                    number("rcvbuf", Linux.SO_RCVBUF).alias("recvbuf"),
                    row("rcvbuf-late", OptionTypes.INT, Phase.LATE, Linux.SO_RCVBUF)
                            .usually("rcvbuf-late"),
                    number("rcvlowat", Linux.SO_RCVLOWAT),
                    row("rcvtimeo", OptionTypes.TIMEVAL, Phase.PASTSOCKET, Linux.SO_RCVTIMEO)
                            .usually("rcvtimeo"),
                    REUSEADDR,
                    row("reuseport", OptionTypes.INT, Phase.PREBIND, Linux.SO_REUSEPORT)
                            .usually("reuseport"),
                    number(
                                    "securityauthentication",
                                    Linux.SO_SECURITY_AUTHENTICATION,
                                    "so-security-authentication")
                            .alias("security-authentication"),
                    number(
                                    "securityencryptionnetwork",
                                    Linux.SO_SECURITY_ENCRYPTION_NETWORK,
                                    "so-security-encryption-network")
                            .alias("security-encryption-network"),
                    number(
                                    "securityencryptiontransport",
                                    Linux.SO_SECURITY_ENCRYPTION_TRANSPORT,
                                    "so-security-encryption-transport")
                            .alias("security-encryption-transport"),
                    number("sndbuf", Linux.SO_SNDBUF),
                    row("sndbuf-late", OptionTypes.INT, Phase.LATE, Linux.SO_SNDBUF)
                            .usually("sndbuf-late"),
                    number("sndlowat", Linux.SO_SNDLOWAT),
                    row("sndtimeo", OptionTypes.TIMEVAL, Phase.PASTSOCKET, Linux.SO_SNDTIMEO)
                            .usually("sndtimeo"),
                    number("timestamp", Linux.SO_TIMESTAMP));

    /** Options of AIX, Solaris and the BSDs. */
    private static final List<String> ELSEWHERE =
            List.of(
                    "audit",
                    "so-audit",
                    "cksumrecv",
                    "so-cksumrecv",
                    "dgram-errind",
                    "dgramerrind",
                    "so-dgram-errind",
                    "dontlinger",
                    "so-dontlinger",
                    "kernaccept",
                    "so-kernaccept",
                    "noreuseaddr",
                    "so-noreuseaddr",
                    "use-ifbufs",
                    "useifbufs",
                    "so-use-ifbufs",
                    "useloopback",
                    "so-useloopback");

    /** For {@link java.util.ServiceLoader}. */
    public SocketOptions() {}

    @Override
    public String name() {
        return "SOCKET";
    }

    @Override
    public List<Option<?>> options() {
        return ROWS;
    }

    @Override
    public List<String> elsewhere() {
        return ELSEWHERE;
    }

    /**
     * The protocol family that the option {@code pf} names.
     *
     * @param byDefault what holds where the option is not given
     * @return a number such as {@code AF_UNIX}
     * @throws AddressException where the name is not known
     */
    public static int family(OpenContext context, int byDefault) {
        String name = context.option(FAMILY).orElse("");
        if (name.isEmpty()) {
            return byDefault;
        }
        if (Character.isDigit(name.charAt(0))) {
            return OptionTypes.INT.parse(Optional.of(name));
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "inet", "inet4", "ip4", "ipv4" -> Linux.AF_INET;
            case "inet6", "ip6", "ipv6" -> Linux.AF_INET6;
            default -> throw AddressException.usage("unknown protocol family \"" + name + "\"");
        };
    }

    /** A number set after socket(2), named {@code so-NAME}. */
    private static Option<Integer> number(String usualName, int option) {
        return number(usualName, option, "so-" + usualName);
    }

    private static Option<Integer> number(String usualName, int option, String name) {
        return SocketOption.row(name, OptionTypes.INT, Phase.PASTSOCKET, SOL_SOCKET, option)
                .usually(usualName);
    }

    private static <T> Option<T> row(String name, OptionType<T> type, Phase phase, int option) {
        return SocketOption.row("so-" + name, type, phase, SOL_SOCKET, option);
    }

    private static Option<Three<Integer, Integer, byte[]>> bytes(
            String name, String usualName, Phase phase) {
        return Option.of(name, OptionTypes.INT_INT_BIN, phase, SocketActions::setBytes)
                .usually(usualName);
    }
}
