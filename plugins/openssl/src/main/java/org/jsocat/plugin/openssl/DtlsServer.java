package org.jsocat.plugin.openssl;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.KeyExchangeAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;

import java.io.IOException;

/** What the answering side of DTLS says and accepts. */
final class DtlsServer extends DefaultTlsServer implements DtlsSide {
    private static final short[] KINDS = {
        ClientCertificateType.rsa_sign,
        ClientCertificateType.ecdsa_sign,
        ClientCertificateType.dss_sign
    };

    private final DtlsCredentials credentials;
    private boolean complete;

    DtlsServer(DtlsCredentials credentials) {
        super(credentials.crypto());
        this.credentials = credentials;
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
    public TlsCredentials getCredentials() throws IOException {
        if (isAnonymous()) {
            return null;
        }
        return credentials
                .signer(context, context.getSecurityParametersHandshake().getClientSigAlgs())
                .orElseThrow(() -> new TlsFatalAlert(AlertDescription.handshake_failure));
    }

    private boolean isAnonymous() {
        return TlsUtils.getKeyExchangeAlgorithm(selectedCipherSuite) == KeyExchangeAlgorithm.DH_anon
                || TlsUtils.getKeyExchangeAlgorithm(selectedCipherSuite)
                        == KeyExchangeAlgorithm.ECDH_anon;
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        if (!credentials.verifies() || isAnonymous()) {
            return null;
        }
        return new CertificateRequest(
                KINDS, TlsUtils.getDefaultSupportedSignatureAlgorithms(context), null);
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
        credentials.check(certificate);
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
