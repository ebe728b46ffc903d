package org.jsocat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the relay relies on in every endpoint of a byte stream that goes both ways. A plugin's test
 * extends it for each kind of endpoint that it has.
 *
 * @since 0.1
 */
@Timeout(300)
public abstract class EndpointContractTest {
    private static final byte[] GREETING = "hello".getBytes(StandardCharsets.US_ASCII);

    /**
     * An open endpoint and what stands on its other end.
     *
     * @param endpoint under test
     * @param peer a blocking descriptor that gives what the endpoint writes and takes what it is to
     *     read
     */
    public record Joined(Endpoint endpoint, Fd peer) {}

    /** For subclasses. */
    protected EndpointContractTest() {}

    /** Opens an endpoint; the test closes both ends. */
    protected abstract Joined open();

    @Test
    void readingWhereNothingIsGivesNothing() {
        with((endpoint, peer) -> assertThat(endpoint.read(buffer())).isZero());
    }

    @Test
    void givesWhatThePeerWrites() {
        with(
                (endpoint, peer) -> {
                    Libc.write(peer.number(), GREETING, 0, GREETING.length);
                    ByteBuffer buffer = buffer();
                    await(endpoint.readDescriptor(), Linux.POLLIN);
                    assertThat(endpoint.read(buffer)).isEqualTo(GREETING.length);
                    assertThat(bytes(buffer.flip())).isEqualTo(GREETING);
                });
    }

    @Test
    void writesToThePeer() {
        with(
                (endpoint, peer) -> {
                    ByteBuffer buffer = buffer().put(GREETING).flip();
                    assertThat(endpoint.write(buffer)).isEqualTo(GREETING.length);
                    assertThat(buffer.hasRemaining()).isFalse();
                    byte[] got = new byte[GREETING.length];
                    assertThat(Libc.read(peer.number(), got, 0, got.length))
                            .isEqualTo(GREETING.length);
                    assertThat(got).isEqualTo(GREETING);
                });
    }

    @Test
    void writingToASlowPeerTakesWhatFitsAndThenNothing() {
        with(
                (endpoint, peer) -> {
                    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
                    int count;
                    do {
                        buffer.clear();
                        count = endpoint.write(buffer);
                        assertThat(buffer.position()).isEqualTo(count);
                    } while (count > 0);
                    assertThat(endpoint.write(buffer.clear())).isZero();
                });
    }

    @Test
    void theEndOfThePeerIsTheEnd() {
        with(
                (endpoint, peer) -> {
                    peer.close();
                    await(endpoint.readDescriptor(), Linux.POLLIN);
                    assertThat(endpoint.read(buffer())).isEqualTo(Endpoint.END);
                });
    }

    @Test
    void halfCloseIsTheEndForThePeerAndReadingGoesOn() {
        with(
                (endpoint, peer) -> {
                    endpoint.shutdownOutput();
                    endpoint.shutdownOutput();
                    assertThat(Libc.read(peer.number(), new byte[1], 0, 1)).isZero();
                    Libc.write(peer.number(), GREETING, 0, GREETING.length);
                    await(endpoint.readDescriptor(), Linux.POLLIN);
                    assertThat(endpoint.read(buffer())).isEqualTo(GREETING.length);
                });
    }

    @Test
    void closingFreesEveryDescriptor() {
        open().peer().close(); // whatever is loaded once
        int before = Descriptors.count();
        Joined joined = open();
        joined.endpoint().close();
        joined.endpoint().close();
        joined.peer().close();
        // What others have left to the garbage collector may be freed meanwhile.
        assertThat(Descriptors.count()).isLessThanOrEqualTo(before);
    }

    @FunctionalInterface
    private interface Use {
        void of(Endpoint endpoint, Fd peer);
    }

    private void with(Use use) {
        Joined joined = open();
        try (Endpoint endpoint = joined.endpoint();
                Fd peer = joined.peer()) {
            use.of(endpoint, peer);
        }
    }

    private static void await(int descriptor, int events) {
        if (descriptor != Endpoint.NONE) {
            assertThat(Libc.poll(descriptor, events, 100_000)).isNotZero();
        }
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(4096);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
