package org.jsocat.core.relay;

/** How lines end on an address: options {@code cr} and {@code crnl}. */
public enum LineEnd {
    /** Bytes pass as they are; where the other side says otherwise, lines end with NL. */
    RAW,
    /** Lines end with CR. */
    CR,
    /** Lines end with CR NL. */
    CRNL
}
