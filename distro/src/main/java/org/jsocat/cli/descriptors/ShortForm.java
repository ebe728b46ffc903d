package org.jsocat.cli.descriptors;

import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.FileStatus;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NameService;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The short forms: what a descriptor is, and its path or its addresses, a line each, as filan of
 * socat 1.8 has them ({@code -s} and {@code -S}).
 */
public final class ShortForm {
    private static final int NUMBER_WIDTH = 5;

    private final boolean detailed;
    private final Consumer<String> warnings;
    private final StringBuilder out = new StringBuilder();

    /**
     * An empty text.
     *
     * @param detailed both addresses of sockets of any family, and the type ({@code -S})
     * @param warnings told what could not be found out, a line each
     */
    public ShortForm(boolean detailed, Consumer<String> warnings) {
        this.detailed = detailed;
        this.warnings = warnings;
    }

    /** All that was added. */
    public String text() {
        return out.toString();
    }

    /**
     * Adds a descriptor's line if it is open.
     *
     * @param fd the descriptor
     * @param number what to call it, or nothing
     */
    public void add(int fd, Optional<Integer> number) {
        int mode = FileStatus.modeOf(fd);
        if (mode < 0) {
            return;
        }
        number(number);
        String path = Inspector.path(fd).filter(name -> name.startsWith("/")).orElse("");
        if ((mode & Linux.S_IFMT) == Linux.S_IFSOCK) {
            socket(fd);
        } else if ((mode & Linux.S_IFMT) == Linux.S_IFCHR && Libc.isatty(fd) == 1) {
            out.append("tty ").append(path);
        } else {
            file(mode, path);
        }
        out.append('\n');
    }

    /** Adds the line of a descriptor of which only this is known. */
    void add(DescriptorFacts facts, Optional<Integer> number) {
        number(number);
        file(facts.status().mode(), facts.path().orElse(""));
        out.append('\n');
    }

    private void number(Optional<Integer> number) {
        if (number.isPresent()) {
            String text = number.get().toString();
            out.repeat(' ', Math.max(0, NUMBER_WIDTH - text.length())).append(text).append(' ');
        }
    }

    /**
     * Adds a file's line.
     *
     * @param path the file; a symbolic link stands for what it refers to
     * @throws PosixException if there is none
     */
    public void add(String path) {
        int mode = PosixException.check(FileStatus.modeOf(path), "stat(\"" + path + "\")");
        if ((mode & Linux.S_IFMT) == Linux.S_IFSOCK) {
            out.append("socket ").append(path);
        } else {
            file(mode, path);
        }
        out.append('\n');
    }

    private void file(int mode, String path) {
        String type = DescriptorFacts.typeName(mode);
        switch (type) {
            case "undef" -> {}
            case "symlink" -> out.append("link ").append(path);
            default -> out.append(type).append(' ').append(path);
        }
    }

    private void socket(int fd) {
        int type = (int) Libc.getsockopt(fd, Linux.SOL_SOCKET, Linux.SO_TYPE);
        boolean listening = Libc.getsockopt(fd, Linux.SOL_SOCKET, Linux.SO_ACCEPTCONN) == 1;
        SocketAddress local = SocketAddress.local(fd);
        boolean ip = local instanceof SocketAddress.Inet4 || local instanceof SocketAddress.Inet6;
        String protocol = ip ? protocol(fd) : "";
        Optional<SocketAddress> peer = peer(fd);
        String name = address(local);
        String other = peer.map(ShortForm::address).orElse(none(local));
        String state = listening ? "(listening)" : "";
        if (local instanceof SocketAddress.Unix) {
            if (detailed) {
                out.append("unix ").append(name).append('-').append(other);
                out.append(' ').append(typeName(type)).append(' ').append(state);
            } else {
                out.append(type == Linux.SOCK_DGRAM ? "unixdatagram" : "unix");
                out.append(state).append(' ').append(name);
            }
        } else if (ip) {
            String suffix = local instanceof SocketAddress.Inet6 ? "6" : "";
            if (detailed) {
                out.append(protocol).append(suffix).append(' ').append(name).append('-');
                out.append(other).append(" (").append(typeName(type)).append(") ").append(state);
            } else if (type == Linux.SOCK_STREAM || type == Linux.SOCK_DGRAM) {
                out.append(protocol).append(suffix).append(state).append(' ');
                out.append(name).append(' ').append(other);
            } else {
                out.append("ip").append(suffix).append(' ').append(name);
            }
        } else {
            out.append("socket(family/domain=").append(local.family()).append(')');
        }
    }

    private Optional<SocketAddress> peer(int fd) {
        try {
            return Optional.of(SocketAddress.peer(fd));
        } catch (PosixException failure) {
            warnings.accept("getpeername(" + fd + "): " + Errno.text(failure.errno()));
            return Optional.empty();
        }
    }

    /**
     * Without a peer the reference prints whatever was in its memory; this is the unset address.
     */
    private static String none(SocketAddress local) {
        return switch (local.family()) {
            case Linux.AF_INET -> "0.0.0.0:0";
            case Linux.AF_INET6 -> "[0000:0000:0000:0000:0000:0000:0000:0000]:0";
            default -> "<anon>";
        };
    }

    /** An address without its family and quotes. */
    private static String address(SocketAddress address) {
        String text = address.text();
        String bare = text.substring(text.indexOf(' ') + 1);
        return bare.startsWith("\"") ? bare.substring(1, bare.length() - 1) : bare;
    }

    private String protocol(int fd) {
        int number = (int) Libc.getsockopt(fd, Linux.SOL_SOCKET, Linux.SO_PROTOCOL);
        Optional<String> name = NameService.protocolName(number);
        if (name.isEmpty()) {
            warnings.accept("sockname(): getprotobynumber_r(proto=" + number + ", ...): Success");
        }
        return name.orElseGet(
                () ->
                        switch (number) {
                            case 6 -> "tcp";
                            case 17 -> "udp";
                            case 33 -> "dccp";
                            case 132 -> "sctp";
                            case 136 -> "udplite";
                            default -> "proto" + number;
                        });
    }

    static String typeName(int type) {
        return switch (type) {
            case Linux.SOCK_STREAM -> "stream";
            case Linux.SOCK_DGRAM -> "dgram";
            case Linux.SOCK_RAW -> "raw";
            case 4 -> "rdm";
            case Linux.SOCK_SEQPACKET -> "seqpacket";
            case 10 -> "packet";
            default -> "socktype" + type;
        };
    }
}
