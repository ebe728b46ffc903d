package org.jsocat.cli;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Has a test that fails show what its programs have logged and how they have ended, each as a
 * suppressed exception: what a peer has seen of a program does not tell why.
 */
final class ShowsPrograms implements BeforeEachCallback, TestExecutionExceptionHandler {
    /** A report in the place of an exception's message. */
    private static final class Report extends Exception {
        private static final long serialVersionUID = 1;

        Report(String text) {
            super(text, null, false, false);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        RunningSocat.forget();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        RunningSocat.reports().forEach(report -> failure.addSuppressed(new Report(report)));
        throw failure;
    }
}
