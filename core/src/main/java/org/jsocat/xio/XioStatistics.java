package org.jsocat.xio;

/**
 * What a relay has transferred so far; with {@code fork}, all of its relays together. The counts
 * may lag behind while bytes flow.
 *
 * @param bytesToSecond bytes written to the second address
 * @param bytesToFirst bytes written to the first address
 * @param running how many pairs are joined now
 * @param ended how many have been joined and ended
 * @since 1.0
 */
public record XioStatistics(long bytesToSecond, long bytesToFirst, int running, long ended) {}
