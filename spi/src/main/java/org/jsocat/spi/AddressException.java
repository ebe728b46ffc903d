package org.jsocat.spi;

import java.util.Objects;

/**
 * Opening or using an address failed. The message is the text of the log line, one line, without
 * the address: core adds what is known about the place. Has no stack trace of its own; a cause
 * keeps its.
 *
 * @since 1.0
 */
public class AddressException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final Severity severity;
    private final int errno;

    /** What kind of failure it is; decides about retrying. */
    public enum Kind {
        /** The command line is wrong: trying again cannot help. */
        USAGE,
        /** This system or build lacks what is needed: trying again cannot help. */
        UNAVAILABLE,
        /** It may work later ({@code retry}, {@code forever}). */
        RETRYABLE,
        /** It will not work, for a reason outside the command line. */
        FATAL
    }

    /** A failure with a cause. */
    public AddressException(Kind kind, Severity severity, String message, Throwable cause) {
        this(kind, severity, message, cause, 0);
    }

    private AddressException(
            Kind kind, Severity severity, String message, Throwable cause, int errno) {
        super(message, cause, false, false);
        this.kind = Objects.requireNonNull(kind);
        this.severity = Objects.requireNonNull(severity);
        this.errno = errno;
    }

    /** A failure of severity {@link Severity#ERROR}. */
    public AddressException(Kind kind, String message) {
        this(kind, Severity.ERROR, message, null);
    }

    /** The command line asks for something that cannot be. */
    public static AddressException usage(String message) {
        return new AddressException(Kind.USAGE, message);
    }

    /** It did not work now; it may later. */
    public static AddressException retryable(String message) {
        return new AddressException(Kind.RETRYABLE, message);
    }

    /**
     * A system call did not work now; it may later.
     *
     * @param errno the error's number (errno(3))
     */
    public static AddressException retryable(String message, int errno) {
        return new AddressException(Kind.RETRYABLE, Severity.ERROR, message, null, errno);
    }

    /** This system or build lacks something. */
    public static AddressException unavailable(String message) {
        return new AddressException(Kind.UNAVAILABLE, message);
    }

    /** It will not work. */
    public static AddressException fatal(String message) {
        return new AddressException(Kind.FATAL, message);
    }

    /** What kind of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** The number of the error of the system call that failed, or 0 where none is known. */
    public int errno() {
        return errno;
    }

    /** The level of its log line. */
    public Severity severity() {
        return severity;
    }
}
