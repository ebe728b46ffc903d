package org.jsocat.plugin.inet;

import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NameService;
import org.jsocat.spi.posix.SocketAddress;

import java.util.Optional;

/**
 * Hosts and ports that are plain numbers, which is what most relays connect to: {@code
 * 127.0.0.1:80}, {@code [::1]:80}. Rarer forms ({@code 127.1}, {@code fe80::1%eth0}) are left to
 * libc.
 */
final class NumericAddress {
    private static final byte[] ANY_4 = new byte[4];
    private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
    private static final byte[] ANY_6 = new byte[16];
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private NumericAddress() {}

    /**
     * The address, or empty where libc has to say what is meant.
     *
     * @param host no host is the wildcard address or the loopback one, by {@link
     *     NameService#AI_PASSIVE}
     */
    static Optional<SocketAddress> of(
            Optional<String> host, Optional<String> service, int family, int flags) {
        int port = service.map(NumericAddress::port).orElse(0);
        if (port < 0 || (flags & (NameService.AI_V4MAPPED | NameService.AI_ALL)) != 0) {
            return Optional.empty();
        }
        if (host.isEmpty()) {
            boolean any = (flags & NameService.AI_PASSIVE) != 0;
            return switch (family) {
                case Linux.AF_INET ->
                        Optional.of(new SocketAddress.Inet4(any ? ANY_4 : LOOPBACK_4, port));
                case Linux.AF_INET6 ->
                        Optional.of(new SocketAddress.Inet6(any ? ANY_6 : LOOPBACK_6, port, 0, 0));
                default -> Optional.empty();
            };
        }
        if (family != Linux.AF_INET6) {
            byte[] bytes = inet4(host.get());
            if (bytes.length == 4) {
                return Optional.of(new SocketAddress.Inet4(bytes, port));
            }
        }
        if (family != Linux.AF_INET) {
            byte[] bytes = inet6(host.get());
            if (bytes.length == 16) {
                return Optional.of(new SocketAddress.Inet6(bytes, port, 0, 0));
            }
        }
        return Optional.empty();
    }

    /** A decimal port, or -1. */
    private static int port(String text) {
        if (text.length() > 5) {
            return -1;
        }
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            port = 10 * port + digit;
        }
        return port > 0xffff ? -1 : port;
    }

    /** Four decimal numbers without leading zeros, or an empty array. */
    static byte[] inet4(String text) {
        byte[] bytes = new byte[4];
        int at = 0;
        for (int i = 0; i < 4; i++) {
            int start = at;
            int number = 0;
            while (at < text.length()
                    && at - start < 3
                    && text.charAt(at) >= '0'
                    && text.charAt(at) <= '9') {
                number = 10 * number + text.charAt(at++) - '0';
            }
            boolean ends =
                    i == 3 ? at == text.length() : at < text.length() && text.charAt(at) == '.';
            if (at == start
                    || !ends
                    || number > 255
                    || (at - start > 1 && text.charAt(start) == '0')) {
                return new byte[0];
            }
            bytes[i] = (byte) number;
            at++;
        }
        return bytes;
    }

    /** Groups of hexadecimal digits, one gap at most, or an empty array. */
    static byte[] inet6(String text) {
        byte[] bytes = new byte[16];
        int filled = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int start = at;
            int number = 0;
            while (at < text.length()
                    && at - start < 4
                    && Character.digit(text.charAt(at), 16) >= 0) {
                number = number << 4 | Character.digit(text.charAt(at++), 16);
            }
            if (at == start || filled == 16) {
                return new byte[0];
            }
            bytes[filled++] = (byte) (number >> 8);
            bytes[filled++] = (byte) number;
            if (at == text.length()) {
                break;
            }
            if (text.charAt(at++) != ':' || at == text.length()) {
                return new byte[0];
            }
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return new byte[0];
                }
                gap = filled;
                at++;
            }
        }
        if (gap < 0 ? filled != 16 : filled == 16) {
            return new byte[0];
        }
        if (gap >= 0) {
            int tail = filled - gap;
            System.arraycopy(bytes, gap, bytes, 16 - tail, tail);
            java.util.Arrays.fill(bytes, gap, 16 - tail, (byte) 0);
        }
        return bytes;
    }
}
