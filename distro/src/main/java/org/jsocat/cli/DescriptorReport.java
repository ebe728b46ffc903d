package org.jsocat.cli;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What {@code -D} prints: one line for each descriptor of a relay, in the columns that socat and
 * filan have, separated by tabs; for a socket followed by its options and addresses. Times are in
 * seconds since 1970.
 */
final class DescriptorReport {
    private static final String[] SOCKET_OPTIONS = {
        "DEBUG",
        "REUSEADDR",
        "TYPE",
        "ERROR",
        "DONTROUTE",
        "BROADCAST",
        "SNDBUF",
        "RCVBUF",
        "KEEPALIVE",
        "OOBINLINE",
        "NO_CHECK",
        "PRIORITY"
    };

    private final StringBuilder out = new StringBuilder();

    private DescriptorReport() {}

    /** The report on two open endpoints. */
    static String of(Endpoint left, Endpoint right) {
        Set<Integer> descriptors = new LinkedHashSet<>();
        descriptors.add(left.readDescriptor());
        descriptors.add(left.writeDescriptor());
        descriptors.add(right.readDescriptor());
        descriptors.add(right.writeDescriptor());
        descriptors.remove(Endpoint.NONE);
        DescriptorReport report = new DescriptorReport();
        report.out.append(
                "  FD  type\tdevice\tinode\tmode\tlinks\tuid\tgid\trdev\tsize\tblksize\tblocks"
                        + "\tatime\tmtime\tcloexec\tflags\n");
        descriptors.forEach(report::line);
        return report.out.toString();
    }

    private void line(int fd) {
        String number = Integer.toString(fd);
        out.append(" ".repeat(Math.max(0, 4 - number.length()))).append(number).append(": ");
        FileStatus status;
        try {
            status = FileStatus.of(fd);
        } catch (PosixException unreadable) {
            out.append(unreadable.getMessage()).append('\n');
            return;
        }
        int type = status.mode() & Linux.S_IFMT;
        out.append(typeName(type)).append('\t');
        device(status.device());
        out.append(status.inode())
                .append('\t')
                .append('0')
                .append(Integer.toOctalString(status.mode()))
                .append('\t');
        out.append(status.links())
                .append('\t')
                .append(status.uid())
                .append('\t')
                .append(status.gid())
                .append('\t');
        device(status.rawDevice());
        out.append(status.size())
                .append('\t')
                .append(status.blockSize())
                .append('\t')
                .append(status.blocks());
        out.append('\t')
                .append(status.accessed())
                .append('\t')
                .append(status.modified())
                .append('\t');
        out.append(Libc.fcntl(fd, Linux.F_GETFD, 0) & Linux.FD_CLOEXEC).append('\t');
        String flags = Integer.toHexString(Math.max(0, Libc.fcntl(fd, Linux.F_GETFL, 0)));
        out.append('x').append("0".repeat(Math.max(0, 6 - flags.length()))).append(flags);
        if (type == Linux.S_IFSOCK) {
            socket(fd);
        }
        out.append('\n');
    }

    private void device(long device) {
        long major = device >> 8 & 0xfff | device >> 32 & 0xfffff000L;
        long minor = device & 0xff | device >> 12 & 0xffffff00L;
        out.append(major).append(',').append(minor).append('\t');
    }

    private void socket(int fd) {
        for (int option = 1; option <= SOCKET_OPTIONS.length; option++) {
            long value = Libc.getsockopt(fd, Linux.SOL_SOCKET, option);
            out.append('\t').append(SOCKET_OPTIONS[option - 1]).append('=');
            out.append(value < 0 ? Errno.name((int) -value) : Long.toString(value));
        }
        out.append('\t').append(SocketAddress.local(fd).text());
        try {
            String peer = SocketAddress.peer(fd).text();
            out.append(" <-> ").append(peer);
        } catch (PosixException unconnected) {
            // a listening or unconnected socket has no peer
        }
    }

    private static String typeName(int type) {
        return switch (type) {
            case Linux.S_IFIFO -> "pipe";
            case Linux.S_IFCHR -> "chrdev";
            case Linux.S_IFDIR -> "dir";
            case Linux.S_IFBLK -> "blkdev";
            case Linux.S_IFREG -> "file";
            case Linux.S_IFSOCK -> "socket";
            default -> "unknown";
        };
    }
}
