package org.jsocat.xio;

import java.util.Optional;

/**
 * How a relay ended.
 *
 * @param status what the program would exit with: 0 when all went well or the relay was closed, 1
 *     after an error, which has been logged
 * @param statistics what was transferred until then
 * @param failure why the addresses could not be joined; empty where they were, whatever happened
 *     later
 * @since 1.0
 */
public record XioResult(int status, XioStatistics statistics, Optional<XioException> failure) {}
