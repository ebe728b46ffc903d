package org.jsocat.spi;

import java.time.Duration;

/**
 * Has an endpoint called again without an event on its descriptors: its loop then tries to read
 * from it, to write to it and to flush it. All methods may be called from any thread, also before
 * the relay begins, and do nothing once it has ended. A call more than was asked for may come.
 *
 * @see OpenContext#wakeup()
 * @since 1.0
 */
public interface Wakeup {
    /** As soon as can be. */
    void now();

    /**
     * Once, after some time; a later call replaces an earlier one.
     *
     * @param time from now on; the clock is {@link System#nanoTime()}
     */
    void after(Duration time);
}
