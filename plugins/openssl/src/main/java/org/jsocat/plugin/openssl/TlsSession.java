package org.jsocat.plugin.openssl;

import org.jsocat.spi.OpenContext;

import java.security.cert.X509Certificate;
import java.util.Optional;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What is told about a session once its handshake has ended. */
final class TlsSession {
    private TlsSession() {}

    /** The certificate that the peer has shown. */
    static Optional<X509Certificate> certificate(SSLSession session) {
        try {
            return Optional.of((X509Certificate) session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    /** Logs and sets variables as the reference does. */
    static void tell(OpenContext context, SSLSession session) {
        tell(context, session.getProtocol(), CipherList.opensslName(session.getCipherSuite()));
    }

    /** The same for other implementations. */
    static void tell(OpenContext context, String version, String suite) {
        context.log().info("SSL proto version used: {}", version);
        context.log().info("SSL connection using {}", suite);
        context.log().info("SSL connection compression \"none\"");
        context.log().info("SSL connection expansion \"none\"");
        context.variable("OPENSSL_PROTO_VERSION", version);
        context.variable("OPENSSL_CIPHER", suite);
    }
}
