package org.jsocat.cli.descriptors;

import org.jsocat.spi.posix.Linux;

/** The socket options that are read, in the order in which they are printed. */
final class SocketOptions {
    /**
     * One option.
     *
     * @param name in the output
     * @param number for getsockopt(2)
     */
    record Row(String name, int number) {}

    static final Row[] SOCKET = {
        new Row("DEBUG", Linux.SO_DEBUG),
        new Row("REUSEADDR", Linux.SO_REUSEADDR),
        new Row("PROTOCOL", Linux.SO_PROTOCOL),
        new Row("TYPE", Linux.SO_TYPE),
        new Row("ERROR", Linux.SO_ERROR),
        new Row("DONTROUTE", Linux.SO_DONTROUTE),
        new Row("BROADCAST", Linux.SO_BROADCAST),
        new Row("SNDBUF", Linux.SO_SNDBUF),
        new Row("RCVBUF", Linux.SO_RCVBUF),
        new Row("KEEPALIVE", Linux.SO_KEEPALIVE),
        new Row("OOBINLINE", Linux.SO_OOBINLINE),
        new Row("NO_CHECK", Linux.SO_NO_CHECK),
        new Row("PRIORITY", Linux.SO_PRIORITY),
        new Row("LINGER", Linux.SO_LINGER),
        new Row("BSDCOMPAT", Linux.SO_BSDCOMPAT),
        new Row("REUSEPORT", Linux.SO_REUSEPORT),
        new Row("PASSCRED", Linux.SO_PASSCRED),
        new Row("PEERCRED", Linux.SO_PEERCRED),
        new Row("RCVLOWAT", Linux.SO_RCVLOWAT),
        new Row("SNDLOWAT", Linux.SO_SNDLOWAT),
        new Row("RCVTIMEO", Linux.SO_RCVTIMEO),
        new Row("SNDTIMEO", Linux.SO_SNDTIMEO),
        new Row("SECURITY_AUTHENTICATION", Linux.SO_SECURITY_AUTHENTICATION),
        new Row("SECURITY_ENCRYPTION_TRANSPORT", Linux.SO_SECURITY_ENCRYPTION_TRANSPORT),
        new Row("SECURITY_ENCRYPTION_NETWORK", Linux.SO_SECURITY_ENCRYPTION_NETWORK),
        new Row("BINDTODEVICE", Linux.SO_BINDTODEVICE),
        new Row("ATTACH_FILTER", Linux.SO_ATTACH_FILTER),
        new Row("DETACH_FILTER", Linux.SO_DETACH_FILTER),
    };

    static final Row[] IP = {
        new Row("IP_TOS", 1),
        new Row("IP_TTL", 2),
        new Row("IP_HDRINCL", 3),
        new Row("IP_OPTIONS", 4),
        new Row("IP_ROUTER_ALERT", 5),
        new Row("IP_RECVOPTS", 6),
        new Row("IP_RETOPTS", 7),
        new Row("IP_PKTINFO", 8),
        new Row("IP_PKTOPTIONS", 9),
        new Row("IP_MTU_DISCOVER", 10),
        new Row("IP_RECVERR", 11),
        new Row("IP_RECVTTL", 12),
        new Row("IP_RECVTOS", 13),
        new Row("IP_TRANSPARENT", 19),
        new Row("IP_MTU", 14),
        new Row("IP_FREEBIND", 15),
        new Row("IP_MULTICAST_TTL", 33),
        new Row("IP_MULTICAST_LOOP", 34),
    };

    static final Row[] IPV6 = {new Row("IPV6_V6ONLY", 26)};

    static final Row[] TCP = {
        new Row("TCP_NODELAY", 1),
        new Row("TCP_MAXSEG", 2),
        new Row("TCP_CORK", 3),
        new Row("TCP_KEEPIDLE", 4),
        new Row("TCP_KEEPINTVL", 5),
        new Row("TCP_KEEPCNT", 6),
        new Row("TCP_SYNCNT", 7),
        new Row("TCP_LINGER2", 8),
        // the name is the reference's; the constant is TCP_DEFER_ACCEPT
        new Row("TCP_ACCEPT", 9),
        new Row("TCP_WINDOW_CLAMP", 10),
        new Row("TCP_INFO", 11),
        new Row("TCP_QUICKACK", 12),
        new Row("TCP_MD5SIG", 14),
    };

    /** TCP_INFO's place in {@link #TCP}. */
    static final int TCP_INFO = 10;

    private SocketOptions() {}
}
