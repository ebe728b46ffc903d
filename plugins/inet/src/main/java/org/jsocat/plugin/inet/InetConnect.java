package org.jsocat.plugin.inet;

import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.plugin.socket.SocketOpening;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.Opener;
import org.jsocat.spi.OptionTarget;
import org.jsocat.spi.Pending;
import org.jsocat.spi.Phase;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;

import java.util.Optional;

/**
 * Opens {@code KEYWORD:host:port}; without anything that blocks where both are numbers and nothing
 * is said about the local address.
 *
 * @param kind the kind of socket; its family is 0 where both versions do
 * @since 1.0
 */
public record InetConnect(SocketKind kind) implements Opener {
    @Override
    public Endpoint open(OpenContext context) {
        return InetStreams.connect(context, kind);
    }

    @Override
    public Optional<Pending> begin(OpenContext context) {
        if (context.has(SocketOptions.BIND)
                || context.has(SocketOptions.CONNECT_TIMEOUT)
                || context.has(PortOptions.SOURCEPORT)
                || context.has(PortOptions.LOWPORT)) {
            return Optional.empty();
        }
        String host = context.parameters().get(0);
        String service = context.parameters().get(1);
        SocketKind wanted = kind.with(context);
        Optional<SocketAddress> peer = InetAddresses.of(context).numeric(host, service, wanted);
        if (peer.isEmpty()) {
            return Optional.empty();
        }
        InetStreams.starting(context, host, service);
        context.apply(Phase.EARLY, OptionTarget.NONE);
        if (context.log().isInfoEnabled()) {
            context.log().info("opening connection to {}", peer.get().text());
        }
        SocketKind settled = wanted.in(peer.get().family());
        try {
            return Optional.of(
                    new Connection(
                            context,
                            settled,
                            SocketOpening.of(context, settled).begin(peer.get())));
        } catch (PosixException failure) {
            throw InetStreams.failed(context, host, service, failure);
        }
    }

    private record Connection(
            OpenContext context, SocketKind kind, SocketOpening.Connecting connecting)
            implements Pending {
        @Override
        public int descriptor() {
            return connecting.descriptor();
        }

        @Override
        public Optional<Endpoint> advance() {
            if (!connecting.isReady()) {
                return Optional.empty();
            }
            String host = context.parameters().get(0);
            String service = context.parameters().get(1);
            try {
                Endpoint endpoint = SocketOpening.endpoint(context, kind, connecting.finish());
                context.log().info("successfully connected to {}:{}", host, service);
                return Optional.of(endpoint);
            } catch (PosixException failure) {
                throw InetStreams.failed(context, host, service, failure);
            }
        }

        @Override
        public void close() {
            connecting.close();
        }
    }
}
