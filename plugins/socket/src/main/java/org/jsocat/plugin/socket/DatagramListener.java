package org.jsocat.plugin.socket;

import org.jsocat.spi.Listener;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.spi.posix.SocketMessage;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A socket that waits for datagrams of peers that nobody knows yet. */
abstract class DatagramListener implements Listener {
    /** The longest datagram of IP; those of other families are cut at it too. */
    private static final int LONGEST = 65_536;

    private static final int CONTROL_BYTES = 1024;

    private final Fd socket;
    private final ByteBuffer memory = ByteBuffer.allocateDirect(LONGEST);
    private final SocketMessage message = new SocketMessage(CONTROL_BYTES);
    private boolean handedOver;

    DatagramListener(Fd socket) {
        this.socket = socket;
    }

    final Fd socket() {
        return socket;
    }

    /** Takes the next packet from a socket. */
    final Optional<Packet> receive(int number, int flags) {
        MemorySegment segment = MemorySegment.ofBuffer(memory.clear());
        long count;
        do {
            count = message.receive(number, segment, 0, LONGEST, flags | Linux.MSG_DONTWAIT);
        } while (count == -Errno.EINTR);
        if (count == -Errno.EAGAIN) {
            return Optional.empty();
        }
        if (count < 0) {
            throw new PosixException((int) -count, "recvmsg(" + number + ")");
        }
        byte[] data = new byte[(int) count];
        memory.get(data);
        SocketAddress from =
                message.peer().length() == 0 ? DatagramEndpoint.UNNAMED : message.peer().get();
        return Optional.of(new Packet(from, data, message.controls()));
    }

    final boolean isHandedOver() {
        return handedOver;
    }

    /** The socket belongs to an endpoint from now on. */
    final void handOver() {
        handedOver = true;
    }

    @Override
    public int descriptor() {
        return socket.number();
    }

    @Override
    public void close() {
        if (!handedOver) {
            socket.close();
        }
    }
}
