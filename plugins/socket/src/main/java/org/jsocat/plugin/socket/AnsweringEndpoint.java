package org.jsocat.plugin.socket;

import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Fact;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Wakeup;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;
import org.slf4j.Logger;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** One packet, and answers to its sender through a socket that others use too. */
final class AnsweringEndpoint implements Endpoint {
    /** A socket that is full has room again after some packets. */
    private static final Duration SOON = Duration.ofMillis(1);

    private final SharedSocket socket;
    private final SocketAddress peer;
    private final Direction direction;
    private final Wakeup wakeup;
    private final Logger log;
    private final List<Fact> facts;
    private Packet packet;
    private boolean closed;

    AnsweringEndpoint(OpenContext context, SharedSocket socket, Packet packet, List<Fact> facts) {
        this.facts = List.copyOf(facts);
        this.socket = socket;
        this.packet = packet;
        peer = packet.from();
        direction = context.direction();
        wakeup = context.wakeup();
        log = context.log();
    }

    @Override
    public List<Fact> facts() {
        return facts;
    }

    @Override
    public int read(ByteBuffer target) {
        if (packet == null) {
            return END;
        }
        int count = packet.copyTo(target);
        packet = null;
        log.info("received packet with {} bytes from {}", count, peer.text());
        return count == 0 ? END : count;
    }

    @Override
    public int write(ByteBuffer source) {
        int length = source.remaining();
        int flags = Linux.MSG_DONTWAIT | Linux.MSG_NOSIGNAL;
        long count = DatagramEndpoint.send(socket.number(), source, flags, peer);
        if (count == -Errno.EAGAIN) {
            wakeup.after(SOON); // not an event: each packet sent would wake all that share it
            return 0;
        }
        if (count < 0) {
            String call = DatagramEndpoint.sendText(socket.number(), source, peer);
            throw new PosixException((int) -count, call);
        }
        source.position(source.limit());
        if (log.isInfoEnabled()) {
            log.info("local address: {}", SocketAddress.local(socket.number()).text());
        }
        return length;
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            socket.close();
        }
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public int readDescriptor() {
        return NONE;
    }

    @Override
    public int writeDescriptor() {
        return NONE;
    }

    @Override
    public boolean hasPending() {
        return true;
    }

    @Override
    public boolean keepsPackets() {
        return true;
    }
}
