package org.jsocat.plugin.openssl;

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
    static void tell(Disclosure told, SSLSession session) {
        tell(told, session.getProtocol(), CipherList.opensslName(session.getCipherSuite()));
    }

    /** The same for other implementations. */
    static void tell(Disclosure told, String version, String suite) {
        told.log().info("SSL proto version used: {}", version);
        told.log().info("SSL connection using {}", suite);
        told.log().info("SSL connection compression \"none\"");
        told.log().info("SSL connection expansion \"none\"");
        told.add("OPENSSL_PROTO_VERSION", version);
        told.add("OPENSSL_CIPHER", suite);
    }
}
