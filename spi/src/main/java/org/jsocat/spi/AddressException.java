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
        super(message, cause, false, false);
        this.kind = Objects.requireNonNull(kind);
        this.severity = Objects.requireNonNull(severity);
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

    /** The level of its log line. */
    public Severity severity() {
        return severity;
    }
}
