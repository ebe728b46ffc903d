package org.jsocat.cli.log;

import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Prints through {@link LogOutput}. */
final class ProgramLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    ProgramLogger(String name) {
        this.name = name;
    }

    private static boolean enabled(Level level) {
        return LogOutput.instance().isEnabled(level);
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
        String text =
                arguments == null ? message : MessageFormatter.basicArrayFormat(message, arguments);
        LogOutput.instance().print(level, text, thrown, marker);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return ProgramLogger.class.getName();
    }

    @Override
    public boolean isTraceEnabled() {
        return enabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return enabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return enabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return enabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return enabled(Level.ERROR);
    }
}
