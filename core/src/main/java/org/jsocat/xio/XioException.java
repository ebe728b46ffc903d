package org.jsocat.xio;

import org.jsocat.core.open.AcceptTimeoutException;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.posix.PosixException;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An address is wrong, or could not be opened. The message is one line, as the command would log
 * it.
 *
 * @since 1.0
 */
public final class XioException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int errno;
    private final String address;

    /** What kind of failure it is. */
    public enum Kind {
        /** The address is wrong: trying again cannot help. */
        USAGE,
        /** This system, or the plugins that are there, lack what the address needs. */
        UNAVAILABLE,
        /** It did not work this time, and may later: nobody listens, a peer refuses. */
        TRANSIENT,
        /** It will not work, for a reason outside the address. */
        PERMANENT,
        /** Nobody came in the time that was given ({@code accept-timeout}). */
        TIMEOUT
    }

    XioException(Kind kind, String message, String address, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.address = address;
        errno =
                switch (cause) {
                    case PosixException failed -> failed.errno();
                    case AddressException refused -> refused.errno();
                    case null, default -> 0;
                };
    }

    /** What opening threw, as this exception. */
    static XioException of(RuntimeException failure, String address) {
        Kind kind =
                switch (failure) {
                    case AcceptTimeoutException late -> Kind.TIMEOUT;
                    case AddressException refused -> kind(refused.kind());
                    case PosixException failed -> Kind.TRANSIENT;
                    default -> Kind.PERMANENT;
                };
        return new XioException(kind, failure.getMessage(), address, failure);
    }

    private static Kind kind(AddressException.Kind kind) {
        return switch (kind) {
            case USAGE -> Kind.USAGE;
            case UNAVAILABLE -> Kind.UNAVAILABLE;
            case RETRYABLE -> Kind.TRANSIENT;
            case FATAL -> Kind.PERMANENT;
        };
    }

    /** What kind of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** The number of the system's error (errno(3)), where a system call failed. */
    public OptionalInt errno() {
        return errno == 0 ? OptionalInt.empty() : OptionalInt.of(errno);
    }

    /** The text of the address, or of both, separated by a blank; empty where none is known. */
    public Optional<String> address() {
        return Optional.ofNullable(address);
    }
}
