package org.jsocat.plugin.openssl;

import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jsocat.spi.AddressException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Vector;

/** The credentials of an address in the forms that Bouncy Castle's DTLS takes. */
final class DtlsCredentials {
    private static final Provider PROVIDER = new BouncyCastleProvider();

    private final TlsSettings settings;
    private final Credentials credentials;
    private final JcaTlsCrypto crypto;
    private volatile List<X509Certificate> shown = List.of();

    /** For one connection. */
    DtlsCredentials(TlsSettings settings, Credentials credentials) {
        this.settings = settings;
        this.credentials = credentials;
        crypto = new JcaTlsCryptoProvider().setProvider(PROVIDER).create(new SecureRandom());
    }

    JcaTlsCrypto crypto() {
        return crypto;
    }

    boolean verifies() {
        return settings.verify();
    }

    /** What the peer has shown. */
    Optional<X509Certificate> peer() {
        return shown.stream().findFirst();
    }

    /** The versions, the newest first. */
    ProtocolVersion[] versions() {
        return settings.versions().reversed().stream()
                .map(
                        version ->
                                version == org.jsocat.plugin.openssl.ProtocolVersion.DTLS1
                                        ? ProtocolVersion.DTLSv10
                                        : ProtocolVersion.DTLSv12)
                .toArray(ProtocolVersion[]::new);
    }

    /**
     * The suites that are asked for, and that fit the own key where this side answers.
     *
     * @throws AddressException when there is none
     */
    int[] suites() {
        int[] numbers =
                settings.suites().stream()
                        .filter(this::fitsKey)
                        .map(DtlsCredentials::number)
                        .flatMap(Optional::stream)
                        .mapToInt(Integer::intValue)
                        .toArray();
        int[] supported = TlsUtils.getSupportedCipherSuites(crypto, numbers);
        if (supported.length == 0) {
            throw AddressException.unavailable(
                    "no shared cipher; a server needs a certificate, option cert; see also option"
                            + " cipher");
        }
        return supported;
    }

    private boolean fitsKey(String suite) {
        if (!settings.server()) {
            return true;
        }
        String algorithm =
                credentials.identity().map(own -> own.key().getAlgorithm()).orElse("anon");
        return switch (algorithm) {
            case "RSA" -> suite.contains("_RSA_WITH") && !suite.startsWith("TLS_RSA");
            case "DSA" -> suite.contains("_DSS_");
            case "anon" -> suite.contains("_anon_");
            default -> suite.contains("_ECDSA_");
        };
    }

    private static Optional<Integer> number(String suite) {
        String name = suite.startsWith("SSL_") ? "TLS_" + suite.substring(4) : suite;
        try {
            return Optional.of(CipherSuite.class.getField(name).getInt(null));
        } catch (ReflectiveOperationException unknown) {
            return Optional.empty();
        }
    }

    /** Whether this is the number of a suite. */
    static boolean isNumber(String suite, int number) {
        return number(suite).equals(Optional.of(number));
    }

    /**
     * Proves the own identity.
     *
     * @param accepted the algorithms that the peer accepts
     * @return empty where there is none, or none that the peer accepts
     */
    Optional<TlsCredentialedSigner> signer(TlsContext context, Vector<?> accepted)
            throws IOException {
        if (credentials.identity().isEmpty()) {
            return Optional.empty();
        }
        Identity own = credentials.identity().get();
        List<TlsCertificate> chain = new ArrayList<>();
        for (X509Certificate certificate : own.chain()) {
            chain.add(new JcaTlsCertificate(crypto, certificate));
        }
        SignatureAndHashAlgorithm algorithm =
                TlsUtils.chooseSignatureAndHashAlgorithm(context, accepted, kind(own));
        return Optional.of(
                new JcaDefaultTlsCredentialedSigner(
                        new TlsCryptoParameters(context),
                        crypto,
                        own.key(),
                        new Certificate(chain.toArray(TlsCertificate[]::new)),
                        algorithm));
    }

    private static short kind(Identity own) {
        return switch (own.key().getAlgorithm()) {
            case "RSA" -> SignatureAlgorithm.rsa;
            case "DSA" -> SignatureAlgorithm.dsa;
            case "EC" -> SignatureAlgorithm.ecdsa;
            case "Ed448" -> SignatureAlgorithm.ed448;
            default -> SignatureAlgorithm.ed25519;
        };
    }

    /**
     * Checks what the peer shows.
     *
     * @throws IOException when it is not to be believed
     */
    void check(Certificate certificate) throws IOException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (TlsCertificate one : certificate.getCertificateList()) {
                chain.add(
                        (X509Certificate)
                                factory.generateCertificate(
                                        new ByteArrayInputStream(one.getEncoded())));
            }
            if (chain.isEmpty() && settings.verify()) {
                throw new CertificateException(
                        "peer did not return a certificate; it needs option cert, or this side"
                                + " verify=0");
            }
            X509Certificate[] all = chain.toArray(X509Certificate[]::new);
            if (settings.server()) {
                credentials.trust().checkClientTrusted(all, "");
            } else {
                credentials.trust().checkServerTrusted(all, "");
            }
        } catch (CertificateException refused) {
            throw new TlsFatalAlert(AlertDescription.certificate_unknown, refused);
        }
        shown = chain;
    }
}
