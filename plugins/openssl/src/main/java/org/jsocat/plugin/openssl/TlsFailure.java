package org.jsocat.plugin.openssl;

import java.security.cert.CertificateException;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.SSLException;

/** What went wrong with TLS, in words that say what would help. */
final class TlsFailure {
    /** Parts of the runtime's messages, and what they mean to a user. */
    private static final Map<String, String> MEANINGS =
            Map.ofEntries(
                    Map.entry(
                            "alert: protocol_version",
                            "the peer takes none of the protocol versions offered; see options"
                                    + " min-proto-version and max-proto-version"),
                    Map.entry(
                            "is not enabled or supported",
                            "unsupported protocol: the peer has no version that this side takes;"
                                    + " see options min-proto-version and max-proto-version"),
                    Map.entry(
                            "No appropriate protocol",
                            "unsupported protocol: the peer has no version that this side takes;"
                                    + " see options min-proto-version and max-proto-version"),
                    Map.entry(
                            "alert: handshake_failure",
                            "the peer refuses (alert handshake failure); it may lack a certificate"
                                    + " or a common cipher suite, or want a certificate of this"
                                    + " side, option cert"),
                    Map.entry(
                            "o cipher suites in common",
                            "no shared cipher; a server needs a certificate, option cert, of a"
                                    + " kind that the client takes; see also option cipher"),
                    Map.entry(
                            "no authentication supported",
                            "no shared cipher; a server needs a certificate, option cert, of a"
                                    + " kind that the client takes"),
                    Map.entry(
                            "No available authentication scheme",
                            "no shared cipher; a server needs a certificate, option cert, of a"
                                    + " kind that the client takes"),
                    Map.entry(
                            "Empty client certificate chain",
                            "peer did not return a certificate; it needs option cert, or this side"
                                    + " verify=0"),
                    Map.entry(
                            "Empty server certificate chain", "peer did not return a certificate"),
                    Map.entry(
                            "null cert chain",
                            "peer did not return a certificate; it needs option cert, or this side"
                                    + " verify=0"),
                    Map.entry(
                            "Client certificate required",
                            "peer did not return a certificate; it needs option cert, or this side"
                                    + " verify=0"),
                    Map.entry(
                            "alert: certificate_required",
                            "the peer wants a certificate; give one with option cert"),
                    Map.entry(
                            "alert: bad_certificate",
                            "the peer refuses the certificate of this side (alert bad"
                                    + " certificate), or wants one; see option cert"),
                    Map.entry(
                            "alert: unknown_ca",
                            "the peer does not trust the certificate of this side (alert unknown"
                                    + " ca); its cafile must have the authority of option cert"),
                    Map.entry(
                            "alert: certificate_unknown",
                            "the peer does not trust the certificate of this side (alert"
                                    + " certificate unknown); its cafile must have the authority"
                                    + " of option cert"),
                    Map.entry(
                            "alert: certificate_expired",
                            "the peer finds the certificate of this side expired; see option"
                                    + " cert"),
                    Map.entry(
                            "Unsupported or unrecognized SSL message",
                            "wrong version number: the peer does not speak TLS"),
                    Map.entry(
                            "plaintext connection",
                            "wrong version number: the peer does not speak TLS"));

    private TlsFailure() {}

    /**
     * The text for an alert of the peer.
     *
     * @param description its number (RFC 8446, section 6)
     */
    static String ofAlert(int description) {
        String name =
                switch (description) {
                    case 40 -> "handshake_failure";
                    case 42 -> "bad_certificate";
                    case 45 -> "certificate_expired";
                    case 46 -> "certificate_unknown";
                    case 48 -> "unknown_ca";
                    case 70 -> "protocol_version";
                    case 116 -> "certificate_required";
                    default -> Integer.toString(description);
                };
        return meaning("alert: " + name).orElse("the peer refuses (alert " + name + ")");
    }

    private static Optional<String> meaning(String message) {
        return MEANINGS.entrySet().stream()
                .filter(meaning -> message.contains(meaning.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The text for an exception of an engine. */
    static String text(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException certificate) {
                return certificate.getMessage();
            }
        }
        String message = String.valueOf(failure.getMessage());
        return meaning(message)
                .orElse(
                        failure instanceof SSLException
                                ? message.replaceFirst("^\\([a-z_]+\\) ", "")
                                : message);
    }
}
