package org.jsocat.cli.descriptors;

import java.util.OptionalLong;

/**
 * What poll(2) tells about a descriptor, without waiting.
 *
 * @param events POLLIN and the like
 * @param readable how many bytes could be read; empty where the descriptor cannot tell
 * @param error with POLLERR, what reading or writing nothing gives, for example {@code wr:Broken
 *     pipe}; else empty
 * @param peek whether it is a socket that has something to receive
 * @param peeked how many bytes a look at one byte of it gave; empty where that failed
 */
public record Poll(
        int events, OptionalLong readable, String error, boolean peek, OptionalLong peeked) {}
