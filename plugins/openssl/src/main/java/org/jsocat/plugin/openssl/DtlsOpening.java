package org.jsocat.plugin.openssl;

import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.BlockingView;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;

import java.io.IOException;
import java.util.Optional;

/** Puts DTLS on an inner endpoint that keeps packets. */
final class DtlsOpening {
    private final OpenContext context;
    private final DtlsCredentials credentials;

    private DtlsOpening(OpenContext context, boolean server) {
        this.context = context;
        TlsSettings settings = TlsSettings.of(context, server, true);
        credentials = new DtlsCredentials(settings, Credentials.of(settings, context.log()));
    }

    /** A handshake of Bouncy Castle. */
    private interface Shake {
        DTLSTransport over(DtlsDatagrams datagrams) throws IOException;
    }

    /** The side that asks. */
    static Endpoint client(OpenContext context, Endpoint inner) {
        DtlsOpening opening = new DtlsOpening(context, false);
        Optional<String> name = TlsOpening.serverName(context);
        DtlsClient client = new DtlsClient(opening.credentials, TlsOpening.sni(context, name));
        return opening.connected(
                inner,
                "SSL_connect(): ",
                name,
                client,
                datagrams -> new DTLSClientProtocol().connect(client, datagrams));
    }

    /** The side that answers. */
    static Endpoint server(OpenContext context, Endpoint inner) {
        DtlsOpening opening = new DtlsOpening(context, true);
        DtlsServer server = new DtlsServer(opening.credentials);
        return opening.connected(
                inner,
                "SSL_accept(): ",
                context.option(OpensslOptions.COMMON_NAME),
                server,
                datagrams -> new DTLSServerProtocol().accept(server, datagrams));
    }

    private Endpoint connected(
            Endpoint inner, String call, Optional<String> name, DtlsSide side, Shake shake) {
        BlockingView view = context.blocking(inner);
        DtlsDatagrams datagrams = new DtlsDatagrams(view);
        DTLSTransport transport;
        try {
            credentials.suites();
            transport = shake.over(datagrams);
        } catch (AddressException failure) {
            view.close();
            throw failure;
        } catch (IOException | RuntimeException failure) {
            view.close();
            throw AddressException.retryable(call + text(failure));
        }
        DtlsEndpoint endpoint =
                new DtlsEndpoint(
                        context, view.endpoint(), transport, datagrams, overhead(side.suite()));
        try {
            Disclosure told = Disclosure.of(context);
            new PeerCertificate(told, credentials.verifies(), name).take(credentials.peer());
            TlsSession.tell(told, side.version(), side.suite());
            endpoint.know(told);
        } catch (AddressException refused) {
            endpoint.finish();
            endpoint.close();
            throw refused;
        }
        return endpoint;
    }

    /** Nonce and tag of GCM, tag of Poly1305, vector and a block of CBC. */
    private static int overhead(String suite) {
        if (suite.contains("GCM")) {
            return 24;
        }
        return suite.contains("CHACHA20") ? 16 : 32;
    }

    private static String text(Exception failure) {
        return failure instanceof TlsFatalAlertReceived alert
                ? TlsFailure.ofAlert(alert.getAlertDescription())
                : TlsFailure.text(failure);
    }
}
