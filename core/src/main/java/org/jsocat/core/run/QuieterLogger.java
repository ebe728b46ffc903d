package org.jsocat.core.run;

import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;

/** Logs everything some levels lower: what {@code children-shutup} asks for. */
final class QuieterLogger extends AbstractLogger {
    private static final long serialVersionUID = 1L;
    private static final Level[] LEVELS = {
        Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG, Level.TRACE
    };

    private final transient Logger target;
    private final int steps;

    QuieterLogger(Logger target, int steps) {
        this.target = target;
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

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
        Level lowered = lowered(level);
        if (lowered != null) {
            String text =
                    arguments == null
                            ? message
                            : org.slf4j.helpers.MessageFormatter.basicArrayFormat(
                                    message, arguments);
            target.atLevel(lowered).setCause(thrown).log(text);
        }
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return QuieterLogger.class.getName();
    }

    @Override
    public boolean isTraceEnabled() {
        return enabled(Level.TRACE);
    }

    @Override
    public boolean isTraceEnabled(Marker marker) {
        return isTraceEnabled();
    }

    @Override
    public boolean isDebugEnabled() {
        return enabled(Level.DEBUG);
    }

    @Override
    public boolean isDebugEnabled(Marker marker) {
        return isDebugEnabled();
    }

    @Override
    public boolean isInfoEnabled() {
        return enabled(Level.INFO);
    }

    @Override
    public boolean isInfoEnabled(Marker marker) {
        return isInfoEnabled();
    }

    @Override
    public boolean isWarnEnabled() {
        return enabled(Level.WARN);
    }

    @Override
    public boolean isWarnEnabled(Marker marker) {
        return isWarnEnabled();
    }

    @Override
    public boolean isErrorEnabled() {
        return enabled(Level.ERROR);
    }

    @Override
    public boolean isErrorEnabled(Marker marker) {
        return isErrorEnabled();
    }
}
