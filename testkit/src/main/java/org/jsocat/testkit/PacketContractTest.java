package org.jsocat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What holds for every endpoint whose reads and writes are packets: boundaries are kept, an empty
 * packet is no end, one that is longer than the buffer loses its end and nothing else.
 *
 * @since 0.1
 */
@Timeout(300)
public abstract class PacketContractTest {
    private static final int LONG = 100_000;
    private static final int ROOM = 256;

    /** So many packets that no receiver holds them all. */
    private static final int FLOOD = 20_000;

    /** For subclasses. */
    protected PacketContractTest() {}

    /**
     * Opens an endpoint without {@code null-eof}; the test closes both ends.
     *
     * @return its peer is a blocking descriptor, one packet for each read(2) and write(2)
     */
    protected abstract EndpointContractTest.Joined open();

    /** Whether an empty packet ends the stream all the same: where a protocol has it so. */
    protected boolean endsAtEmptyPacket() {
        return false;
    }

    @FunctionalInterface
    private interface Use {
        void of(Endpoint endpoint, Fd peer);
    }

    private void with(Use use) {
        EndpointContractTest.Joined joined = open();
        try (Endpoint endpoint = joined.endpoint();
                Fd peer = joined.peer()) {
            use.of(endpoint, peer);
        }
    }

    @Test
    void saysThatItKeepsPackets() {
        with(
                (endpoint, peer) -> {
                    assertThat(endpoint.keepsPackets()).isTrue();
                    assertThat(endpoint.rawInput()).isEqualTo(Endpoint.NONE);
                    assertThat(endpoint.rawOutput()).isEqualTo(Endpoint.NONE);
                });
    }

    @Test
    void readingWhereNothingIsGivesNothing() {
        with(
                (endpoint, peer) ->
                        assertThat(endpoint.read(ByteBuffer.allocateDirect(ROOM))).isZero());
    }

    @Test
    void eachReadGivesOnePacket() {
        with(
                (endpoint, peer) -> {
                    send(peer, "one");
                    send(peer, "and two");
                    assertThat(read(endpoint, ROOM)).isEqualTo("one");
                    assertThat(read(endpoint, ROOM)).isEqualTo("and two");
                });
    }

    @Test
    void eachWriteIsOnePacket() {
        with(
                (endpoint, peer) -> {
                    assertThat(write(endpoint, "one")).isEqualTo(3);
                    assertThat(write(endpoint, "and two")).isEqualTo(7);
                    assertThat(receive(peer)).isEqualTo("one");
                    assertThat(receive(peer)).isEqualTo("and two");
                });
    }

    @Test
    void anEmptyPacketIsNoEnd() {
        with(
                (endpoint, peer) -> {
                    send(peer, "");
                    send(peer, "behind it");
                    assertThat(read(endpoint, ROOM))
                            .isEqualTo(endsAtEmptyPacket() ? "END" : "behind it");
                });
    }

    @Test
    void aPacketThatIsTooLongLosesItsEndOnly() {
        with(
                (endpoint, peer) -> {
                    send(peer, "truncated");
                    send(peer, "next");
                    assertThat(read(endpoint, 5)).isEqualTo("trunc");
                    assertThat(read(endpoint, 5)).isEqualTo("next");
                });
    }

    /** A packet is never split, and what was refused can be written again. */
    @Test
    void aFullPeerTakesAllOfAPacketOrNothing() {
        with(
                (endpoint, peer) -> {
                    int taken = 0;
                    ByteBuffer packet = ByteBuffer.allocateDirect(1024);
                    int count;
                    do {
                        packet.clear();
                        count = endpoint.write(packet);
                        assertThat(count).isIn(0, packet.capacity());
                        assertThat(packet.position()).isEqualTo(count);
                        taken++;
                    } while (count > 0 && taken < FLOOD);
                    assertThat(receive(peer)).hasSize(packet.capacity());
                });
    }

    @Test
    void closingFreesEveryDescriptor() {
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < 2; i++) { // the first time loads what is loaded once
            EndpointContractTest.Joined joined = open();
            joined.endpoint().close();
            joined.endpoint().close();
            joined.peer().close();
            counts.add(Descriptors.count());
        }
        // What others have left to the garbage collector may be freed meanwhile.
        assertThat(counts.get(1)).isLessThanOrEqualTo(counts.get(0));
    }

    private static void send(Fd peer, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        PosixException.check(Libc.write(peer.number(), bytes, 0, bytes.length), "write()");
    }

    private static String receive(Fd peer) {
        byte[] bytes = new byte[2048];
        assertThat(Libc.poll(peer.number(), Linux.POLLIN, LONG)).isPositive();
        long count =
                PosixException.check(Libc.read(peer.number(), bytes, 0, bytes.length), "read()");
        return new String(bytes, 0, (int) count, StandardCharsets.US_ASCII);
    }

    private static int write(Endpoint endpoint, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return endpoint.write(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
    }

    private static String read(Endpoint endpoint, int room) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(room);
        int count;
        while ((count = endpoint.read(buffer)) == 0) {
            if (!endpoint.hasPending()) {
                assertThat(Libc.poll(endpoint.readDescriptor(), Linux.POLLIN, LONG)).isPositive();
            }
        }
        if (count == Endpoint.END) {
            return "END";
        }
        byte[] bytes = new byte[count];
        buffer.flip().get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
