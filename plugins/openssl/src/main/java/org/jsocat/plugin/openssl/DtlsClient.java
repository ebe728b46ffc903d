package org.jsocat.plugin.openssl;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsSession;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Vector;

/** What the asking side of DTLS says and accepts. */
final class DtlsClient extends DefaultTlsClient implements DtlsSide {
    private final DtlsCredentials credentials;
    private final Optional<String> sni;
    private boolean complete;

    DtlsClient(DtlsCredentials credentials, Optional<String> sni) {
        super(credentials.crypto());
        this.credentials = credentials;
        this.sni = sni;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return credentials.versions();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return credentials.suites();
    }

    @Override
    @SuppressWarnings("JdkObsolete") // the library's signature
    protected Vector<?> getSNIServerNames() {
        return sni.map(
                        name ->
                                new Vector<>(
                                        List.of(
                                                new ServerName(
                                                        NameType.host_name,
                                                        name.getBytes(StandardCharsets.US_ASCII)))))
                .orElse(null);
    }

    @Override
    public TlsSession getSessionToResume() {
        return null;
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificate)
                    throws IOException {
                credentials.check(certificate.getCertificate());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request)
                    throws IOException {
                return credentials
                        .signer(context, request.getSupportedSignatureAlgorithms())
                        .orElse(null);
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        complete = true;
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        super.notifyAlertReceived(level, description);
        if (complete && description == AlertDescription.close_notify) {
            DtlsEnd.raise();
        }
    }

    @Override
    public String version() {
        return DtlsSide.version(context);
    }

    @Override
    public String suite() {
        return DtlsSide.suite(context);
    }
}
