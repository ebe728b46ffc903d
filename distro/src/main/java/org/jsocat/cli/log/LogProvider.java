package org.jsocat.cli.log;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPLogger;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** Binds SLF4J to the program's log lines. */
public final class LogProvider implements SLF4JServiceProvider {
    /**
     * PF4J tells its own story of each plugin; what users need to know of it is logged under our
     * name.
     */
    private static final String QUIET = "org.pf4j.";

    private final ILoggerFactory loggers =
            name -> name.startsWith(QUIET) ? NOPLogger.NOP_LOGGER : new ProgramLogger(name);

    /** For {@link java.util.ServiceLoader}. */
    public LogProvider() {}

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return new BasicMarkerFactory();
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return new NOPMDCAdapter();
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}
}
