package org.jsocat.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.spi.Arrival;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Fact;
import org.jsocat.spi.Listener;
import org.jsocat.spi.SocketEnds;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What holds for every address that listens for connections: peers are yielded as they come, and
 * opened apart from that; who stalls, and what is lacking, harms nobody else.
 *
 * <p>The tests lower the limit of descriptors of their own process for a moment, so nothing else
 * may run in it at the same time.
 *
 * @since 0.1
 */
@Timeout(300)
public abstract class ListenerContractTest {
    private static final int LONG = 100_000;

    /** No descriptor can be had under this limit. */
    private static final int NO_MORE = 1;

    /** For subclasses. */
    protected ListenerContractTest() {}

    /**
     * An address that is about to listen, each time another one, with room for at least three peers
     * that have not been accepted. Its listener tells where it does ({@link SocketEnds}).
     */
    protected abstract Opening opening();

    /**
     * Begins a connection.
     *
     * @param to where the listener waits
     * @return a blocking socket that is connected, whether or not it has been accepted
     */
    protected Fd connect(SocketAddress to) {
        Fd peer =
                new Fd(
                        PosixException.check(
                                Libc.socket(to.family(), Linux.SOCK_STREAM, 0), "socket()"));
        PosixException.check(Libc.connect(peer.number(), to), () -> "connect() to " + to.text());
        return peer;
    }

    /** A listener under test. */
    private final class Server implements AutoCloseable {
        final Opening opening = opening();
        final Listener listener = opening.listen();
        final SocketAddress place = place(listener);

        Fd peer() {
            return connect(place);
        }

        /** Waits until a peer is there, as core does. */
        Arrival next() {
            assertThat(Libc.poll(listener.descriptor(), Linux.POLLIN, LONG)).isPositive();
            return listener.next().orElseThrow();
        }

        Endpoint open(Arrival arrival) {
            return arrival.open(opening).orElseThrow();
        }

        @Override
        public void close() {
            listener.close();
        }
    }

    private static SocketAddress place(Listener listener) {
        for (Fact fact : listener.facts()) {
            if (fact instanceof SocketEnds ends) {
                return ends.local().orElseThrow();
            }
        }
        throw new AssertionError("the listener does not tell where it listens");
    }

    @Test
    void whereNobodyWaitsNobodyIsYielded() {
        try (Server server = new Server()) {
            assertThat(server.listener.next()).isEmpty();
        }
    }

    @Test
    void yieldsEachPeerOnce() {
        try (Server server = new Server();
                Fd _ = server.peer();
                Fd _ = server.peer();
                Arrival _ = server.next();
                Arrival _ = server.next()) {
            assertThat(server.listener.next()).isEmpty();
        }
    }

    @Test
    void peersAreOpenedInAnyOrder() {
        try (Server server = new Server();
                Fd first = server.peer();
                Arrival one = server.next();
                Fd second = server.peer();
                Arrival two = server.next();
                Endpoint toSecond = server.open(two);
                Endpoint toFirst = server.open(one)) {
            assertThat(received(first, toFirst)).isEqualTo("first");
            assertThat(received(second, toSecond)).isEqualTo("first");
        }
    }

    @Test
    void aPeerThatStallsKeepsNobodyWaiting() {
        try (Server server = new Server();
                Fd _ = server.peer();
                Arrival _ = server.next();
                Fd lively = server.peer();
                Arrival next = server.next();
                Endpoint endpoint = server.open(next)) {
            assertThat(received(lively, endpoint)).isEqualTo("first");
        }
    }

    @Test
    void aPeerThatIsDroppedHearsTheEnd() {
        try (Server server = new Server();
                Fd peer = server.peer()) {
            Arrival arrival = server.next();
            arrival.close();
            arrival.close();
            assertThat(Libc.read(peer.number(), new byte[1], 0, 1))
                    .isIn(0L, -(long) Errno.ECONNRESET);
        }
    }

    @Test
    void whatWasTakenOutlivesTheListener() {
        try (Server server = new Server();
                Fd peer = server.peer();
                Arrival arrival = server.next()) {
            server.listener.close();
            server.listener.close();
            try (Endpoint endpoint = server.open(arrival)) {
                assertThat(received(peer, endpoint)).isEqualTo("first");
            }
            assertThatThrownBy(() -> server.peer().close()).isInstanceOf(PosixException.class);
        }
    }

    @Test
    void withoutDescriptorsThePeerWaits() {
        try (Server server = new Server()) {
            try (Fd _ = server.peer();
                    Arrival arrival = server.next()) {
                server.open(arrival).close(); // whatever is loaded once
                assertThat(new PosixException(Errno.EMFILE, "").getMessage()).isNotEmpty();
            }
            try (Fd peer = server.peer()) {
                assertThat(Libc.poll(server.listener.descriptor(), Linux.POLLIN, LONG))
                        .isPositive();
                assertThat(withoutDescriptors(server.listener)).isEqualTo(Errno.EMFILE);
                try (Arrival arrival = server.next();
                        Endpoint endpoint = server.open(arrival)) {
                    assertThat(received(peer, endpoint)).isEqualTo("first");
                }
            }
        }
    }

    /** The error of a listener that yields a peer where no descriptor can be had. */
    private static int withoutDescriptors(Listener listener) {
        long[] limits = new long[2];
        PosixException.check(Libc.getrlimit(Linux.RLIMIT_NOFILE, limits), "getrlimit()");
        PosixException.check(
                Libc.setrlimit(Linux.RLIMIT_NOFILE, NO_MORE, limits[1]), "setrlimit()");
        try {
            Optional<Arrival> yielded = listener.next();
            yielded.ifPresent(Arrival::close);
            return 0;
        } catch (PosixException failure) {
            return failure.errno();
        } finally {
            PosixException.check(
                    Libc.setrlimit(Linux.RLIMIT_NOFILE, limits[0], limits[1]), "setrlimit()");
        }
    }

    @Test
    void closingFreesEveryDescriptor() {
        serveOne(); // whatever is loaded once
        int before = Descriptors.count();
        serveOne();
        // What others have left to the garbage collector may be freed meanwhile.
        assertThat(Descriptors.count()).isLessThanOrEqualTo(before);
    }

    private void serveOne() {
        try (Server server = new Server();
                Fd _ = server.peer();
                Fd _ = server.peer();
                Arrival one = server.next();
                Arrival _ = server.next();
                Endpoint endpoint = server.open(one)) {
            endpoint.shutdownOutput();
        }
        assertThat(Descriptors.count()).isPositive();
    }

    /** What an endpoint gives once its peer has said something. */
    private static String received(Fd peer, Endpoint endpoint) {
        byte[] word = "first".getBytes(StandardCharsets.US_ASCII);
        PosixException.check(Libc.write(peer.number(), word, 0, word.length), "write()");
        ByteBuffer buffer = ByteBuffer.allocateDirect(64);
        int count;
        while ((count = endpoint.read(buffer)) == 0) {
            assertThat(Libc.poll(endpoint.readDescriptor(), Linux.POLLIN, LONG)).isPositive();
        }
        byte[] got = new byte[Math.max(0, count)];
        buffer.flip().get(got);
        return new String(got, StandardCharsets.US_ASCII);
    }
}
