package org.jsocat.core.open;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Severity;

/** A failure whose log line has been written already. */
final class ReportedException extends AddressException {
    private static final long serialVersionUID = 1L;

    ReportedException(Kind kind, String message) {
        super(kind, Severity.ERROR, message, null);
    }
}
