package org.jsocat.plugin.openssl;

import java.io.InterruptedIOException;

/**
 * The peer has ended its output. As an interruption it leaves the connection of Bouncy Castle,
 * which would close both directions, as it is.
 */
final class DtlsEnd extends InterruptedIOException {
    private static final long serialVersionUID = 1L;

    DtlsEnd() {
        super("close_notify");
    }

    /** Throws it from a method that declares no exceptions. */
    static void raise() {
        DtlsEnd.<RuntimeException>undeclared(new DtlsEnd());
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void undeclared(Throwable end) throws T {
        throw (T) end;
    }
}
