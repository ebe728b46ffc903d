package org.jsocat.plugin.openssl;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The files that the options of an address name, as they were read, so that a later change of the
 * root folder or the user does not matter. What they hold can be looked at without the Java
 * runtime's classes for it, which take longer to load than an address takes to listen.
 *
 * @param settings the names of the files
 * @param certificate the file of the option cert
 * @param key that of the option key
 * @param cafile that of the option cafile
 */
record CredentialFiles(
        TlsSettings settings,
        Optional<byte[]> certificate,
        Optional<byte[]> key,
        Optional<byte[]> cafile) {
    private static final int OCTETS = 0x04;
    private static final int BITS = 0x03;
    private static final int EXPLICIT_0 = 0xa0;
    private static final int EXPLICIT_1 = 0xa1;
    private static final byte[] RSA_VERSION = {0};

    /**
     * Reads them.
     *
     * @throws org.jsocat.spi.AddressException when one cannot be read
     */
    static CredentialFiles read(TlsSettings settings) {
        settings.capath().ifPresent(TrustAnchors::checkFolder);
        return new CredentialFiles(
                settings,
                settings.certificate().map(file -> Identity.read("cert", file)),
                settings.key().map(file -> Identity.read("key", file)),
                settings.cafile().map(file -> Identity.read("cafile", file)));
    }

    /**
     * What is in those of the options cert and key.
     *
     * @throws org.jsocat.spi.AddressException when they are not as they must be
     */
    Optional<Identity> identity() {
        return certificate.map(
                bytes ->
                        Identity.of(
                                settings.certificate().orElseThrow(),
                                bytes,
                                settings.key(),
                                key,
                                settings.passphrase()));
    }

    /**
     * What is in that of the option cafile.
     *
     * @throws org.jsocat.spi.AddressException when it is not as it must be
     */
    TrustAnchors anchors() {
        return TrustAnchors.of(settings.cafile(), cafile, settings.capath());
    }

    /**
     * Whether all are of the usual forms, and well formed, and the key is the certificate's. Where
     * they are not, only the whole way of reading them can tell what is wrong, if anything is.
     */
    boolean areSound() {
        try {
            if (certificate.isPresent()) {
                List<Pem.Block> shown = certificates(certificate.get());
                if (!Arrays.equals(
                        publicKey(shown.getFirst().content()), publicKeyOfPrivate(keyBlock()))) {
                    return false;
                }
            }
            if (cafile.isPresent()) {
                certificates(cafile.get());
            }
            return true;
        } catch (IOException | IllegalArgumentException unusual) {
            return false;
        }
    }

    private static List<Pem.Block> certificates(byte[] bytes) throws IOException {
        List<Pem.Block> found =
                Pem.parse(bytes).blocks().stream().filter(Pem.Block::isCertificate).toList();
        if (found.isEmpty()) {
            throw new IOException("there is no certificate");
        }
        for (Pem.Block block : found) {
            publicKey(block.content());
        }
        return found;
    }

    private Pem.Block keyBlock() throws IOException {
        for (Pem.Block block : Pem.parse(key.or(() -> certificate).orElseThrow()).blocks()) {
            if (block.isPrivateKey()) {
                return block;
            }
        }
        throw new IOException("there is no key");
    }

    /** What distinguishes the key of a certificate (RFC 5280, section 4.1): modulus or point. */
    private static byte[] publicKey(byte[] encoded) throws IOException {
        Der file = Der.of(encoded);
        Der certificate = file.enter(Der.SEQUENCE);
        Der body = certificate.enter(Der.SEQUENCE);
        certificate.enter(Der.SEQUENCE);
        certificate.content(BITS);
        if (file.hasMore() || certificate.hasMore()) {
            throw new IOException("something follows the certificate");
        }
        if (body.tag() == EXPLICIT_0) {
            body.content();
        }
        body.content(Der.INTEGER); // serial number
        for (int i = 0; i < 4; i++) { // algorithm, issuer, validity, subject
            body.enter(Der.SEQUENCE);
        }
        Der key = body.enter(Der.SEQUENCE);
        key.enter(Der.SEQUENCE);
        byte[] bits = key.content(BITS);
        if (bits.length < 2 || bits[0] != 0) {
            throw new IOException("the certificate has no key");
        }
        return bits[1] == Der.SEQUENCE
                ? Der.of(Arrays.copyOfRange(bits, 1, bits.length))
                        .enter(Der.SEQUENCE)
                        .content(Der.INTEGER)
                : bits;
    }

    /** The same of a key that is not encrypted: PKCS#8, PKCS#1 or SEC 1. */
    private static byte[] publicKeyOfPrivate(Pem.Block block) throws IOException {
        if (!block.headers().isEmpty() || block.label().startsWith("ENCRYPTED")) {
            throw new IOException("it is encrypted");
        }
        Der key = Der.of(block.content()).enter(Der.SEQUENCE);
        byte[] version = key.content(Der.INTEGER);
        if (block.label().equals("PRIVATE KEY")) {
            key.enter(Der.SEQUENCE);
            key = Der.of(key.content(OCTETS)).enter(Der.SEQUENCE);
            version = key.content(Der.INTEGER);
        }
        if (Arrays.equals(version, RSA_VERSION)) {
            return key.content(Der.INTEGER);
        }
        key.content(OCTETS);
        if (key.tag() == EXPLICIT_0) {
            key.content();
        }
        return key.enter(EXPLICIT_1).content(BITS);
    }
}
