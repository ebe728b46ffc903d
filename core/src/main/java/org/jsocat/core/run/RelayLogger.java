package org.jsocat.core.run;

import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * The log of a forked relay: each event has the relay's id as a marker, and may be lowered by some
 * levels, as {@code children-shutup} asks for.
 */
final class RelayLogger extends AbstractLogger {
    private static final long serialVersionUID = 1L;
    private static final Level[] LEVELS = {
        Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE
    };

    private final transient Logger target;
    private final int id;
    private final int steps;
    private transient Marker marker;

    /**
     * A logger of a relay.
     *
     * @param id the relay's
     * @param steps how many levels lower it logs
     */
    RelayLogger(Logger target, int id, int steps) {
        this.target = target;
        this.id = id;
        this.steps = steps;
        name = target.getName();
    }

    /** The lowered level, or null below the lowest. */
    private Level lowered(Level level) {
        int place = level.ordinal() + steps;
        return place < LEVELS.length ? LEVELS[place] : null;
    }

    private boolean enabled(Level level) {
        Level lowered = lowered(level);
        return lowered != null && target.isEnabledForLevel(lowered);
    }

    /** Most relays log nothing. */
    private Marker marker() {
        if (marker == null) {
            marker = MarkerFactory.getDetachedMarker(Integer.toString(id));
        }
        return marker;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker given, String message, Object[] arguments, Throwable thrown) {
        Level lowered = lowered(level);
        if (lowered == null) {
            return;
        }
        String text =
                arguments == null ? message : MessageFormatter.basicArrayFormat(message, arguments);
        switch (lowered) {
            case ERROR -> target.error(marker(), text, thrown);
            case WARN -> target.warn(marker(), text, thrown);
            case INFO -> target.info(marker(), text, thrown);
            case DEBUG -> target.debug(marker(), text, thrown);
            case TRACE -> target.trace(marker(), text, thrown);
        }
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return RelayLogger.class.getName();
    }

    @Override
    public boolean isTraceEnabled() {
        return enabled(Level.TRACE);
    }

    @Override
    public boolean isTraceEnabled(Marker given) {
        return isTraceEnabled();
    }

    @Override
    public boolean isDebugEnabled() {
        return enabled(Level.DEBUG);
    }

    @Override
    public boolean isDebugEnabled(Marker given) {
        return isDebugEnabled();
    }

    @Override
    public boolean isInfoEnabled() {
        return enabled(Level.INFO);
    }

    @Override
    public boolean isInfoEnabled(Marker given) {
        return isInfoEnabled();
    }

    @Override
    public boolean isWarnEnabled() {
        return enabled(Level.WARN);
    }

    @Override
    public boolean isWarnEnabled(Marker given) {
        return isWarnEnabled();
    }

    @Override
    public boolean isErrorEnabled() {
        return enabled(Level.ERROR);
    }

    @Override
    public boolean isErrorEnabled(Marker given) {
        return isErrorEnabled();
    }
}
