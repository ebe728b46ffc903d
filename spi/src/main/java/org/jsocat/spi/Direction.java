package org.jsocat.spi;

/**
 * Which way bytes flow through an address, seen from jsocat.
 *
 * @since 1.0
 */
public enum Direction {
    /** Bytes are read from the address only. */
    READ,
    /** Bytes are written to the address only. */
    WRITE,
    /** Bytes flow both ways. */
    BOTH;

    /** Whether bytes are read from the address. */
    public boolean reads() {
        return this != WRITE;
    }

    /** Whether bytes are written to the address. */
    public boolean writes() {
        return this != READ;
    }

    /** Whether an address that supports this direction can be used in the wanted one. */
    public boolean covers(Direction wanted) {
        return this == BOTH || this == wanted;
    }

    /** The same flow seen from the other side. */
    public Direction reversed() {
        return switch (this) {
            case READ -> WRITE;
            case WRITE -> READ;
            case BOTH -> BOTH;
        };
    }

    /** The word that messages use: {@code read-only}, {@code write-only} or {@code read-write}. */
    public String text() {
        return switch (this) {
            case READ -> "read-only";
            case WRITE -> "write-only";
            case BOTH -> "read-write";
        };
    }

    /** What something is opened for, as log lines say it. */
    public String purpose() {
        return switch (this) {
            case READ -> "reading";
            case WRITE -> "writing";
            case BOTH -> "reading and writing";
        };
    }
}
