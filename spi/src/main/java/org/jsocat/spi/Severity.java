package org.jsocat.spi;

/**
 * How grave a failure is; decides the letter of the log line.
 *
 * @since 1.0
 */
public enum Severity {
    /** Ends the program (F). */
    FATAL,
    /** Ends the relay (E). */
    ERROR,
    /** The relay goes on (W). */
    WARNING,
    /** Worth a note (N). */
    NOTICE,
    /** For the curious (I). */
    INFO,
    /** For developers (D). */
    DEBUG
}
