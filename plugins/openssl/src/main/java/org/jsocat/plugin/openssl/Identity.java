package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What one side of a connection shows and proves: its certificate, those that lead from it to an
 * authority, and its key.
 *
 * @param chain the own certificate first
 * @param key its private key
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {
    private static final byte[] CHALLENGE = {1, 2, 3, 4};

    /**
     * Makes an identity of files that were read.
     *
     * @param certificateFile PEM with the certificate first, then its chain; or PKCS#12 with all
     * @param bytes what was read of it
     * @param keyFile the file of the key, where it is another one
     * @param keyBytes what was read of it
     * @throws AddressException when one of them is not as it must be
     */
    static Identity of(
            String certificateFile,
            byte[] bytes,
            Optional<String> keyFile,
            Optional<byte[]> keyBytes,
            Passphrase passphrase) {
        if (isPkcs12(bytes)) {
            return pkcs12(certificateFile, bytes, passphrase);
        }
        List<X509Certificate> chain = certificates("cert", certificateFile, bytes);
        if (chain.isEmpty()) {
            throw problem("cert", certificateFile, "has no certificate");
        }
        PrivateKey key =
                key(
                        keyFile.isPresent() ? "key" : "cert",
                        keyFile.orElse(certificateFile),
                        keyBytes.orElse(bytes),
                        passphrase);
        Identity identity = new Identity(chain, key);
        if (!identity.belongTogether()) {
            throw problem(
                    keyFile.isPresent() ? "key" : "cert",
                    keyFile.orElse(certificateFile),
                    "its key is not that of the certificate of "
                            + subject(chain.getFirst())
                            + " (key values mismatch)");
        }
        return identity;
    }

    /** Whether a file is none of PEM but of PKCS#12 (RFC 7292). */
    static boolean isPkcs12(byte[] bytes) {
        try {
            Der content = Der.of(bytes).enter(Der.SEQUENCE);
            return Arrays.equals(content.content(Der.INTEGER), new byte[] {3});
        } catch (IllegalArgumentException other) {
            return false;
        }
    }

    static byte[] read(String option, String file) {
        try {
            return Pem.bytes(Path.of(file));
        } catch (IOException unreadable) {
            throw problem(option, file, FileProblem.text(unreadable));
        } catch (InvalidPathException impossible) {
            throw problem(option, file, "is no name of a file");
        }
    }

    /** The certificates of a file, in their order. */
    static List<X509Certificate> certificates(String option, String file, byte[] bytes) {
        List<X509Certificate> all = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Pem.Block block : Pem.parse(bytes).blocks()) {
                if (block.isCertificate()) {
                    all.add(certificate(factory, block.content()));
                }
            }
            if (all.isEmpty() && bytes.length > 0 && bytes[0] == Der.SEQUENCE) {
                all.add(certificate(factory, bytes));
            }
        } catch (IOException | CertificateException broken) {
            throw problem(
                    option,
                    file,
                    "certificate " + (all.size() + 1) + " is broken: " + broken.getMessage());
        }
        return all;
    }

    private static X509Certificate certificate(CertificateFactory factory, byte[] content)
            throws CertificateException {
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(content));
    }

    private static PrivateKey key(String option, String file, byte[] bytes, Passphrase passphrase) {
        try {
            Pem.Block block =
                    Pem.parse(bytes).blocks().stream()
                            .filter(Pem.Block::isPrivateKey)
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            problem(
                                                    option,
                                                    file,
                                                    "has no private key; give its file with"
                                                            + " key=NAME"));
            return PrivateKeys.of(block, passphrase);
        } catch (IOException | GeneralSecurityException unusable) {
            throw problem(option, file, "private key: " + unusable.getMessage());
        }
    }

    private static Identity pkcs12(String file, byte[] bytes, Passphrase passphrase) {
        try {
            char[] secret = passphrase.source().isPresent() ? passphrase.get() : new char[0];
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), secret);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, secret) instanceof PrivateKey key) {
                    List<X509Certificate> chain = new ArrayList<>();
                    for (Certificate certificate : store.getCertificateChain(alias)) {
                        chain.add((X509Certificate) certificate);
                    }
                    return new Identity(chain, key);
                }
            }
            throw problem("cert", file, "has no private key");
        } catch (IOException | GeneralSecurityException unreadable) {
            String hint =
                    passphrase.source().isEmpty()
                            ? "; give its passphrase with passin=file:NAME"
                            : "";
            throw problem("cert", file, unreadable.getMessage() + hint);
        }
    }

    private boolean belongTogether() {
        var shown = chain.getFirst().getPublicKey();
        if (key instanceof RSAPrivateKey rsa && shown instanceof RSAPublicKey other) {
            return rsa.getModulus().equals(other.getModulus());
        }
        try {
            Signature signature = Signature.getInstance(algorithm());
            signature.initSign(key);
            signature.update(CHALLENGE);
            byte[] proof = signature.sign();
            signature.initVerify(shown);
            signature.update(CHALLENGE);
            return signature.verify(proof);
        } catch (GeneralSecurityException differ) {
            return false;
        }
    }

    private String algorithm() {
        return switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "DSA" -> "SHA256withDSA";
            case "RSA", "RSASSA-PSS" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
    }

    /** The owner of a certificate, for messages. */
    static String subject(X509Certificate certificate) {
        String name = DistinguishedName.of(certificate.getSubjectX500Principal()).toString();
        return name.isEmpty() ? "(no name)" : "\"" + name + "\"";
    }

    /** A failure that names the option and the file. */
    static AddressException problem(String option, String file, String reason) {
        return new AddressException(
                AddressException.Kind.FATAL, option + "=" + file + ": " + reason);
    }
}
