package org.jsocat.cli.descriptors;

import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds out what sockets are. */
final class SocketInspector {
    private static final int VALUE_BYTES = 256;
    private static final int SOL_IP = 0;
    private static final int SOL_TCP = 6;
    private static final int SOL_IPV6 = 41;
    private static final int MSG_PEEK_DONTWAIT = 0x02 | 0x40;

    private final Inspector inspector;

    SocketInspector(Inspector inspector) {
        this.inspector = inspector;
    }

    SocketFacts inspect(int fd) {
        List<OptionReading> options = socketOptions(fd);
        Optional<SocketAddress> local = Optional.empty();
        Optional<SocketAddress> peer = Optional.empty();
        try {
            local = Optional.of(SocketAddress.local(fd));
            peer = Optional.of(SocketAddress.peer(fd));
        } catch (PosixException failure) {
            String call = local.isPresent() ? "getpeername" : "getsockname";
            inspector.warn(-failure.errno(), call + "(" + fd + ")");
        }
        int family = local.map(SocketAddress::family).orElse(0);
        boolean ipv6 = family == Linux.AF_INET6;
        boolean ip = family == Linux.AF_INET || ipv6;
        boolean tcp = ip && Libc.getsockopt(fd, Linux.SOL_SOCKET, Linux.SO_PROTOCOL) == SOL_TCP;
        return new SocketFacts(
                local,
                peer,
                options,
                ip ? options(fd, SOL_IP, SocketOptions.IP) : List.of(),
                tcp ? options(fd, SOL_TCP, SocketOptions.TCP) : List.of(),
                ipv6 ? options(fd, SOL_IPV6, SocketOptions.IPV6) : List.of());
    }

    /**
     * Reads the options of SOL_SOCKET. All go into the same memory, of which two ints are kept:
     * where the kernel gives none (SO_BINDTODEVICE without a device), those are of the option
     * before, as in the reference.
     */
    private List<OptionReading> socketOptions(int fd) {
        List<OptionReading> readings = new ArrayList<>(SocketOptions.SOCKET.length);
        int first = 0;
        int second = 0;
        for (SocketOptions.Row row : SocketOptions.SOCKET) {
            byte[] value = new byte[VALUE_BYTES];
            ByteBuffer words = ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
            words.putInt(0, first).putInt(Integer.BYTES, second);
            int length = read(fd, Linux.SOL_SOCKET, row, value);
            if (length > 0) {
                first = words.getInt(0);
                second = words.getInt(Integer.BYTES);
            }
            readings.add(new OptionReading(row.name(), length, List.of(first, second)));
        }
        return readings;
    }

    private List<OptionReading> options(int fd, int level, SocketOptions.Row[] rows) {
        List<OptionReading> readings = new ArrayList<>(rows.length);
        for (SocketOptions.Row row : rows) {
            byte[] value = new byte[VALUE_BYTES];
            int length = Libc.getsockopt(fd, level, row.number(), value);
            inspector.failed(length);
            ByteBuffer words = ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
            List<Integer> ints = new ArrayList<>();
            for (int at = 0; at + Integer.BYTES <= Math.min(length, VALUE_BYTES); at += 4) {
                ints.add(words.getInt(at));
            }
            readings.add(new OptionReading(row.name(), length, ints));
        }
        return readings;
    }

    private int read(int fd, int level, SocketOptions.Row row, byte[] value) {
        byte[] before = value.clone();
        int length = Libc.getsockopt(fd, level, row.number(), value);
        inspector.failed(length);
        if (length >= 0 && length < 2 * Integer.BYTES) {
            System.arraycopy(before, length, value, length, 2 * Integer.BYTES - length);
        }
        return length;
    }

    /** Looks at the first byte that could be received; how many bytes there are of it. */
    OptionalLong peek(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            long count = Libc.recv(fd, arena.allocate(1), 0, 1, MSG_PEEK_DONTWAIT);
            if (count < 0) {
                inspector.warn((int) count, "recvmsg()");
                return OptionalLong.empty();
            }
            return OptionalLong.of(count);
        }
    }
}
