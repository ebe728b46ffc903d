package org.jsocat.spi;

import org.jsocat.spi.posix.Linux;

import java.util.List;
import java.util.Locale;

/**
 * The rows of the option group SOCKET that say what kind of socket is made and when it ends. They
 * stand in the SPI because sockets are made by families that do not depend on the socket plugin,
 * which has the other rows: socket pairs, and programs joined by one.
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

    private static final List<Option<?>> ROWS = List.of(NULL_EOF, FAMILY, PROTOCOL, TYPE);

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
            return (int) Numbers.whole(name);
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "inet", "inet4", "ip4", "ipv4" -> Linux.AF_INET;
            case "inet6", "ip6", "ipv6" -> Linux.AF_INET6;
            default -> throw AddressException.usage("unknown protocol family \"" + name + "\"");
        };
    }
}
