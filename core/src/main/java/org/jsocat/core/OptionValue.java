package org.jsocat.core;

import org.jsocat.spi.Option;

/**
 * An option of a command line with its parsed value.
 *
 * @param option the row of its table
 * @param value what was given
 */
record OptionValue<T>(Option<T> option, T value) {}
