package org.jsocat.core.relay;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.PosixException;

/**
 * Lets what belongs to the end of each output go out (a trailer, an incomplete group), however a
 * relay has ended, but for the side that failed.
 */
final class Farewell {
    /** How long that may take. */
    private static final long NANOS = 5_000_000_000L;

    private final Side left;
    private final Side right;
    private Side failed;
    private boolean begun;
    private long until;

    Farewell(Side left, Side right) {
        this.left = left;
        this.right = right;
    }

    /** This side failed; null for neither. */
    void without(Side side) {
        failed = side;
    }

    /** When it is given up. */
    long until() {
        return until;
    }

    /** Goes on with it; returns whether nothing is left to be said. */
    boolean isSaid(long now) {
        if (!begun) {
            begun = true;
            until = now + NANOS;
            begin(left);
            begin(right);
        }
        return isSaid(left) & isSaid(right);
    }

    private void begin(Side side) {
        if (side != failed && side.endpoint().direction().writes()) {
            try {
                side.endpoint().finish();
            } catch (PosixException | AddressException ignored) {
                failed = side; // whoever should have got it is gone
            }
        }
    }

    private boolean isSaid(Side side) {
        Endpoint endpoint = side.endpoint();
        if (side == failed || !endpoint.hasUnflushed()) {
            return true;
        }
        try {
            endpoint.flush();
            return !endpoint.hasUnflushed();
        } catch (PosixException | AddressException ignored) {
            return true;
        }
    }
}
