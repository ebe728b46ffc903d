package org.jsocat.plugin.socket;

import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;
import org.slf4j.Logger;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;

/** The header that raw sockets of IPv4 give with each packet (raw(7)) and that nobody wants. */
public final class IpHeader {
    private static final int WORD = 4;

    private IpHeader() {}

    private static int length(int firstByte) {
        return WORD * (firstByte & 15);
    }

    static Packet strip(Packet packet) {
        if (!(packet.from() instanceof SocketAddress.Inet4) || packet.data().length == 0) {
            return packet;
        }
        byte[] data = packet.data();
        int from = Math.min(length(data[0]), data.length);
        return new Packet(
                packet.from(), Arrays.copyOfRange(data, from, data.length), packet.controls());
    }

    /** An endpoint that leaves the header out. */
    public static final class Stripping extends DatagramEndpoint {
        private final Logger log;

        /** An endpoint as described, over a socket that its builder holds. */
        public Stripping(
                DescriptorEndpoint.Builder builder, Datagrams datagrams, OpenContext context) {
            super(builder, datagrams, context);
            log = context.log();
        }

        @Override
        protected int payload(ByteBuffer target, int count, Supplier<SocketAddress> from) {
            if (from.get().family() != Linux.AF_INET) {
                return count;
            }
            int start = target.position();
            int header = length(target.get(start));
            if (header > count) {
                log.warn("read({}, ...)/IP4: short packet", input().number());
                return 0;
            }
            int left = count - header;
            target.put(start, target.slice(start + header, left), 0, left);
            return left;
        }
    }
}
