package org.jsocat.plugin.openssl;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;

/** The forms of keys that the Java runtime cannot read; loads Bouncy Castle. */
final class CastlePem {
    private static final Provider PROVIDER = new BouncyCastleProvider();

    private CastlePem() {}

    /**
     * Reads a key: of SEC 1, of DSA, or encrypted in any way that OpenSSL has.
     *
     * @throws GeneralSecurityException when it cannot be read; the message says why
     */
    static PrivateKey privateKey(Pem.Block block, Passphrase passphrase)
            throws GeneralSecurityException {
        try (PEMParser parser = new PEMParser(new StringReader(block.text()))) {
            return new JcaPEMKeyConverter().getPrivateKey(info(parser.readObject(), passphrase));
        } catch (IOException | OperatorCreationException | PKCSException | RuntimeException bad) {
            throw new GeneralSecurityException(
                    isEncrypted(block)
                            ? "the passphrase does not open the key"
                            : "the block " + block.label() + " holds no key: " + bad.getMessage(),
                    bad);
        }
    }

    private static boolean isEncrypted(Pem.Block block) {
        return block.label().startsWith("ENCRYPTED") || !block.headers().isEmpty();
    }

    private static PrivateKeyInfo info(Object parsed, Passphrase passphrase)
            throws IOException, OperatorCreationException, PKCSException, GeneralSecurityException {
        if (parsed instanceof PEMKeyPair pair) {
            return pair.getPrivateKeyInfo();
        }
        if (parsed instanceof PrivateKeyInfo info) {
            return info;
        }
        if (parsed instanceof PEMEncryptedKeyPair pair) {
            return pair.decryptKeyPair(
                            new JcePEMDecryptorProviderBuilder()
                                    .setProvider(PROVIDER)
                                    .build(passphrase.get()))
                    .getPrivateKeyInfo();
        }
        if (parsed instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
            return encrypted.decryptPrivateKeyInfo(
                    new JceOpenSSLPKCS8DecryptorProviderBuilder()
                            .setProvider(PROVIDER)
                            .build(passphrase.get()));
        }
        throw new IOException("it is something else");
    }
}
