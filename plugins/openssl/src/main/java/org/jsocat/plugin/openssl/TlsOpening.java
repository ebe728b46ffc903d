package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.BlockingView;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/** Puts TLS on an inner endpoint: the handshake, the checks, and what is told about them. */
final class TlsOpening {
    /** Told once, as in the reference. */
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    /** Told once, too: an address may be opened again and again. */
    private static final AtomicBoolean SHOWN = new AtomicBoolean();

    private final OpenContext context;
    private final TlsSettings settings;

    private TlsOpening(OpenContext context, boolean server) {
        this.context = context;
        settings = TlsSettings.of(context, server, false);
    }

    /** The side that asks. */
    static Endpoint client(OpenContext context, Endpoint inner) {
        return new TlsOpening(context, false).client(inner);
    }

    /** The side that answers. */
    static Endpoint server(OpenContext context, Endpoint inner) {
        return new TlsOpening(context, true).server(inner);
    }

    /** Looks at options and files before anything is opened. */
    static void prepare(OpenContext context, boolean server, boolean datagrams) {
        if (!server && context.parameters().stream().findFirst().filter(""::equals).isPresent()) {
            throw AddressException.usage("empty host name");
        }
        TlsSettings settings = TlsSettings.of(context, server, datagrams);
        context.option(OpensslOptions.DH_PARAMETERS)
                .ifPresent(file -> DhParameters.check(context, file));
        if (server && settings.certificate().isEmpty()) {
            context.log().warn("no certificate given; consider option \"cert\"");
        }
        if (settings.passphrase().isVisible() && SHOWN.compareAndSet(false, true)) {
            context.log()
                    .warn(
                            "the list of processes shows the value of passin; file:NAME or"
                                    + " fd:NUMBER keeps it");
        }
        Credentials credentials = Credentials.of(settings, context.log());
        RuntimeLimits.lift(settings);
        credentials.prepareBeside(datagrams);
        if (settings.verify() && WARNED.compareAndSet(false, true)) {
            context.log().warn("OpenSSL: Warning: this implementation does not check CRLs");
        }
    }

    private Endpoint client(Endpoint inner) {
        Optional<String> name = serverName(context);
        Optional<String> sni = sni(context, name);
        SSLEngine engine =
                Credentials.of(settings, context.log()).context().engine(name.orElse(null), sni);
        return context.reversed()
                ? reversed(inner, engine, name)
                : connected(context.blocking(inner), peer -> engine, name);
    }

    /** The name that the server's certificate must have. */
    static Optional<String> serverName(OpenContext context) {
        return context.option(OpensslOptions.COMMON_NAME)
                .or(() -> context.parameters().stream().findFirst());
    }

    /** The name to tell the server. */
    static Optional<String> sni(OpenContext context, Optional<String> name) {
        Optional<String> asked = context.option(OpensslOptions.SNI_HOST);
        if (context.flag(OpensslOptions.NO_SNI)) {
            return Optional.empty();
        }
        if (asked.isPresent() && PeerName.address(asked.get()).isPresent()) {
            context.log().warn("specified SNI host \"{}\" is an IP address", asked.get());
        }
        Optional<String> host = asked.or(() -> name.filter(one -> PeerName.address(one).isEmpty()));
        if (host.isEmpty() || host.get().isEmpty()) {
            context.log().debug("no SNI host name");
            return Optional.empty();
        }
        return host;
    }

    private Endpoint server(Endpoint inner) {
        TlsContext tls = Credentials.of(settings, context.log()).context();
        Optional<String> name = context.option(OpensslOptions.COMMON_NAME);
        return context.reversed()
                ? reversed(inner, tls.engine(null, Optional.empty()), name)
                : connected(
                        context.blocking(inner),
                        peer -> {
                            Handshake.awaitClient(peer);
                            return tls.engine(null, Optional.empty());
                        },
                        name);
    }

    /** The peer is on the left: the handshake comes with the bytes that are relayed. */
    private Endpoint reversed(Endpoint inner, SSLEngine engine, Optional<String> name) {
        Disclosure told = Disclosure.of(context);
        PeerCertificate certificate = new PeerCertificate(told, settings.verify(), name);
        return new ReversedTlsEndpoint(
                context,
                inner,
                engine,
                settings.maxSend(),
                session -> {
                    certificate.take(TlsSession.certificate(session));
                    TlsSession.tell(told, session);
                });
    }

    private Endpoint connected(
            BlockingView peer, Function<BlockingView, SSLEngine> engines, Optional<String> name) {
        SSLEngine engine;
        byte[] early;
        try {
            engine = engines.apply(peer);
            early = Handshake.over(peer, engine);
        } catch (AddressException failure) {
            peer.close();
            throw failure;
        }
        TlsEndpoint endpoint =
                new TlsEndpoint(context, peer.endpoint(), engine, early, settings.maxSend());
        try {
            SSLSession session = engine.getSession();
            Disclosure told = Disclosure.of(context);
            new PeerCertificate(told, settings.verify(), name)
                    .take(TlsSession.certificate(session));
            TlsSession.tell(told, session);
            endpoint.know(told);
        } catch (AddressException refused) {
            endpoint.finish();
            endpoint.close();
            throw refused;
        }
        return endpoint;
    }
}
