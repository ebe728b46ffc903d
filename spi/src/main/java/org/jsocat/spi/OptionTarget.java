package org.jsocat.spi;

import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Spawn;

/**
 * What an option acts upon when its phase comes.
 *
 * @since 1.0
 */
public sealed interface OptionTarget {
    /** No descriptor or path exists yet. */
    OptionTarget NONE = new None();

    /** Nothing yet: phases before there is a descriptor. */
    record None() implements OptionTarget {}

    /** An open descriptor, which stays the opener's. */
    record Descriptor(Fd fd) implements OptionTarget {}

    /**
     * A file system entry whose descriptor cannot carry the attribute (a bound UNIX socket, for
     * one).
     */
    record Path(String path) implements OptionTarget {}

    /** A program that is about to be started: what an option changes is the program's alone. */
    record Program(Spawn spawn) implements OptionTarget {}

    /** The target for a descriptor. */
    static OptionTarget of(Fd fd) {
        return new Descriptor(fd);
    }

    /** The target for a file system entry. */
    static OptionTarget of(String path) {
        return new Path(path);
    }
}
