package org.jsocat.core.run;

import org.jsocat.core.option.ApplicationOptions;
import org.jsocat.core.option.ChildOptions;
import org.jsocat.core.option.CommonOptions;
import org.jsocat.core.option.RetryOptions;
import org.jsocat.core.plan.Catalog;
import org.jsocat.core.relay.Peer;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Arrival;
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Opener;
import org.jsocat.spi.Pending;
import org.jsocat.spi.posix.EventFd;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * LEFT and RIGHT: sockets of the test; PEERS: a listener to whom the test connects; FAILS: never
 * opens.
 */
final class TestAddresses implements AddressProvider {
    final Peer left = Peer.stream();
    final Peer right = Peer.stream();
    final List<Peer> more = new ArrayList<>();
    int attempts;

    /** Where ECHOED was opened. */
    final Set<String> threads = ConcurrentHashMap.newKeySet();

    /** What LEFT can do. */
    Direction leftDirection = Direction.BOTH;

    private final EventFd arrived = new EventFd();
    private final Queue<Optional<Peer>> arriving = new ConcurrentLinkedQueue<>();

    @Override
    public List<AddressType> addressTypes() {
        return List.of(
                AddressType.named("LEFT")
                        .groups("FD")
                        .opens(
                                Parameters.NONE,
                                leftDirection,
                                context -> socket(context, left.there())),
                AddressType.named("RIGHT")
                        .groups("FD", "CHILD", "RETRY")
                        .opens(
                                Parameters.of(":<name>:<port>", 0),
                                Direction.BOTH,
                                context -> socket(context, right.there())),
                AddressType.named("FILE")
                        .groups("FD")
                        .opens(
                                Parameters.text(":<name>"),
                                Direction.BOTH,
                                context ->
                                        DescriptorEndpoint.over(
                                                        context,
                                                        Fd.open(
                                                                context.parameters().getFirst(),
                                                                Linux.O_RDONLY,
                                                                0))
                                                .direction(Direction.READ)
                                                .build()),
                AddressType.named("ECHO").opens(Parameters.NONE, Direction.BOTH, this::echo),
                AddressType.named("FAILS")
                        .groups("RETRY")
                        .opens(Parameters.NONE, Direction.BOTH, this::fail),
                AddressType.named("PEERS")
                        .groups("CHILD")
                        .listens(Parameters.NONE, Direction.BOTH, context -> new Peers(false)),
                AddressType.named("QUICK")
                        .groups("CHILD")
                        .listens(Parameters.NONE, Direction.BOTH, context -> new Peers(true)),
                AddressType.named("ECHOED")
                        .groups("FD")
                        .opens(Parameters.NONE, Direction.BOTH, new Echoed()));
    }

    /** A catalog of these addresses and the options of core. */
    Catalog catalog() {
        return new Catalog(
                List.of(this),
                List.of(
                        new ApplicationOptions(),
                        new RetryOptions(),
                        new ChildOptions(),
                        new CommonOptions(),
                        new FdOptions()),
                Map.of());
    }

    private static Endpoint socket(OpenContext context, Fd fd) {
        return DescriptorEndpoint.over(context, fd).socket().build();
    }

    private Endpoint echo(OpenContext context) {
        Peer peer = Peer.stream();
        synchronized (more) {
            more.add(peer);
        }
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            peer.send(peer.receiveBytes()).shutdown();
                            peer.close();
                        });
        return socket(context, peer.there());
    }

    /** ECHO, opened in two steps without blocking; refuses to be opened on a thread. */
    private final class Echoed implements Opener {
        @Override
        public Endpoint open(OpenContext context) {
            throw AddressException.fatal("opened on a thread");
        }

        @Override
        public Optional<Pending> begin(OpenContext context) {
            threads.add(Thread.currentThread().getName());
            Endpoint endpoint = echo(context);
            return Optional.of(
                    new Pending() {
                        private boolean asked;

                        @Override
                        public int descriptor() {
                            return endpoint.writeDescriptor();
                        }

                        @Override
                        public Optional<Endpoint> advance() {
                            boolean again = asked;
                            asked = true;
                            return Optional.of(endpoint).filter(opened -> again);
                        }

                        @Override
                        public void close() {
                            endpoint.close();
                        }
                    });
        }
    }

    private Endpoint fail(OpenContext context) {
        attempts++;
        throw AddressException.retryable("attempt " + attempts + " failed");
    }

    /** A new connection to PEERS. */
    Peer connect() {
        Peer peer = Peer.stream();
        arriving.add(Optional.of(peer));
        arrived.signal();
        return peer;
    }

    /** No more connections come. */
    void noMore() {
        arriving.add(Optional.empty());
        arrived.signal();
    }

    private final class Peers implements Listener {
        private final boolean quick;
        private boolean over;

        Peers(boolean quick) {
            this.quick = quick;
        }

        @Override
        public int descriptor() {
            return arrived.fd().number();
        }

        @Override
        public Duration timeout() {
            if (quick) {
                return Duration.ZERO;
            }
            return over ? Duration.ofNanos(1) : Duration.ofHours(1);
        }

        @Override
        public Optional<Arrival> next() {
            Optional<Peer> peer = arriving.poll();
            if (peer == null) {
                arrived.clear();
                peer = arriving.poll();
            }
            if (peer == null) {
                return Optional.empty();
            }
            over |= peer.isEmpty();
            return peer.map(found -> new Waiting(found, quick));
        }

        @Override
        public void close() {}
    }

    /** What the test connected. */
    private record Waiting(Peer peer, boolean opensAtOnce) implements Arrival {
        @Override
        public Optional<Endpoint> open(OpenContext connection) {
            return Optional.of(socket(connection, peer.there()));
        }

        @Override
        public int descriptor() {
            return peer.there().number();
        }

        @Override
        public void close() {}
    }
}
