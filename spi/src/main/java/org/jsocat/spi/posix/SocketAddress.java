package org.jsocat.spi.posix;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * The address of a socket, as struct sockaddr and its variants hold it.
 *
 * <p>Immutable and thread-safe; the arrays given to and got from it are copies. Addresses are
 * compared by value.
 *
 * <p>Source: ip(7), ipv6(7), unix(7), vsock(7).
 *
 * @since 0.1
 */
public sealed interface SocketAddress
        permits SocketAddress.Inet4,
                SocketAddress.Inet6,
                SocketAddress.Unix,
                SocketAddress.Vsock,
                SocketAddress.Raw {

    /** The most bytes that any address takes, the size of struct sockaddr_storage. */
    int MAX_BYTES = 128;

    /**
     * The address family.
     *
     * @return {@link Linux#AF_INET} and the like
     */
    int family();

    /**
     * Writes the address as C has it.
     *
     * @param memory at least {@link #MAX_BYTES} bytes from its beginning, in the machine's byte
     *     order; its position does not matter
     * @return how many bytes the address has
     */
    int encode(ByteBuffer memory);

    /**
     * The address as error and log lines show it, for example {@code AF=2 127.0.0.1:9}.
     *
     * @return the text, in the reference's form
     */
    String text();

    /**
     * The address as C has it.
     *
     * @return its bytes, beginning with the family
     */
    default byte[] bytes() {
        byte[] bytes = new byte[MAX_BYTES];
        int length = encode(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
        return Arrays.copyOf(bytes, length);
    }

    /**
     * The length of the address as C has it.
     *
     * @return bytes
     */
    default int length() {
        return bytes().length;
    }

    /**
     * The address as the JDK has it.
     *
     * @return the address; empty where it is neither an IPv4 nor an IPv6 one
     */
    default Optional<InetSocketAddress> toInetSocketAddress() {
        return Optional.empty();
    }

    /**
     * Reads an address as C has it.
     *
     * @param memory memory that begins with it, in the machine's byte order; its position does not
     *     matter
     * @param length how many bytes it has; the kernel tells. Fewer than two are an unnamed address
     *     of family 0
     * @return the address
     */
    static SocketAddress decode(ByteBuffer memory, int length) {
        if (length < 2) {
            return new Raw(Linux.AF_UNSPEC, new byte[0]);
        }
        int family = memory.getShort(0) & 0xffff;
        if (family == Linux.AF_INET && length >= Inet4.BYTES) {
            return new Inet4(copy(memory, 4, 4), port(memory));
        }
        if (family == Linux.AF_INET6 && length >= Inet6.BYTES) {
            return new Inet6(
                    copy(memory, 8, 16),
                    port(memory),
                    Integer.reverseBytes(memory.getInt(4)),
                    memory.getInt(24));
        }
        if (family == Linux.AF_UNIX) {
            return Unix.decode(copy(memory, 2, Math.min(length, MAX_BYTES) - 2));
        }
        if (family == Linux.AF_VSOCK && length >= Vsock.BYTES) {
            return new Vsock(memory.getInt(8), memory.getInt(4));
        }
        return new Raw(family, copy(memory, 2, Math.min(length, MAX_BYTES) - 2));
    }

    /**
     * The address of an IPv4 or IPv6 host.
     *
     * @param address the host
     * @param port the port
     * @return the address
     */
    static SocketAddress of(InetAddress address, int port) {
        if (address instanceof Inet4Address) {
            return new Inet4(address.getAddress(), port);
        }
        int scope = address instanceof java.net.Inet6Address inet6 ? inet6.getScopeId() : 0;
        return new Inet6(address.getAddress(), port, 0, scope);
    }

    /**
     * A socket's own address: getsockname(2).
     *
     * @param fd the socket
     * @return the address
     * @throws PosixException if the call fails
     */
    static SocketAddress local(int fd) {
        SocketAddressBuffer buffer = new SocketAddressBuffer();
        int result = Libc.getsockname(fd, buffer);
        if (result < 0) {
            throw new PosixException(-result, "getsockname(" + fd + ", ...)");
        }
        return buffer.get();
    }

    /**
     * The address of a socket's peer: getpeername(2).
     *
     * @param fd the socket
     * @return the address
     * @throws PosixException if the call fails
     */
    static SocketAddress peer(int fd) {
        SocketAddressBuffer buffer = new SocketAddressBuffer();
        int result = Libc.getpeername(fd, buffer);
        if (result < 0) {
            throw new PosixException(-result, "getpeername(" + fd + ", ...)");
        }
        return buffer.get();
    }

    private static byte[] copy(ByteBuffer memory, int offset, int length) {
        byte[] bytes = new byte[length];
        memory.get(offset, bytes);
        return bytes;
    }

    private static void clear(ByteBuffer memory, int length) {
        for (int i = 0; i < length; i++) {
            memory.put(i, (byte) 0);
        }
    }

    private static int port(ByteBuffer memory) {
        return Short.reverseBytes(memory.getShort(2)) & 0xffff;
    }

    private static void family(ByteBuffer memory, int family) {
        memory.putShort(0, (short) family);
    }

    private static void port(ByteBuffer memory, int port) {
        memory.putShort(2, Short.reverseBytes((short) port));
    }

    private static InetSocketAddress inet(byte[] address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void requireLength(byte[] address, int length) {
        if (address.length != length) {
            throw new IllegalArgumentException("an address of " + address.length + " bytes");
        }
    }

    /**
     * An IPv4 address.
     *
     * @param address four bytes
     * @param port the port, 0 to 65535
     */
    record Inet4(byte[] address, int port) implements SocketAddress {

        private static final int BYTES = 16;

        /** Checks and copies. */
        public Inet4 {
            requireLength(address, 4);
            address = address.clone();
        }

        @Override
        public byte[] address() {
            return address.clone();
        }

        @Override
        public int family() {
            return Linux.AF_INET;
        }

        @Override
        public int encode(ByteBuffer memory) {
            SocketAddress.clear(memory, BYTES);
            SocketAddress.family(memory, Linux.AF_INET);
            SocketAddress.port(memory, port);
            memory.put(4, address);
            return BYTES;
        }

        @Override
        public String text() {
            return "AF=2 " + host() + ":" + port;
        }

        /**
         * The host's address alone.
         *
         * @return for example {@code 127.0.0.1}
         */
        public String host() {
            return (address[0] & 0xff)
                    + "."
                    + (address[1] & 0xff)
                    + "."
                    + (address[2] & 0xff)
                    + "."
                    + (address[3] & 0xff);
        }

        @Override
        public Optional<InetSocketAddress> toInetSocketAddress() {
            return Optional.of(inet(address, port));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Inet4 that
                    && port == that.port
                    && Arrays.equals(address, that.address);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(address) + port;
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * An IPv6 address.
     *
     * @param address 16 bytes
     * @param port the port, 0 to 65535
     * @param flowInfo traffic class and flow label
     * @param scopeId the interface's index for link-local addresses, else 0
     */
    record Inet6(byte[] address, int port, int flowInfo, int scopeId) implements SocketAddress {

        private static final int BYTES = 28;
        private static final String DIGITS = "0123456789abcdef";

        /** Checks and copies. */
        public Inet6 {
            requireLength(address, 16);
            address = address.clone();
        }

        @Override
        public byte[] address() {
            return address.clone();
        }

        @Override
        public int family() {
            return Linux.AF_INET6;
        }

        @Override
        public int encode(ByteBuffer memory) {
            SocketAddress.family(memory, Linux.AF_INET6);
            SocketAddress.port(memory, port);
            memory.putInt(4, Integer.reverseBytes(flowInfo));
            memory.put(8, address);
            memory.putInt(24, scopeId);
            return BYTES;
        }

        @Override
        public String text() {
            return "AF=10 " + host() + ":" + port;
        }

        /**
         * The host's address alone, all digits written.
         *
         * @return for example {@code [0000:0000:0000:0000:0000:0000:0000:0001]}
         */
        public String host() {
            StringBuilder text = new StringBuilder(41);
            for (int i = 0; i < 16; i++) {
                text.append(i == 0 ? "[" : i % 2 == 0 ? ":" : "");
                text.append(DIGITS.charAt(address[i] >> 4 & 15))
                        .append(DIGITS.charAt(address[i] & 15));
            }
            return text.append(']').toString();
        }

        /**
         * Whether this is an IPv4 address mapped into IPv6, {@code ::ffff:a.b.c.d}.
         *
         * @return the IPv4 address with the same port; empty where it is none
         */
        public Optional<Inet4> mapped() {
            for (int i = 0; i < 12; i++) {
                if (address[i] != (i < 10 ? 0 : -1)) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Inet4(Arrays.copyOfRange(address, 12, 16), port));
        }

        @Override
        public Optional<InetSocketAddress> toInetSocketAddress() {
            try {
                InetAddress host = java.net.Inet6Address.getByAddress(null, address, scopeId);
                return Optional.of(new InetSocketAddress(host, port));
            } catch (UnknownHostException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Inet6 that
                    && port == that.port
                    && flowInfo == that.flowInfo
                    && scopeId == that.scopeId
                    && Arrays.equals(address, that.address);
        }

        @Override
        public int hashCode() {
            return Objects.hash(Arrays.hashCode(address), port, flowInfo, scopeId);
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * An address of the UNIX domain: a path, an abstract name, or none.
     *
     * @param path the bytes of {@code sun_path}, without a terminating NUL: a path; a NUL and an
     *     abstract name; or nothing for an unnamed socket
     * @param tight whether the length given to the kernel ends after the last byte of the name;
     *     otherwise it is that of the whole struct, padded with NULs (which is another address
     *     where the name is an abstract one)
     */
    record Unix(byte[] path, boolean tight) implements SocketAddress {

        /** The most bytes that a path or an abstract name with its NUL may have. */
        public static final int PATH_BYTES = 108;

        /** Checks and copies. */
        public Unix {
            if (path.length > PATH_BYTES) {
                throw new IllegalArgumentException("a socket path of " + path.length + " bytes");
            }
            path = path.clone();
        }

        /**
         * The address of a path.
         *
         * @param path the path
         * @param tight see {@link Unix}
         * @return the address
         * @throws IllegalArgumentException if the path has more than {@link #PATH_BYTES} bytes
         */
        public static Unix ofPath(String path, boolean tight) {
            return new Unix(NativeStrings.encode(path), tight);
        }

        /**
         * The address of an abstract name.
         *
         * @param name the name without the leading NUL
         * @param tight see {@link Unix}
         * @return the address
         * @throws IllegalArgumentException if the name has {@link #PATH_BYTES} bytes or more
         */
        public static Unix ofAbstract(String name, boolean tight) {
            byte[] encoded = NativeStrings.encode(name);
            byte[] path = new byte[encoded.length + 1];
            System.arraycopy(encoded, 0, path, 1, encoded.length);
            return new Unix(path, tight);
        }

        private static Unix decode(byte[] path) {
            int length = Math.min(path.length, PATH_BYTES);
            if (length > 0 && path[0] == 0) {
                return new Unix(Arrays.copyOf(path, length), true);
            }
            int end = 0;
            while (end < length && path[end] != 0) {
                end++;
            }
            return new Unix(Arrays.copyOf(path, end), true);
        }

        @Override
        public byte[] path() {
            return path.clone();
        }

        @Override
        public int family() {
            return Linux.AF_UNIX;
        }

        /**
         * Whether the name is an abstract one.
         *
         * @return true for an abstract name
         */
        public boolean isAbstract() {
            return path.length > 0 && path[0] == 0;
        }

        /**
         * Whether this is the address of an unnamed socket.
         *
         * @return true if there is no name
         */
        public boolean isUnnamed() {
            return path.length == 0;
        }

        /**
         * The name.
         *
         * @return the path, or the abstract name without its NUL; empty for an unnamed socket
         */
        public String name() {
            int start = isAbstract() ? 1 : 0;
            return NativeStrings.decode(path, start, path.length - start);
        }

        @Override
        public int encode(ByteBuffer memory) {
            SocketAddress.clear(memory, 2 + PATH_BYTES);
            SocketAddress.family(memory, Linux.AF_UNIX);
            memory.put(2, path);
            return tight ? 2 + path.length : 2 + PATH_BYTES;
        }

        @Override
        public String text() {
            if (path.length == 0) {
                return "AF=1 \"<anon>\"";
            }
            // The kernel's length counts where the name is an abstract one, so padding is shown.
            byte[] shown = isAbstract() && !tight ? Arrays.copyOf(path, PATH_BYTES) : path;
            StringBuilder text = new StringBuilder(shown.length + 8).append("AF=1 \"");
            for (byte b : shown) {
                sanitize(text, b);
            }
            return text.append('"').toString();
        }

        private static void sanitize(StringBuilder text, byte b) {
            if (b >= 0x20 && b < 0x7f) {
                text.append((char) b);
                return;
            }
            text.append('\\');
            switch (b) {
                case 0 -> text.append('0');
                case 7 -> text.append('a');
                case 8 -> text.append('b');
                case 9 -> text.append('t');
                case 10 -> text.append('n');
                case 11 -> text.append('v');
                case 12 -> text.append('f');
                case 13 -> text.append('r');
                default -> text.append('x').append(digit(b >> 4 & 15)).append(digit(b & 15));
            }
        }

        /** The reference's digits above 9 are {@code @ABCDE}. */
        private static char digit(int value) {
            return (char) (value < 10 ? '0' + value : '@' + value - 10);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Unix that
                    && tight == that.tight
                    && Arrays.equals(path, that.path);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(path);
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * An address of VM sockets.
     *
     * @param cid the context, an unsigned number
     * @param port the port, an unsigned number
     */
    record Vsock(int cid, int port) implements SocketAddress {

        private static final int BYTES = 16;

        @Override
        public int family() {
            return Linux.AF_VSOCK;
        }

        @Override
        public int encode(ByteBuffer memory) {
            SocketAddress.clear(memory, BYTES);
            SocketAddress.family(memory, Linux.AF_VSOCK);
            memory.putInt(4, port);
            memory.putInt(8, cid);
            return BYTES;
        }

        @Override
        public String text() {
            return "AF=40 cid:"
                    + Integer.toUnsignedString(cid)
                    + " port:"
                    + Integer.toUnsignedString(port);
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * An address of any family, for generic sockets.
     *
     * @param family the family
     * @param data what follows the family
     */
    record Raw(int family, byte[] data) implements SocketAddress {

        private static final int SHOWN_BYTES = 14;

        /** Checks and copies. */
        public Raw {
            if (data.length > MAX_BYTES - 2) {
                throw new IllegalArgumentException(
                        "a socket address of " + (data.length + 2) + " bytes");
            }
            data = data.clone();
        }

        @Override
        public byte[] data() {
            return data.clone();
        }

        @Override
        public int encode(ByteBuffer memory) {
            SocketAddress.family(memory, family);
            memory.put(2, data);
            return 2 + data.length;
        }

        @Override
        public String text() {
            if (family == Linux.AF_UNSPEC) {
                return "AF=0 \""
                        + (data.length == 0 ? "<anon>" : NativeStrings.decode(data))
                        + "\"";
            }
            if (family == Linux.AF_INET || family == Linux.AF_INET6 || family == Linux.AF_UNIX) {
                byte[] bytes = Arrays.copyOf(bytes(), MAX_BYTES);
                int length = family == Linux.AF_UNIX ? 2 + data.length : MAX_BYTES;
                return decode(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()), length).text();
            }
            // The reference names the family twice and always shows sizeof(sa_data) bytes.
            StringBuilder text = new StringBuilder(48);
            text.append("AF=").append(family).append(" AF=").append(family).append(" 0x");
            for (int i = 0; i < SHOWN_BYTES; i++) {
                int b = i < data.length ? data[i] & 0xff : 0;
                text.append(Inet6.DIGITS.charAt(b >> 4)).append(Inet6.DIGITS.charAt(b & 15));
            }
            return text.toString();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Raw that
                    && family == that.family
                    && Arrays.equals(data, that.data);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(data) + family;
        }

        @Override
        public String toString() {
            return text();
        }
    }
}
