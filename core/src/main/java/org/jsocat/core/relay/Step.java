package org.jsocat.core.relay;

/** What a step of a direction did. */
enum Step {
    /** Nothing could be done now. */
    IDLE,
    /** Bytes were moved. */
    MOVED,
    /** The source is at its end, and all that it gave has been written. */
    END
}
