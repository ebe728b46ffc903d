package org.jsocat.cli;

/** The command line's own options are wrong. The message is one line. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean hint;

    private UsageException(String message, boolean hint) {
        super(message, null, false, false);
        this.hint = hint;
    }

    UsageException(String message) {
        this(message, false);
    }

    /** A message that is printed as it is, without the form of a log line. */
    static UsageException hint(String message) {
        return new UsageException(message, true);
    }

    boolean isHint() {
        return hint;
    }
}
