package org.jsocat.plugin.inet;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.DataNotation;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.OptionValueException;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;

import java.util.Optional;

/**
 * The network that the option {@code range} names: {@code 10.0.0.0/8}, {@code 10.0.0.0:255.0.0.0},
 * {@code [fd00::]/8}, or for generic sockets data with a mask of the same length, {@code
 * x00007f000000:x0000ff000000}.
 *
 * @since 1.0
 */
public final class AddressRange {
    /**
     * Where the host stands in the data of a generic range: behind the port, and in IPv6 behind the
     * flow too.
     */
    private static final int INET_HOST = 2;

    private static final int INET6_HOST = 6;

    private final byte[] network;
    private final byte[] mask;

    /** Whether network and mask are whole socket addresses without the family. */
    private final boolean generic;

    private AddressRange(byte[] network, byte[] mask, boolean generic) {
        this.network = network;
        this.mask = mask;
        this.generic = generic;
        for (int i = 0; i < mask.length; i++) {
            network[i] &= mask[i];
        }
    }

    /**
     * Reads a range.
     *
     * @param family the family in whose form it is written; 0 for data
     * @throws AddressException when it is not of this form, or a name in it cannot be resolved
     */
    public static AddressRange parse(OpenContext context, String text, int family) {
        return switch (family) {
            case Linux.AF_INET -> inet(context, text);
            case Linux.AF_INET6 -> inet6(context, text);
            case Linux.AF_UNSPEC -> data(text);
            default ->
                    throw AddressException.usage(
                            "range option not supported with address family " + family);
        };
    }

    private static AddressRange inet(OpenContext context, String text) {
        int slash = text.indexOf('/');
        int colon = text.indexOf(':');
        if (slash >= 0) {
            int bits =
                    bits(text.substring(slash + 1), "not a valid IPv4 netmask in \"" + text + "\"");
            if (bits > 32) {
                throw AddressException.usage("IPv4 netmask \"" + text + "\" is too large");
            }
            return new AddressRange(host(context, text.substring(0, slash)), mask(bits, 4), false);
        }
        if (colon >= 0) {
            byte[] mask = host(context, text.substring(colon + 1));
            return new AddressRange(host(context, text.substring(0, colon)), mask, false);
        }
        throw AddressException.usage(
                "range \""
                        + text
                        + "\": missing netmask delimiter; <address>/<bits> or <address>:<mask> is"
                        + " accepted");
    }

    private static byte[] host(OpenContext context, String name) {
        SocketAddress address = InetAddresses.of(context).host(name, Linux.AF_INET);
        return ((SocketAddress.Inet4) address).address();
    }

    private static AddressRange inet6(OpenContext context, String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw AddressException.usage(
                    "range \""
                            + text
                            + "\": missing mask bits delimiter '/'; [<address>]/<bits> is"
                            + " accepted");
        }
        if (!text.startsWith("[") || text.charAt(slash - 1) != ']') {
            throw AddressException.usage(
                    "missing brackets for IPv6 range definition \"" + text + "\"");
        }
        int bits = bits(text.substring(slash + 1), "not a valid netmask in \"" + text + "\"");
        if (bits > 128) {
            throw AddressException.usage("netmask \"" + text + "\" is too large");
        }
        SocketAddress address =
                InetAddresses.of(context).host(text.substring(0, slash), Linux.AF_INET6);
        return new AddressRange(((SocketAddress.Inet6) address).address(), mask(bits, 16), false);
    }

    private static int bits(String text, String message) {
        try {
            int bits = OptionTypes.INT.parse(Optional.of(text));
            if (bits >= 0) {
                return bits;
            }
        } catch (OptionValueException notANumber) {
            // told below
        }
        throw AddressException.usage(message);
    }

    static byte[] mask(int bits, int size) {
        byte[] mask = new byte[size];
        for (int i = 0; i < bits; i++) {
            mask[i / 8] |= (byte) (0x80 >> i % 8);
        }
        return mask;
    }

    private static AddressRange data(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw AddressException.usage(
                    "syntax error in range \""
                            + text
                            + "\" of unspecified address family: use <addr>:<mask>");
        }
        try {
            byte[] network = DataNotation.parse(text.substring(0, colon));
            byte[] mask = DataNotation.parse(text.substring(colon + 1));
            if (network.length != mask.length) {
                throw AddressException.usage(
                        "network address is "
                                + network.length
                                + " bytes long, mask is "
                                + mask.length
                                + " bytes long");
            }
            return new AddressRange(network, mask, true);
        } catch (OptionValueException notData) {
            throw AddressException.usage(notData.getMessage());
        }
    }

    /**
     * Whether an address lies in the network; one of a family that has no such networks does not.
     */
    public boolean contains(SocketAddress address) {
        return switch (address) {
            case SocketAddress.Inet4 inet4 -> contains(inet4.address(), INET_HOST);
            case SocketAddress.Inet6 inet6 -> contains(inet6.address(), INET6_HOST);
            default -> false;
        };
    }

    private boolean contains(byte[] host, int offsetInData) {
        int offset = generic ? offsetInData : 0;
        if (!generic && host.length != network.length) {
            return false;
        }
        for (int i = 0; i < host.length; i++) {
            int at = offset + i;
            int masked = at < mask.length ? host[i] & mask[at] : 0;
            int wanted = at < network.length ? network[at] : 0;
            if ((byte) masked != (byte) wanted) {
                return false;
            }
        }
        return true;
    }
}
