package org.jsocat.plugin.tun;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Packets that come in pieces, on a socket that keeps packets in place of the interface. */
class TunEndpointTest {
    private static final int MOST = 70_000;

    private final Fd device;
    private final Fd kernel;
    private final TunEndpoint endpoint;

    TunEndpointTest() {
        int[] pair = new int[2];
        int type = Linux.SOCK_SEQPACKET | Linux.SOCK_NONBLOCK;
        assertThat(Libc.socketpair(Linux.AF_UNIX, type, 0, pair)).isZero();
        device = new Fd(pair[0]);
        kernel = new Fd(pair[1]);
        endpoint =
                new TunEndpoint(
                        DescriptorEndpoint.over(device, Direction.WRITE).packets(false),
                        Framing.TAGGED_IP);
    }

    @BeforeEach
    void nothingIsThere() {
        assertThat(received()).isEmpty();
    }

    @AfterEach
    void close() {
        endpoint.close();
        kernel.close();
    }

    /** A packet of IPv6 with so much in it, all of one value, behind TUN's own header. */
    private static byte[] packet(int payload, int value) {
        ByteBuffer packet = ByteBuffer.allocate(44 + payload);
        packet.putInt(0x86dd).putInt(6 << 28).putShort((short) payload).position(44);
        while (packet.hasRemaining()) {
            packet.put((byte) value);
        }
        return packet.array();
    }

    private static ByteBuffer direct(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer joined = ByteBuffer.allocateDirect(length);
        for (byte[] part : parts) {
            joined.put(part);
        }
        return joined.flip();
    }

    private List<byte[]> received() {
        List<byte[]> packets = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.allocateDirect(MOST);
        long count;
        while ((count =
                        Libc.recv(
                                kernel.number(),
                                MemorySegment.ofBuffer(buffer.clear()),
                                0,
                                MOST,
                                Linux.MSG_DONTWAIT))
                > 0) {
            byte[] packet = new byte[(int) count];
            buffer.get(packet);
            packets.add(packet);
        }
        return packets;
    }

    private void write(ByteBuffer block) {
        int length = block.remaining();
        assertThat(endpoint.write(block)).isEqualTo(length);
        assertThat(endpoint.hasUnflushed()).isFalse();
    }

    @Test
    void packetsAreWrittenOneByOneHoweverTheyCome() {
        byte[] first = packet(30, 1);
        byte[] second = packet(500, 0x60);
        byte[] third = packet(1, 3);
        ByteBuffer all = direct(first, second, third);
        for (int size = 1; size <= all.capacity(); size++) {
            for (int at = 0; at < all.capacity(); at += size) {
                write(all.slice(at, Math.min(size, all.capacity() - at)));
            }
            assertThat(received()).as("pieces of %d", size).containsExactly(first, second, third);
        }
    }

    @Test
    void aBrokenPacketCostsItself() {
        byte[] good = packet(100, 7);
        write(direct(packet(200, 5)).limit(99));
        write(direct(good));
        write(direct(good));
        assertThat(received()).containsExactly(good, good);
    }

    @Test
    void whatIsNoPacketIsWrittenAsItCame() {
        byte[] none = "a test".getBytes(StandardCharsets.US_ASCII);
        byte[] good = packet(100, 7);
        write(direct(none));
        byte[] joined = Arrays.copyOf(good, good.length + 20);
        write(direct(joined));
        assertThat(received()).containsExactly(none, joined);
    }

    @Test
    void aPacketThatIsNotTakenYetIsKept() {
        byte[] packet = packet(60_000, 1);
        ByteBuffer block = direct(packet);
        int sent = 0;
        while (endpoint.write(block.clear()) > 0) {
            sent++;
        }
        assertThat(block.position()).isZero();
        int cut = 10_000;
        assertThat(endpoint.write(block.clear().limit(cut))).isEqualTo(cut);
        assertThat(endpoint.write(block.clear().position(cut))).isEqualTo(packet.length - cut);
        assertThat(endpoint.hasUnflushed()).isTrue();
        assertThat(endpoint.write(block.clear())).isZero();
        assertThat(received()).hasSize(sent);
        endpoint.flush();
        assertThat(endpoint.hasUnflushed()).isFalse();
        assertThat(received()).containsExactly(packet);
    }
}
