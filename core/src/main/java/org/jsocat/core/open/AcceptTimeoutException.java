package org.jsocat.core.open;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Severity;

/** Nobody connected within the time that the user gave; the program then ends with status 0. */
public final class AcceptTimeoutException extends AddressException {
    private static final long serialVersionUID = 1L;

    /** Nobody came. */
    public AcceptTimeoutException() {
        super(Kind.FATAL, Severity.WARNING, "accept: Connection timed out", null);
    }
}
