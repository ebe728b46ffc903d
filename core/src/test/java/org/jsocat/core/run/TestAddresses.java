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
import org.jsocat.spi.DescriptorEndpoint;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.Listener;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * LEFT and RIGHT: sockets of the test; PEERS: a listener to whom the test connects; FAILS: never
 * opens.
 */
final class TestAddresses implements AddressProvider {
    final Peer left = Peer.stream();
    final Peer right = Peer.stream();
    final List<Peer> more = new ArrayList<>();
    int attempts;

    /** What LEFT can do. */
    Direction leftDirection = Direction.BOTH;

    private final BlockingQueue<Optional<Peer>> arriving = new LinkedBlockingQueue<>();

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
                        .listens(Parameters.NONE, Direction.BOTH, context -> new Peers()));
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

    private Endpoint fail(OpenContext context) {
        attempts++;
        throw AddressException.retryable("attempt " + attempts + " failed");
    }

    /** A new connection to PEERS. */
    Peer connect() {
        Peer peer = Peer.stream();
        arriving.add(Optional.of(peer));
        return peer;
    }

    /** No more connections come. */
    void noMore() {
        arriving.add(Optional.empty());
    }

    private final class Peers implements Listener {
        @Override
        public Optional<Endpoint> accept(OpenContext connection) {
            try {
                return arriving.take().map(peer -> socket(connection, peer.there()));
            } catch (InterruptedException interrupted) {
                throw AddressException.fatal("interrupted");
            }
        }

        @Override
        public void close() {}
    }
}
