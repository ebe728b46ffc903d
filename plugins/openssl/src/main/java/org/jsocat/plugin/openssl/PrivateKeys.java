package org.jsocat.plugin.openssl;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;
import java.util.Optional;

/**
 * Private keys in the forms that OpenSSL writes. Those of PKCS#8 (RFC 5958) and PKCS#1 (RFC 8017)
 * need the Java runtime alone; all others load Bouncy Castle.
 */
final class PrivateKeys {
    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final Map<String, String> ALGORITHMS =
            Map.ofEntries(
                    Map.entry(RSA, "RSA"),
                    Map.entry("1.2.840.113549.1.1.10", "RSASSA-PSS"),
                    Map.entry("1.2.840.10040.4.1", "DSA"),
                    Map.entry("1.2.840.10045.2.1", "EC"),
                    Map.entry("1.3.101.112", "Ed25519"),
                    Map.entry("1.3.101.113", "Ed448"));

    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final byte[] RSA_ALGORITHM = {
        0x30, 0x0d, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };

    private PrivateKeys() {}

    /**
     * Reads one.
     *
     * @throws GeneralSecurityException when it is no key that can be used; the message says why
     */
    static PrivateKey of(Pem.Block block, Passphrase passphrase) throws GeneralSecurityException {
        try {
            if (block.label().equals("PRIVATE KEY")) {
                return pkcs8(block.content());
            }
            if (block.label().equals("RSA PRIVATE KEY") && block.headers().isEmpty()) {
                return pkcs8(
                        Der.value(
                                Der.SEQUENCE,
                                VERSION_0,
                                RSA_ALGORITHM,
                                Der.value(0x04, block.content())));
            }
        } catch (IllegalArgumentException malformed) {
            throw new GeneralSecurityException(
                    "the block " + block.label() + " holds no key: " + malformed.getMessage(),
                    malformed);
        }
        return CastlePem.privateKey(block, passphrase);
    }

    private static PrivateKey pkcs8(byte[] encoded) throws GeneralSecurityException {
        Der key = Der.of(encoded).enter(Der.SEQUENCE);
        key.content(Der.INTEGER);
        String identifier = key.enter(Der.SEQUENCE).objectIdentifier();
        String algorithm =
                Optional.ofNullable(ALGORITHMS.get(identifier))
                        .orElseThrow(
                                () ->
                                        new GeneralSecurityException(
                                                "keys of the algorithm "
                                                        + identifier
                                                        + " cannot be used for TLS"));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }
}
