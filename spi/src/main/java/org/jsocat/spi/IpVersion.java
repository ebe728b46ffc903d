package org.jsocat.spi;

/**
 * The version of the Internet Protocol that a user prefers ({@code -0}, {@code -4}, {@code -6} and
 * their variables).
 *
 * @since 1.0
 */
public enum IpVersion {
    /** No preference. */
    ANY,
    /** IPv4. */
    IPV4,
    /** IPv6. */
    IPV6
}
