package org.jsocat.xio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jsocat.core.plan.Catalog;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Arrival;
import org.jsocat.spi.BlockingView;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.DescriptorView;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.ForwardingEndpoint;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.testkit.RecordingLogger;
import org.jsocat.testkit.sample.SampleStages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What chains of stages do in programs that embed jsocat. */
@Timeout(300)
class StagesInChannelsTest {
    private static final SampleStages STAGES = new SampleStages();

    private final RecordingLogger log = new RecordingLogger();
    private final Xio xio = xio().build();
    private final Fd far;
    private final String socket;

    private Xio.Builder xio() {
        return Xio.builder()
                .catalog(
                        new Catalog(
                                List.of(new TestAddresses(), STAGES, new Stages()),
                                List.of(STAGES),
                                Map.of()))
                .log(log);
    }

    StagesInChannelsTest() {
        int[] fds = new int[2];
        PosixException.check(
                Libc.socketpair(Linux.AF_UNIX, Linux.SOCK_STREAM, 0, fds), "socketpair()");
        far = new Fd(fds[0]);
        Fd near = new Fd(fds[1]);
        near.setNonBlocking(true);
        socket = "SOCKET:" + near.release();
    }

    @AfterEach
    void close() {
        far.close();
    }

    private void send(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        assertThat(Libc.write(far.number(), bytes, 0, bytes.length)).isEqualTo(bytes.length);
    }

    private String received() {
        StringBuilder all = new StringBuilder();
        byte[] bytes = new byte[100];
        for (long count; (count = Libc.read(far.number(), bytes, 0, bytes.length)) > 0; ) {
            all.append(new String(bytes, 0, (int) count, UTF_8));
        }
        return all.toString();
    }

    private static String read(XioChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // to the end
        }
        return new String(buffer.array(), 0, buffer.position(), UTF_8);
    }

    /** Stages of the test. */
    private static final class Stages implements AddressProvider {
        @Override
        public List<AddressType> addressTypes() {
            return List.of(
                    AddressType.named("GREETED")
                            .stage(Parameters.NONE, Direction.BOTH, Stages::greeted),
                    AddressType.named("PUMPED")
                            .stage(Parameters.NONE, Direction.BOTH, Stages::pumped),
                    AddressType.named("BROKEN")
                            .stage(
                                    Parameters.NONE,
                                    Direction.BOTH,
                                    (context, inner) -> {
                                        throw new NoClassDefFoundError("org/example/Missing");
                                    }),
                    AddressType.named("DEAF")
                            .listens(Parameters.NONE, Direction.BOTH, context -> new Deaf()),
                    AddressType.named("NOTHING")
                            .stage(Parameters.NONE, Direction.BOTH, (context, inner) -> null));
        }

        /** Sends a line and reads one; what comes after that belongs to the data. */
        private static Endpoint greeted(OpenContext context, Endpoint inner) {
            BlockingView view = context.blocking(inner);
            view.within(Duration.ofSeconds(20));
            try {
                view.outputStream().write("hello\n".getBytes(UTF_8));
                byte[] bytes = new byte[100];
                int count = 0;
                int end = 0;
                while (end == 0) {
                    count += view.inputStream().read(bytes, count, bytes.length - count);
                    end = new String(bytes, 0, count, UTF_8).indexOf('\n') + 1;
                }
                view.unread(bytes, end, count - end);
                return view.endpoint();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        /** A stage that uses what is to its right as a program would. */
        private static Endpoint pumped(OpenContext context, Endpoint inner) {
            DescriptorView view = context.descriptor(inner);
            Fd copy = view.input().duplicate();
            view.handedOver();
            copy.setNonBlocking(true);
            return new ForwardingEndpoint(
                    DescriptorEndpoint.over(copy, Direction.BOTH).socket().build()) {
                private boolean ending;

                @Override
                public void finish() {
                    super.finish();
                    super.shutdownOutput();
                    ending = true;
                }

                @Override
                public void shutdownOutput() {
                    super.shutdownOutput();
                    ending = true;
                }

                @Override
                public boolean hasUnflushed() {
                    return ending && view.hasUnflushed();
                }

                @Override
                public void close() {
                    super.close();
                    view.close();
                }

                @Override
                public int rawOutput() {
                    return NONE;
                }
            };
        }
    }

    @Test
    void whatAStageOwesGoesOutWhenOutputIsShut() throws IOException {
        try (XioChannel channel = xio.channel("BASE64|" + socket)) {
            channel.write(ByteBuffer.wrap(new byte[] {'x'}));
            channel.shutdownOutput();
            assertThat(received()).isEqualTo("eA==");
            send("eA==");
            far.close();
            assertThat(read(channel)).isEqualTo("x");
        }
    }

    @Test
    void whatAStageOwesGoesOutBeforeClosing() throws IOException {
        XioChannel channel = xio.channel("BASE64|THROTTLE,rate=20|" + socket);
        channel.write(ByteBuffer.wrap("xyz0".getBytes(UTF_8)));
        channel.close();
        assertThat(received()).isEqualTo("eHl6MA==");
    }

    @Test
    void whatIsHeldBackComesInTime() throws IOException {
        try (XioChannel channel = xio.channel("THROTTLE,rate=50,only=left|" + socket)) {
            send("abcdef");
            far.close();
            assertThat(read(channel)).isEqualTo("abcdef");
        }
    }

    @Test
    void whatAHandshakeHasReadTooMuchIsNotLost() throws IOException {
        send("you\nfirst ");
        try (XioChannel channel = xio.channel("GREETED|" + socket)) {
            send("second");
            Libc.shutdown(far.number(), Linux.SHUT_WR);
            assertThat(read(channel)).isEqualTo("first second");
            channel.shutdownOutput();
            assertThat(received()).isEqualTo("hello\n");
        }
    }

    @Test
    void anInnerStageCanBeADescriptor() throws IOException {
        try (XioChannel channel = xio.channel("PUMPED|BASE64|" + socket)) {
            channel.write(ByteBuffer.wrap(new byte[] {'x'}));
            send("eHl6");
            ByteBuffer buffer = ByteBuffer.allocate(3);
            while (buffer.hasRemaining()) {
                assertThat(channel.read(buffer)).isPositive();
            }
            assertThat(buffer.array()).isEqualTo("xyz".getBytes(UTF_8));
            channel.shutdownOutput();
            assertThat(received()).isEqualTo("eA==");
        }
    }

    @Test
    void aPlainInnerEndpointGivesItsOwnDescriptor() throws IOException {
        try (XioChannel channel = xio.channel("PUMPED|" + socket)) {
            channel.write(ByteBuffer.wrap(new byte[] {'x'}));
            assertThat(Libc.read(far.number(), new byte[9], 0, 9)).isOne();
        }
    }

    @Test
    void anErrorInAnOpenerNamesAddressAndPlugin() {
        assertThatThrownBy(() -> xio.channel("BROKEN|" + socket))
                .isInstanceOf(XioException.class)
                .hasMessageContaining("address \"BROKEN\": plugin ")
                .hasMessageContaining(
                        "failed: java.lang.NoClassDefFoundError: org/example/Missing");
        assertThat(received()).isEmpty();
    }

    /** A listener that fails. */
    private static final class Deaf implements Listener {
        @Override
        public int descriptor() {
            return Endpoint.NONE;
        }

        @Override
        public Optional<Arrival> next() {
            throw new StackOverflowError();
        }

        @Override
        public void close() {}
    }

    @Test
    void anErrorInAListenerNamesAddressAndPlugin() {
        assertThatThrownBy(() -> xio.channel("DEAF"))
                .isInstanceOf(XioException.class)
                .hasMessageContaining("address \"DEAF\": plugin ")
                .hasMessageContaining("failed: java.lang.StackOverflowError");
    }

    @Test
    void anOpenerThatReturnsNothingIsADefect() {
        assertThatThrownBy(() -> xio.channel("NOTHING|" + socket))
                .isInstanceOf(XioException.class)
                .hasMessageContaining("open() returned null");
        assertThat(received()).isEmpty();
    }

    @Test
    void whatARelayedStageHoldsBackIsWaitedFor() throws Exception {
        byte[] bytes = "abcdef".getBytes(UTF_8);
        send("abcdef");
        Libc.shutdown(far.number(), Linux.SHUT_WR);
        try (XioRelay relay =
                xio().closeTimeout(Duration.ofMillis(5))
                        .build()
                        .join(socket, "THROTTLE,rate=20,only=left|ECHO")) {
            assertThat(received()).isEqualTo(new String(bytes, UTF_8));
            assertThat(relay.await().status()).isZero();
        }
    }
}
