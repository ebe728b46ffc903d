package org.jsocat.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.core.option.ChildOptions;
import org.jsocat.core.option.CommonOptions;
import org.jsocat.core.option.RetryOptions;
import org.jsocat.core.plan.Catalog;
import org.jsocat.core.relay.Peer;
import org.jsocat.core.relay.RecordingLog;
import org.jsocat.core.relay.RelaySettings;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Arrival;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.Fact;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.ForwardingEndpoint;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.RelayInfo;
import org.jsocat.spi.RelayListener;
import org.jsocat.spi.RequestedTarget;
import org.jsocat.spi.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What the address on the left has learned is there for the one on the right, and listeners are
 * told of every relay.
 */
@Timeout(300)
class RelayEventsTest {
    private static final RequestedTarget TARGET = new RequestedTarget("inner.example", 8443);

    private final TestAddresses addresses = new TestAddresses();
    private final RecordingLog log = new RecordingLog(Level.TRACE);
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<RelayInfo> infos = new LinkedBlockingQueue<>();
    private final BlockingQueue<Opened> opened = new LinkedBlockingQueue<>();

    /** What the second address was opened with. */
    private record Opened(
            List<String> parameters,
            Optional<RequestedTarget> target,
            Map<String, String> environment,
            Peer far) {}

    /** SERVER: peers of the test who have asked for a target; TO: where they are brought. */
    private final class Brokering implements AddressProvider {
        @Override
        public List<AddressType> addressTypes() {
            return List.of(
                    AddressType.named("SERVER")
                            .groups("CHILD")
                            .listens(Parameters.NONE, Direction.BOTH, this::listen),
                    AddressType.named("TO")
                            .groups("FD")
                            .opens(Parameters.of(":<host>:<port>", 2), Direction.BOTH, this::to),
                    AddressType.named("KNOWING")
                            .opens(Parameters.NONE, Direction.BOTH, this::knowing),
                    AddressType.named("THROUGH")
                            .stage(
                                    Parameters.NONE,
                                    Direction.BOTH,
                                    (context, inner) -> new ForwardingEndpoint(inner) {}),
                    AddressType.named("BROKEN")
                            .opens(Parameters.NONE, Direction.BOTH, this::broken));
        }

        private Listener listen(OpenContext context) {
            Listener peers =
                    addresses.addressTypes().stream()
                            .filter(type -> type.name().equals("PEERS"))
                            .findFirst()
                            .flatMap(AddressType::endpoint)
                            .flatMap(AddressType.EndpointForm::listener)
                            .orElseThrow()
                            .listen(context);
            return new Listener() {
                @Override
                public int descriptor() {
                    return peers.descriptor();
                }

                @Override
                public Duration timeout() {
                    return peers.timeout();
                }

                @Override
                public Optional<Arrival> next() {
                    return peers.next().map(Asking::new);
                }

                @Override
                public void close() {
                    peers.close();
                }
            };
        }

        private Endpoint knowing(OpenContext context) {
            return DescriptorEndpoint.over(context, Peer.stream().there())
                    .socket()
                    .knowing(TARGET)
                    .build();
        }

        private Endpoint broken(OpenContext context) {
            return new ForwardingEndpoint(to(context)) {
                @Override
                public int write(ByteBuffer source) {
                    throw AddressException.fatal("the disk is full");
                }

                @Override
                public int rawOutput() {
                    return NONE;
                }
            };
        }

        private Endpoint to(OpenContext context) {
            Peer far = Peer.stream();
            opened.add(
                    new Opened(
                            context.parameters(),
                            context.known(RequestedTarget.class),
                            context.environment(),
                            far));
            return DescriptorEndpoint.over(context, far.there()).socket().build();
        }
    }

    private record Asking(Arrival peer) implements Arrival {
        @Override
        public Optional<Endpoint> open(OpenContext connection) {
            return peer.open(connection)
                    .map(
                            endpoint ->
                                    new ForwardingEndpoint(endpoint) {
                                        @Override
                                        public List<Fact> facts() {
                                            return List.of(TARGET);
                                        }
                                    });
        }

        @Override
        public int descriptor() {
            return peer.descriptor();
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    private final class Told implements RelayListener {
        @Override
        public void opened(RelayInfo relay) {
            infos.add(relay);
            events.add("opened");
        }

        @Override
        public void ended(RelayInfo relay) {
            infos.add(relay);
            events.add("ended " + relay.bytesToSecond() + " " + relay.bytesToFirst());
        }

        @Override
        public void failed(RelayInfo relay, Throwable cause) {
            infos.add(relay);
            events.add("failed " + cause.getMessage());
        }
    }

    private CompletableFuture<Integer> run(String first, String second, RelayListener... told) {
        Catalog catalog =
                new Catalog(
                                List.of(addresses, new Brokering()),
                                List.of(
                                        new RetryOptions(),
                                        new ChildOptions(),
                                        new CommonOptions(),
                                        new FdOptions()),
                                Map.of())
                        .listening(List.of(told));
        Session session = new Session(catalog, Settings.DEFAULT, RelaySettings.DEFAULT, false, log);
        return CompletableFuture.supplyAsync(
                () -> session.run(first, second), task -> Thread.ofPlatform().daemon().start(task));
    }

    @Test
    void theSecondAddressIsOpenedWithWhatTheFirstHasLearned() throws Exception {
        CompletableFuture<Integer> end = run("SERVER,fork", "TO:{TARGETHOST}:{TARGETPORT}");
        Peer client = addresses.connect();
        Opened to = opened.take();
        assertThat(to.parameters()).containsExactly("inner.example", "8443");
        assertThat(to.target()).contains(TARGET);
        assertThat(to.environment())
                .containsEntry("SOCAT_TARGETHOST", "inner.example")
                .containsEntry("SOCAT_TARGETPORT", "8443");
        client.send("through").shutdown();
        assertThat(to.far().receiveAll()).isEqualTo("through");
        to.far().shutdown();
        addresses.noMore();
        assertThat(end.get()).isZero();
    }

    @Test
    void withoutForkItIsTheSame() throws Exception {
        run("SERVER", "TO:at {TARGETHOST}:[{TARGETPORT}]");
        addresses.connect();
        assertThat(opened.take().parameters()).containsExactly("at inner.example", "[8443]");
    }

    @Test
    void whatAnEndpointKnowsIsNoVariableBecauseAStageStandsOnIt() throws Exception {
        run("THROUGH|KNOWING", "TO:{TARGETHOST}:x");
        Opened to = opened.take();
        assertThat(to.parameters()).containsExactly("{TARGETHOST}", "x");
        assertThat(to.environment()).doesNotContainKey("SOCAT_TARGETHOST");
    }

    @Test
    void whatNobodyHasToldStaysAsItIsWritten() throws Exception {
        run("PEERS", "TO:{TARGETHOST}:{lower}");
        addresses.connect();
        Opened to = opened.take();
        assertThat(to.parameters()).containsExactly("{TARGETHOST}", "{lower}");
        assertThat(to.target()).isEmpty();
    }

    @Test
    void listenersAreToldOfForkedRelays() throws Exception {
        Instant before = Instant.now();
        CompletableFuture<Integer> end = run("SERVER,fork", "TO:a:1", new Told());
        Peer client = addresses.connect();
        Peer far = opened.take().far();
        client.send("123");
        assertThat(events.take()).isEqualTo("opened");
        far.send("12345").shutdown();
        client.shutdown();
        assertThat(far.receiveAll()).isEqualTo("123");
        assertThat(events.take()).isEqualTo("ended 3 5");
        RelayInfo info = infos.take();
        assertThat(info.known(RequestedTarget.class)).contains(TARGET);
        assertThat(info.start()).isBetween(before, Instant.now());
        assertThat(info.forked()).isTrue();
        assertThat(info.blocksToSecond()).isOne();
        assertThat(infos.take()).as("the same from beginning to end").isSameAs(info);
        assertThat(log.lines()).anyMatch(line -> line.endsWith("child process " + info.id()));
        addresses.noMore();
        assertThat(end.get()).isZero();
    }

    @Test
    void listenersAreToldWhyARelayCouldNotBeOpened() throws Exception {
        assertThat(run("LEFT", "FAILS", new Told()).get()).isOne();
        assertThat(events).containsExactly("failed attempt 1 failed");
        assertThat(infos.take().forked()).isFalse();
        run("PEERS,fork", "FAILS", new Told());
        addresses.connect();
        assertThat(events.poll()).isEqualTo("failed attempt 1 failed");
        assertThat(events.take()).isEqualTo("failed attempt 2 failed");
    }

    @Test
    void listenersAreToldWhyARelayHasEnded() throws Exception {
        CompletableFuture<Integer> end = run("SERVER", "BROKEN", new Told());
        addresses.connect().send("nobody reads this");
        assertThat(end.get()).isOne();
        assertThat(events).containsExactly("opened", "failed the disk is full");
    }

    @Test
    void aListenerThatFailsEndsNothing() throws Exception {
        RelayListener failing =
                new RelayListener() {
                    @Override
                    public void opened(RelayInfo relay) {
                        throw new IllegalStateException("no disk");
                    }
                };
        run("SERVER", "TO:a:1", failing, new Told());
        addresses.connect().send("goes on").shutdown();
        assertThat(opened.take().far().receiveAll()).isEqualTo("goes on");
        assertThat(events.take()).isEqualTo("opened");
        assertThat(log.lines())
                .anyMatch(line -> line.startsWith("E plugin ") && line.contains("no disk"));
    }
}
