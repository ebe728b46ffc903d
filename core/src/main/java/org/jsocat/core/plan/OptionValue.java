package org.jsocat.core.plan;

import org.jsocat.spi.Option;

/**
 * An option of a command line with its parsed value.
 *
 * @param option the row of its table
 * @param value what was given
 */
public record OptionValue<T>(Option<T> option, T value) {}
