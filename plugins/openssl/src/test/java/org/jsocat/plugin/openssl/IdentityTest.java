package org.jsocat.plugin.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.spi.AddressException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Keys and certificates in the forms that the program openssl writes. */
class IdentityTest {
    private static final Passphrase NONE = new Passphrase(Optional.empty());

    @TempDir static Path folder;
    private static Openssl openssl;

    @BeforeAll
    static void makeKeys() throws IOException {
        openssl = new Openssl(folder);
        openssl.certificate("rsa", "rsa:2048", "/C=XY/CN=rsa.test")
                .certificate("other", "rsa:2048", "/CN=other.test")
                .run("ecparam -name prime256v1 -genkey -noout -out ec.key")
                .run("req -x509 -key ec.key -out ec.crt -days 30 -subj /CN=ec.test")
                .run("genpkey -algorithm ed25519 -out ed.key")
                .run("req -x509 -key ed.key -out ed.crt -days 30 -subj /CN=ed.test")
                .run("rsa -in rsa.key -traditional -out rsa1.key")
                .run("rsa -in rsa.key -traditional -aes256 -passout pass:secret -out enc1.key")
                .run("pkcs8 -topk8 -in rsa.key -passout pass:secret -out enc8.key")
                .run("pkcs12 -export -in rsa.crt -inkey rsa.key -passout pass:secret -out rsa.p12");
        Files.writeString(openssl.file("secret"), "secret\n");
        Files.writeString(openssl.file("wrong"), "wrong\n");
    }

    private static Identity load(String certificate, Optional<String> key, Passphrase passphrase) {
        return Identity.of(
                certificate,
                Identity.read("cert", certificate),
                key,
                key.map(file -> Identity.read("key", file)),
                passphrase);
    }

    private static Identity load(String certificate, String key, Passphrase passphrase) {
        return load(openssl.name(certificate), Optional.of(openssl.name(key)), passphrase);
    }

    private static Passphrase from(String file) {
        return new Passphrase(Optional.of("file:" + openssl.name(file)));
    }

    @Test
    void keyAndCertificateStandInOneFile() {
        Identity identity = load(openssl.name("rsa.pem"), Optional.empty(), NONE);
        assertThat(identity.key().getAlgorithm()).isEqualTo("RSA");
        assertThat(Identity.subject(identity.chain().getFirst()))
                .isEqualTo("\"C = XY, CN = rsa.test\"");
    }

    @Test
    void plainKeysOfAllKindsAreRead() {
        assertThat(load("rsa.crt", "rsa.key", NONE).key().getAlgorithm()).isEqualTo("RSA");
        assertThat(load("rsa.crt", "rsa1.key", NONE).key().getAlgorithm()).isEqualTo("RSA");
        assertThat(load("ec.crt", "ec.key", NONE).key().getAlgorithm()).isEqualTo("EC");
        assertThat(load("ed.crt", "ed.key", NONE).key().getAlgorithm()).isEqualTo("EdDSA");
    }

    @Test
    void encryptedKeysAreOpened() {
        assertThat(load("rsa.crt", "enc1.key", from("secret")).chain()).hasSize(1);
        assertThat(load("rsa.crt", "enc8.key", from("secret")).chain()).hasSize(1);
        Identity packed = load(openssl.name("rsa.p12"), Optional.empty(), from("secret"));
        assertThat(packed.key()).isEqualTo(load("rsa.crt", "rsa.key", NONE).key());
    }

    @Test
    void whatIsWrongIsToldWithTheFile() {
        refused(() -> load("rsa.crt", "enc8.key", NONE), "enc8.key", "passin=file:NAME");
        refused(() -> load("rsa.crt", "enc8.key", from("wrong")), "enc8.key", "passphrase does");
        refused(() -> load("rsa.crt", "enc1.key", from("wrong")), "enc1.key", "passphrase does");
        refused(() -> load("rsa.crt", "other.key", NONE), "other.key", "key values mismatch");
        refused(() -> load("rsa.crt", "ec.key", NONE), "ec.key", "key values mismatch");
        refused(() -> load("none.crt", "rsa.key", NONE), "none.crt", "No such file or directory");
        refused(() -> load("rsa.key", "rsa.key", NONE), "rsa.key", "has no certificate");
        refused(
                () -> load(openssl.name("rsa.crt"), Optional.empty(), NONE),
                "rsa.crt",
                "has no private key; give its file with key=NAME");
    }

    @Test
    void brokenBlocksAreRefused() throws IOException {
        Path broken = openssl.file("broken.crt");
        String text = Files.readString(openssl.file("rsa.crt"));
        Files.writeString(broken, text.replaceFirst("-----END.*", ""));
        refused(() -> load("broken.crt", "rsa.key", NONE), "broken.crt", "has no end");
        Files.writeString(broken, text.replace("MII", "M\u0001I"));
        refused(() -> load("broken.crt", "rsa.key", NONE), "broken.crt", "is broken");
        Files.writeString(broken, text.replace("MII", "AAA"));
        refused(() -> load("broken.crt", "rsa.key", NONE), "broken.crt", "certificate 1");
    }

    private static void refused(Runnable loading, String file, String reason) {
        assertThatThrownBy(loading::run)
                .isInstanceOf(AddressException.class)
                .hasMessageContaining(file)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }
}
