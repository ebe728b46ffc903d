package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressException;

import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is done with the certificate of a peer once the handshake has ended: variables for programs,
 * and the check of its name.
 */
final class PeerCertificate {
    private static final String SEPARATOR = " // ";

    private final Disclosure told;
    private final boolean verify;
    private final Optional<String> wanted;

    /**
     * For one connection.
     *
     * @param verify whether certificates are checked
     * @param wanted the name that it must have; empty for any
     */
    PeerCertificate(Disclosure told, boolean verify, Optional<String> wanted) {
        this.told = told;
        this.verify = verify;
        this.wanted = wanted.filter(name -> !name.isEmpty());
    }

    /**
     * Takes the certificate.
     *
     * @throws AddressException when it does not have the wanted name
     */
    void take(Optional<X509Certificate> certificate) {
        if (certificate.isEmpty()) {
            if (verify) {
                throw AddressException.retryable("no peer certificate");
            }
            told.log().info("no peer certificate and no check");
            return;
        }
        if (verify) {
            told.log().debug("peer certificate is trusted");
        }
        setVariables(certificate.get());
        if (!verify) {
            told.log().info("option openssl-verify disabled, no check of certificate");
        } else if (wanted.isEmpty()) {
            told.log().info("trusting certificate, no check of commonName");
        } else {
            checkName(certificate.get(), wanted.get());
        }
    }

    private void checkName(X509Certificate certificate, String name) {
        if (new PeerName(name, told.log()).isOf(certificate)) {
            told.log().info("trusting certificate, commonName matches");
            return;
        }
        DistinguishedName subject = DistinguishedName.of(certificate.getSubjectX500Principal());
        List<String> names =
                PeerName.alternatives(certificate).stream()
                        .map(PeerName.Alternative::text)
                        .toList();
        String has =
                names.isEmpty()
                        ? subject.commonName().orElse("nobody, having no name")
                        : String.join(", ", names);
        throw AddressException.fatal(
                "certificate is valid but its commonName does not match hostname \""
                        + name
                        + "\"; it is for "
                        + has
                        + "; option commonname says which name it is to have");
    }

    private void setVariables(X509Certificate certificate) {
        DistinguishedName subject = DistinguishedName.of(certificate.getSubjectX500Principal());
        DistinguishedName issuer = DistinguishedName.of(certificate.getIssuerX500Principal());
        Map<String, String> variables = new LinkedHashMap<>();
        name(variables, "subject", subject);
        for (DistinguishedName.Entry entry : subject.entries()) {
            told.log()
                    .trace(
                            "SSL peer cert subject entry: {}=\"{}\"",
                            entry.longName(),
                            entry.value());
            add(variables, "X509_" + upper(entry.longName()), entry.value());
        }
        name(variables, "issuer", issuer);
        for (PeerName.Alternative alternative : PeerName.alternatives(certificate)) {
            String kind = alternative.isAddress() ? "IPADD" : "DNS";
            add(variables, "X509V3_SUBJECTALTNAME_" + kind, alternative.text());
            add(variables, "X509V3_" + kind, alternative.text());
        }
        variables.forEach((name, value) -> told.add("OPENSSL_" + name, value));
    }

    private void name(Map<String, String> variables, String field, DistinguishedName name) {
        told.log().debug("SSL peer cert {}: \"{}\"", field, name);
        variables.put("X509_" + upper(field), name.toString());
    }

    private static void add(Map<String, String> variables, String name, String value) {
        variables.merge(name, value, (before, next) -> before + SEPARATOR + next);
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
