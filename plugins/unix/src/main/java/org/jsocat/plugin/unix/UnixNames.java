package org.jsocat.plugin.unix;

import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.NativeStrings;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.util.Arrays;

/** The two kinds of names that sockets of the UNIX domain have. */
enum UnixNames {
    /** Entries of the file system. */
    PATHS(0, "unix socket address"),
    /** Names that vanish with their socket; the first byte is NUL. */
    ABSTRACT(1, "socket address");

    private final int prefix;
    private final String what;

    UnixNames(int prefix, String what) {
        this.prefix = prefix;
        this.what = what;
    }

    /**
     * The address of a peer. As the reference does, one that is too long is cut, with a warning: no
     * socket can have it, so connecting tells the rest.
     */
    SocketAddress.Unix peer(OpenContext context, String name) {
        byte[] bytes = bytes(name);
        if (bytes.length > SocketAddress.Unix.PATH_BYTES) {
            warn(context, bytes.length);
            bytes = Arrays.copyOf(bytes, SocketAddress.Unix.PATH_BYTES);
        }
        return new SocketAddress.Unix(bytes, isTight(context));
    }

    /**
     * The address of a socket of ours.
     *
     * @throws PosixException where the name is too long: under a part of it nobody would find it
     */
    SocketAddress.Unix own(OpenContext context, String name) {
        byte[] bytes = bytes(name);
        if (bytes.length > SocketAddress.Unix.PATH_BYTES) {
            warn(context, bytes.length);
            throw new PosixException(Errno.ENAMETOOLONG, "bind(\"" + name + "\")");
        }
        return new SocketAddress.Unix(bytes, isTight(context));
    }

    private void warn(OpenContext context, int length) {
        context.log()
                .warn(
                        "{} {} characters long, truncating to {}",
                        what,
                        length,
                        SocketAddress.Unix.PATH_BYTES);
    }

    private byte[] bytes(String name) {
        byte[] encoded = NativeStrings.encode(name);
        byte[] bytes = new byte[prefix + encoded.length];
        System.arraycopy(encoded, 0, bytes, prefix, encoded.length);
        return bytes;
    }

    private static boolean isTight(OpenContext context) {
        return context.option(UnixOptions.TIGHT_LENGTH).orElse(true);
    }
}
