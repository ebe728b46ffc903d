package org.jsocat.core.relay;

import org.slf4j.Logger;

import java.time.Duration;
import java.util.Locale;

/**
 * How long a relay may be silent: after an end the close timeout ({@code -t}), before one the
 * inactivity timeout ({@code -T}); how soon an ignored end is looked at again; how long the status
 * of a program is waited for. Times are those of {@link System#nanoTime()}.
 */
final class Silence {
    static final long NEVER = Long.MAX_VALUE;

    /** How often a source whose end is ignored is looked at again. */
    private static final long POLL_NANOS = 1_000_000_000L;

    /** How long the exit status of a program may take to arrive after the end of its output. */
    private static final long LINGER_NANOS = 50_000_000L;

    /** Longer than a machine runs. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final RelaySettings settings;
    private final Logger log;
    private final long closeNanos;
    private final long inactivityNanos;
    private long lastActivity;
    private boolean closing;
    private boolean polling;
    private long pollFrom;
    private boolean lingering;
    private long lingerUntil;

    Silence(RelaySettings settings, Logger log) {
        this.settings = settings;
        this.log = log;
        closeNanos = nanos(settings.closeTimeout());
        inactivityNanos = settings.inactivityTimeout().map(Silence::nanos).orElse(NEVER);
    }

    private static long nanos(Duration time) {
        return time.compareTo(LONGEST) < 0 ? time.toNanos() : NEVER;
    }

    /** Bytes have moved. */
    void isBroken(long now) {
        lastActivity = now;
    }

    /** From now on it ends the relay. */
    void close(long now) {
        if (!closing) {
            closing = true;
            lastActivity = now;
        }
    }

    /** Whether the close timeout counts, or would if nothing were held. */
    boolean isClosing() {
        return closing;
    }

    /** A source is at its end, which is ignored: it is looked at again after a while. */
    void poll(long now) {
        if (!polling) {
            polling = true;
            pollFrom = now;
        }
    }

    /** A program is about to tell how it has ended. */
    void linger(long now) {
        lingering = true;
        lingerUntil = now + LINGER_NANOS;
    }

    /** Whether nothing else is waited for but that. */
    boolean isLingering() {
        return lingering;
    }

    /**
     * When something is to be done if nothing happens before.
     *
     * @param holding whether the relay holds bytes for a slow reader: no end counts meanwhile
     */
    long ends(boolean holding) {
        if (lingering) {
            return lingerUntil;
        }
        boolean counting = closing && !holding;
        long wait = counting ? closeNanos : inactivityNanos;
        long deadline = wait == NEVER ? NEVER : lastActivity + wait;
        return polling && !counting ? Math.min(deadline, pollFrom + POLL_NANOS) : deadline;
    }

    /**
     * The time has come that {@link #ends} said.
     *
     * @return whether the relay ends by it; otherwise the sources are looked at again
     */
    boolean isOver(long now, boolean holding) {
        if (lingering) {
            return true;
        }
        if (closing && !holding) {
            tell(settings.closeTimeout());
            if (inactivityNanos != NEVER) {
                log.info("inactivity timeout triggered");
            }
            return true;
        }
        if (inactivityNanos != NEVER && now - lastActivity >= inactivityNanos) {
            settings.inactivityTimeout().ifPresent(this::tell);
            log.info("inactivity timeout triggered");
            return true;
        }
        polling = false;
        return false;
    }

    private void tell(Duration time) {
        if (log.isDebugEnabled()) {
            log.debug(
                    "poll timed out (no data within {} seconds)",
                    String.format(
                            Locale.ROOT, "%d.%06d", time.toSeconds(), time.toNanosPart() / 1000));
        }
    }
}
