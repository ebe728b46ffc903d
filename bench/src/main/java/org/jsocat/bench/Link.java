package org.jsocat.bench;

import org.jsocat.spi.posix.SocketAddress;

import java.nio.file.Path;

/** What the client speaks with the relay. The server behind it speaks TCP, or UNIX for UNIX. */
enum Link {
    /** TCP on loopback. */
    TCP("TCP-LISTEN:%s,bind=127.0.0.1,reuseaddr,fork,backlog=4096", "TCP:%s"),

    /** TCP with a stage that changes nothing before the target. */
    NOP("TCP-LISTEN:%s,bind=127.0.0.1,reuseaddr,fork,backlog=4096", "NOP|TCP:%s"),

    /** UNIX stream sockets on both sides. */
    UNIX("UNIX-LISTEN:%s,fork,backlog=4096", "UNIX-CONNECT:%s"),

    /** TLS with an RSA certificate of 2048 bits. */
    RSA("OPENSSL-LISTEN:%s,bind=127.0.0.1,reuseaddr,fork,backlog=4096,verify=0,cert=", "TCP:%s"),

    /** TLS with an ECDSA certificate on P-256. */
    ECDSA("OPENSSL-LISTEN:%s,bind=127.0.0.1,reuseaddr,fork,backlog=4096,verify=0,cert=", "TCP:%s");

    private final String listen;
    private final String connect;

    Link(String listen, String connect) {
        this.listen = listen;
        this.connect = connect;
    }

    boolean isTls() {
        return this == RSA || this == ECDSA;
    }

    /** Where a relay may listen. */
    SocketAddress freeAddress(Path folder) {
        return this == UNIX ? Sockets.freePath(folder) : Sockets.freePort();
    }

    /** The first address of socat's command line. */
    String listening(SocketAddress own, Path folder) {
        String address = listen.formatted(Sockets.name(own));
        return isTls() ? address + Certificate.of(this, folder) : address;
    }

    /** The second address of socat's command line. */
    String connecting(SocketAddress target) {
        return connect.formatted(
                target instanceof SocketAddress.Unix
                        ? Sockets.name(target)
                        : "127.0.0.1:" + Sockets.name(target));
    }
}
