package org.jsocat.plugin.inet;

import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NameService;
import org.jsocat.spi.posix.SocketAddress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One end of a connection as rules of access see it: its address, and its name where a rule asks
 * for it. Source: hosts_access(5).
 */
final class AccessHost {
    /** What stands for a name that is not there. */
    static final String UNKNOWN = "unknown";

    private static final String PARANOID = "paranoid";

    private final SocketAddress socketAddress;
    private final byte[] bytes;
    private final String address;
    private Optional<String> name = Optional.empty();

    AccessHost(SocketAddress socketAddress) {
        this.socketAddress = plain(socketAddress);
        bytes = bytes(this.socketAddress);
        address = text(bytes);
    }

    /** An IPv4 address that comes in the form of IPv6 is taken as what it is. */
    private static SocketAddress plain(SocketAddress address) {
        if (address instanceof SocketAddress.Inet6 inet6) {
            byte[] bytes = inet6.address();
            boolean mapped = bytes[10] == -1 && bytes[11] == -1 && isZero(bytes, 10);
            if (mapped) {
                return new SocketAddress.Inet4(Arrays.copyOfRange(bytes, 12, 16), inet6.port());
            }
        }
        return address;
    }

    private static boolean isZero(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(SocketAddress address) {
        return switch (address) {
            case SocketAddress.Inet4 inet4 -> inet4.address();
            case SocketAddress.Inet6 inet6 -> inet6.address();
            default -> new byte[0];
        };
    }

    /** The address in its shortest usual form (RFC 5952). */
    private static String text(byte[] bytes) {
        if (bytes.length == 0) {
            return UNKNOWN;
        }
        if (bytes.length == 4) {
            return new SocketAddress.Inet4(bytes, 0).host();
        }
        StringBuilder text = new StringBuilder();
        int[] gap = longestGap(bytes);
        for (int i = 0; i < 8; i++) {
            if (i == gap[0] && gap[1] > 1) {
                text.append("::");
                i += gap[1] - 1;
            } else {
                boolean first = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(first ? "" : ":").append(Integer.toHexString(group(bytes, i)));
            }
        }
        return text.toString();
    }

    private static int group(byte[] bytes, int i) {
        return (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
    }

    /** Start and length of the longest run of groups that are 0. */
    private static int[] longestGap(byte[] bytes) {
        int[] best = {-1, 0};
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && group(bytes, i + length) == 0) {
                length++;
            }
            if (length > best[1]) {
                best = new int[] {i, length};
            }
        }
        return best;
    }

    /** The address as text. */
    String address() {
        return address;
    }

    /** The port, or 0. */
    int port() {
        return switch (socketAddress) {
            case SocketAddress.Inet4 inet4 -> inet4.port();
            case SocketAddress.Inet6 inet6 -> inet6.port();
            default -> 0;
        };
    }

    /** The name if a rule has asked for it and it is known, else the address. */
    String info() {
        return name.isPresent() && isNameKnown() ? name() : address;
    }

    /**
     * The name, {@code unknown} where there is none, {@code paranoid} where it does not lead back
     * to the address.
     *
     * @throws AccessRefusedException if it cannot be looked up now
     */
    String name() {
        if (name.isEmpty()) {
            name = Optional.of(lookUp());
        }
        return name.get();
    }

    private String lookUp() {
        Optional<String> found = NameService.hostName(socketAddress);
        if (found.isEmpty()) {
            requireDescriptor();
            return UNKNOWN;
        }
        List<SocketAddress> back =
                NameService.addresses(
                                found,
                                Optional.empty(),
                                0,
                                socketAddress.family(),
                                1,
                                0,
                                NameService.Settings.NONE)
                        .addresses();
        boolean same = back.stream().anyMatch(other -> Arrays.equals(bytes(other), bytes));
        return same ? found.get() : PARANOID;
    }

    /** Without a free descriptor no name is found, which says nothing about the host. */
    private static void requireDescriptor() {
        int result = Libc.open("/dev/null", Linux.O_RDONLY | Linux.O_CLOEXEC, 0);
        if (result < 0) {
            throw new AccessRefusedException(
                    "names of hosts cannot be looked up: " + Errno.text(-result));
        }
        Libc.close(result);
    }

    private boolean isNameKnown() {
        return !name().equals(UNKNOWN) && !name().equals(PARANOID);
    }

    /** Whether a pattern of a rule fits. */
    boolean matches(String pattern) {
        if (pattern.startsWith("@")) {
            return false; // netgroups belong to NIS
        }
        if (pattern.startsWith("/")) {
            return listedIn(pattern);
        }
        if (pattern.equalsIgnoreCase("KNOWN")) {
            return !address.equals(UNKNOWN) && isNameKnown();
        }
        if (pattern.equalsIgnoreCase("LOCAL")) {
            return name().indexOf('.') < 0 && isNameKnown();
        }
        int slash = pattern.indexOf('/');
        if (slash >= 0) {
            return inNetwork(pattern.substring(0, slash), pattern.substring(slash + 1));
        }
        return isAddress(pattern)
                || matches(pattern, address)
                || (!pattern.chars().allMatch(c -> "0123456789./".indexOf(c) >= 0)
                        && matches(pattern, name()));
    }

    private boolean isAddress(String pattern) {
        String inner =
                pattern.startsWith("[") && pattern.endsWith("]")
                        ? pattern.substring(1, pattern.length() - 1)
                        : pattern;
        return bytes.length == 16 && Arrays.equals(NumericAddress.inet6(inner), bytes);
    }

    /** A file may hold more patterns. */
    private boolean listedIn(String name) {
        Path file = Path.of(name);
        String patterns;
        try {
            patterns = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException none) {
            return false;
        } catch (IOException unreadable) {
            throw AccessRefusedException.cannotOpen(file, unreadable);
        }
        return Arrays.stream(patterns.split("[, \t\r\n]+"))
                .anyMatch(pattern -> !pattern.isEmpty() && matches(pattern));
    }

    private boolean inNetwork(String net, String mask) {
        byte[] network =
                net.startsWith("[") && net.endsWith("]")
                        ? NumericAddress.inet6(net.substring(1, net.length() - 1))
                        : NumericAddress.inet4(net);
        if (network.length == 0 || network.length != bytes.length) {
            return false;
        }
        byte[] bits = NumericAddress.inet4(mask);
        if (bits.length == 0 || network.length == 16) {
            bits = prefix(mask, network.length);
        }
        for (int i = 0; i < bytes.length; i++) {
            if (bits.length == 0 || (bytes[i] & bits[i]) != network[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] prefix(String text, int size) {
        if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(Character::isDigit)) {
            return new byte[0];
        }
        int length = Integer.parseInt(text);
        return length > 8 * size ? new byte[0] : AddressRange.mask(length, size);
    }

    /** Whether a pattern for texts fits: a suffix, a prefix, wildcards, or the whole. */
    static boolean matches(String pattern, String text) {
        if (pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0) {
            return wild(pattern.toLowerCase(Locale.ROOT), 0, text.toLowerCase(Locale.ROOT), 0);
        }
        if (pattern.startsWith(".")) {
            int from = text.length() - pattern.length();
            return from > 0 && text.regionMatches(true, from, pattern, 0, pattern.length());
        }
        if (pattern.equalsIgnoreCase("ALL")) {
            return true;
        }
        if (pattern.equalsIgnoreCase("KNOWN")) {
            return !text.equals(UNKNOWN);
        }
        if (pattern.endsWith(".")) {
            return text.regionMatches(true, 0, pattern, 0, pattern.length());
        }
        return pattern.equalsIgnoreCase(text);
    }

    private static boolean wild(String pattern, int p, String text, int t) {
        if (p == pattern.length()) {
            return t == text.length();
        }
        if (pattern.charAt(p) == '*') {
            return wild(pattern, p + 1, text, t)
                    || (t < text.length() && wild(pattern, p, text, t + 1));
        }
        boolean same =
                t < text.length()
                        && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t));
        return same && wild(pattern, p + 1, text, t + 1);
    }
}
