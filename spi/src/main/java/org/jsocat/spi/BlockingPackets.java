package org.jsocat.spi;

import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;

import java.util.concurrent.ThreadFactory;

/**
 * An endpoint that keeps packets, over a library that can only block: {@link BlockingStreams} for
 * packets, with a pair of sequenced-packet sockets (unix(7)) between. Empty packets are not passed
 * on.
 *
 * @since 1.0
 */
public final class BlockingPackets extends ThreadedEndpoint {
    private BlockingPackets(
            OpenContext context,
            Fd[] pair,
            BlockingPort port,
            int greatest,
            ThreadFactory threads) {
        super(
                context,
                over(context, pair[0]).socket().packets(true),
                pair[1],
                port,
                greatest,
                threads);
    }

    /**
     * Makes the endpoint and starts its threads, which are virtual.
     *
     * @param port closed by the endpoint
     * @param greatest the size of the greatest packet, bytes; what is longer is cut
     */
    public static BlockingPackets over(OpenContext context, BlockingPort port, int greatest) {
        BlockingPackets packets =
                new BlockingPackets(
                        context,
                        pair(Linux.SOCK_SEQPACKET),
                        port,
                        greatest,
                        Thread.ofVirtual().name("jsocat-packets-", 0).factory());
        packets.start();
        return packets;
    }
}
