package org.jsocat.spi;

/**
 * What the command line (or the embedding program) says for all addresses of a relay.
 *
 * @param programName the name in log lines; in upper case it begins the variables ({@code
 *     SOCAT_PEERADDR})
 * @param bufferSize the block size of transfers, bytes ({@code -b})
 * @param listenVersion the version that listening addresses without one of their own take
 * @param resolveVersion the version that is preferred when names are resolved
 * @param sloppy whether failures of options do not end the program ({@code -s})
 * @param experimental whether features marked experimental are allowed
 * @since 1.0
 */
public record Settings(
        String programName,
        int bufferSize,
        IpVersion listenVersion,
        IpVersion resolveVersion,
        boolean sloppy,
        boolean experimental) {
    /** What holds where nothing is said. */
    public static final Settings DEFAULT =
            new Settings("socat", 8192, IpVersion.IPV4, IpVersion.IPV4, false, false);
}
