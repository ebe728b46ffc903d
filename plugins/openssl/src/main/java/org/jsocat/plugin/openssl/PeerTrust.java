package org.jsocat.plugin.openssl;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Checks the certificate of a peer during the handshake: dates, purpose, and whether a certificate
 * that is trusted leads to it. Its name is checked after the handshake. Revocation is not checked,
 * as in the reference.
 */
final class PeerTrust extends X509ExtendedTrustManager {
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final String ANY = "2.5.29.37.0";

    private final boolean verify;
    private final TrustAnchors anchors;

    /**
     * The checks.
     *
     * @param verify whether there are any
     */
    PeerTrust(boolean verify, TrustAnchors anchors) {
        this.verify = verify;
        this.anchors = anchors;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        check(chain, SERVER, "a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        check(chain, CLIENT, "a client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, type);
    }

    /** Like the reference, a server names no authorities: clients send what they have. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private void check(X509Certificate[] chain, String purpose, String role)
            throws CertificateException {
        if (!verify) {
            return;
        }
        if (chain.length == 0) {
            throw new CertificateException("no peer certificate");
        }
        X509Certificate own = chain[0];
        for (X509Certificate certificate : chain) {
            checkDates(certificate);
        }
        checkPurpose(own, purpose, role);
        Set<X509Certificate> trusted = anchors.all();
        if (!isSelfSigned(own) || !trusted.contains(own)) {
            checkPath(chain, trusted);
        }
    }

    private static void checkDates(X509Certificate certificate) throws CertificateException {
        String name = Identity.subject(certificate);
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException expired) {
            throw (CertificateException)
                    new CertificateExpiredException(
                                    "certificate has expired: that of "
                                            + name
                                            + " was valid until "
                                            + date(certificate.getNotAfter().toInstant())
                                            + "; the peer needs a new one (verify=0 would not"
                                            + " check)")
                            .initCause(expired);
        } catch (CertificateNotYetValidException early) {
            throw (CertificateException)
                    new CertificateNotYetValidException(
                                    "certificate is not yet valid: that of "
                                            + name
                                            + " begins on "
                                            + date(certificate.getNotBefore().toInstant())
                                            + "; is the clock of this machine right?")
                            .initCause(early);
        }
    }

    private static String date(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void checkPurpose(X509Certificate certificate, String purpose, String role)
            throws CertificateException {
        List<String> purposes = certificate.getExtendedKeyUsage();
        if (purposes != null && !purposes.contains(purpose) && !purposes.contains(ANY)) {
            throw new CertificateException(
                    "unsupported certificate purpose: that of "
                            + Identity.subject(certificate)
                            + " is not for "
                            + role);
        }
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    private void checkPath(X509Certificate[] chain, Set<X509Certificate> trusted)
            throws CertificateException {
        X509Certificate own = chain[0];
        if (trusted.isEmpty()) {
            throw untrusted(chain, null);
        }
        Set<TrustAnchor> roots = HashSet.newHashSet(trusted.size());
        for (X509Certificate certificate : trusted) {
            roots.add(new TrustAnchor(certificate, null));
        }
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(own);
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(roots, target);
            parameters.setRevocationEnabled(false);
            parameters.setMaxPathLength(chain.length + trusted.size());
            parameters.addCertStore(
                    CertStore.getInstance(
                            "Collection", new CollectionCertStoreParameters(Arrays.asList(chain))));
            CertPathBuilder.getInstance("PKIX").build(parameters);
        } catch (CertPathBuilderException none) {
            throw untrusted(chain, none);
        } catch (GeneralSecurityException impossible) {
            throw new CertificateException(impossible.getMessage(), impossible);
        }
    }

    private CertificateException untrusted(X509Certificate[] chain, Exception cause) {
        X509Certificate own = chain[0];
        X509Certificate last = chain[chain.length - 1];
        String reason;
        if (isSelfSigned(own)) {
            reason = "self signed certificate: " + Identity.subject(own);
        } else if (isSelfSigned(last)) {
            reason =
                    "self signed certificate in certificate chain: "
                            + Identity.subject(last)
                            + ", which signed that of "
                            + Identity.subject(own);
        } else {
            String issuer = DistinguishedName.of(last.getIssuerX500Principal()).toString();
            reason =
                    "unable to get local issuer certificate: that of \""
                            + issuer
                            + "\", which signed that of "
                            + Identity.subject(last);
        }
        String hint =
                anchors.areSystems()
                        ? "; if it is to be trusted, give its file with cafile=NAME"
                        : "";
        return new CertificateException(
                reason + " is not in " + anchors.source() + hint, deepest(cause));
    }

    private static Throwable deepest(Throwable cause) {
        Throwable deepest = cause;
        while (deepest != null && deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
