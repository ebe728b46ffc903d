package org.jsocat.spi;

import java.time.Duration;

/**
 * How often something that failed may be tried again, as the options {@code retry}, {@code forever}
 * and {@code interval} say.
 *
 * @param forever whether without end
 * @param times how often, where not
 * @param interval the time between two attempts
 * @since 1.0
 */
public record Retry(boolean forever, long times, Duration interval) {
    /** Not at all. */
    public static final Retry NONE = new Retry(false, 0, Duration.ofSeconds(1));

    /** Whether there is another attempt after this many. */
    public boolean allows(long attempts) {
        return forever || attempts < times;
    }
}
