package org.jsocat.plugin.tun;

import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.posix.ControlMessage;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketMessage;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Packets of an interface with the VLAN tags that the kernel took off them: it tells them as
 * ancillary data (packet(7), PACKET_AUXDATA).
 */
final class TaggedEndpoint extends DescriptorEndpoint {
    private static final int SOL_PACKET = 263;
    private static final int PACKET_AUXDATA = 8;
    private static final int TAG_VALID = 0x10;
    private static final int PROTOCOL_VALID = 0x40;
    private static final short USUAL_PROTOCOL = (short) 0x8100;

    // struct tpacket_auxdata
    private static final int TAG_OFFSET = 16;
    private static final int PROTOCOL_OFFSET = 18;

    /** Both addresses of Ethernet, behind which the tag stands. */
    private static final int ADDRESSES = 12;

    private static final int TAG_BYTES = 4;
    private static final int CONTROL_BYTES = 256;

    private final SocketMessage message = new SocketMessage(CONTROL_BYTES);

    TaggedEndpoint(Builder builder) {
        super(builder);
    }

    /** Has the kernel tell the tags. */
    static void request(Fd socket) {
        PosixException.check(
                Libc.setsockopt(socket.number(), SOL_PACKET, PACKET_AUXDATA, 1),
                () -> "setsockopt(" + socket + ", SOL_PACKET, PACKET_AUXDATA, , {1})");
    }

    @Override
    public int read(ByteBuffer target) {
        int room = target.remaining();
        // Room for a tag is left at the end.
        int most = Math.max(0, room - TAG_BYTES);
        long count;
        do {
            count =
                    message.receive(
                            input().number(),
                            MemorySegment.ofBuffer(target),
                            0,
                            most,
                            Linux.MSG_DONTWAIT);
        } while (count == -Errno.EINTR);
        if (count == -Errno.EAGAIN) {
            return 0;
        }
        if (count < 0) {
            return readFailed((int) -count, room);
        }
        int length = (int) count;
        for (ControlMessage control : message.controls()) {
            if (control.level() == SOL_PACKET && control.type() == PACKET_AUXDATA) {
                length += restore(target, length, control.data());
            }
        }
        target.position(target.position() + length);
        return length;
    }

    /** Puts the tag of a packet back in: gives how many bytes that takes. */
    private static int restore(ByteBuffer target, int length, byte[] data) {
        ByteBuffer auxiliary = ByteBuffer.wrap(data).order(ByteOrder.nativeOrder());
        int status = auxiliary.getInt(0);
        if ((status & TAG_VALID) == 0 || length < ADDRESSES) {
            return 0;
        }
        int start = target.position() + ADDRESSES;
        ByteBuffer network = target.duplicate().order(ByteOrder.BIG_ENDIAN);
        network.put(
                start + TAG_BYTES, target.slice(start, length - ADDRESSES), 0, length - ADDRESSES);
        network.putShort(
                start,
                (status & PROTOCOL_VALID) == 0
                        ? USUAL_PROTOCOL
                        : auxiliary.getShort(PROTOCOL_OFFSET));
        network.putShort(start + 2, auxiliary.getShort(TAG_OFFSET));
        return TAG_BYTES;
    }
}
