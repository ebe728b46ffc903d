package org.jsocat.spi.opening;

import org.jsocat.spi.Option;

/**
 * An option that was written on an address, with its value.
 *
 * @param <T> the type of the value
 * @since 1.0
 */
public interface Given<T> {
    /** The row of a table. */
    Option<T> option();

    /** What was written, as its type has parsed it. */
    T value();
}
