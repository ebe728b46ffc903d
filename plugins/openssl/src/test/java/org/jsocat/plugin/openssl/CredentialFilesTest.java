package org.jsocat.plugin.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.spi.AddressException;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What can be said about files without the runtime's cryptography. */
class CredentialFilesTest {
    @TempDir Path folder;
    private Openssl openssl;

    @BeforeEach
    void makeFiles() {
        openssl =
                new Openssl(folder)
                        .certificate("rsa", "rsa:2048", "/CN=rsa.test")
                        .certificate(
                                "ec",
                                "ec",
                                "/CN=ec.test",
                                "-pkeyopt",
                                "ec_paramgen_curve:prime256v1")
                        .certificate("ed", "ed25519", "/CN=ed.test");
    }

    private boolean areSound(String certificate, String key, String cafile) {
        Opening opening =
                Opening.of(
                                new TlsAddresses(),
                                "OPENSSL-SERVER",
                                List.of(new OpensslOptions(), new TlsOptions()))
                        .with("cert", openssl.name(certificate))
                        .with("key", openssl.name(key))
                        .with("cafile", openssl.name(cafile));
        return CredentialFiles.read(TlsSettings.of(opening, true, false)).areSound();
    }

    @Test
    void keysThatBelongToTheirCertificatesAreKnown() {
        openssl.run("rsa -traditional -in rsa.key -out rsa1.key").run("ec -in ec.key -out ec1.key");
        assertThat(areSound("rsa.crt", "rsa.key", "ec.crt")).isTrue();
        assertThat(areSound("rsa.crt", "rsa1.key", "ec.crt")).isTrue();
        assertThat(areSound("rsa.pem", "rsa.pem", "rsa.pem")).isTrue();
        assertThat(areSound("ec.crt", "ec.key", "rsa.crt")).isTrue();
        assertThat(areSound("ec.crt", "ec1.key", "rsa.crt")).isTrue();
    }

    @Test
    void whateverIsNotKnownToBeRightIsLeftToTheWholeWay() throws IOException {
        openssl.certificate("other", "rsa:2048", "/CN=other.test")
                .run("rsa -aes128 -passout pass:secret -in rsa.key -out closed.key");
        String text = Files.readString(openssl.file("rsa.crt"));
        Files.writeString(openssl.file("half.crt"), text.substring(0, text.length() / 2));
        Files.writeString(openssl.file("empty.crt"), "");
        byte[] bytes = Files.readAllBytes(openssl.file("rsa.crt"));
        bytes[200] = '#';
        Files.write(openssl.file("broken.crt"), bytes);
        assertThat(areSound("rsa.crt", "other.key", "rsa.crt")).isFalse();
        assertThat(areSound("rsa.crt", "ec.key", "rsa.crt")).isFalse();
        assertThat(areSound("ed.crt", "ed.key", "rsa.crt")).isFalse();
        assertThat(areSound("rsa.crt", "closed.key", "rsa.crt")).isFalse();
        assertThat(areSound("half.crt", "rsa.key", "rsa.crt")).isFalse();
        assertThat(areSound("broken.crt", "rsa.key", "rsa.crt")).isFalse();
        assertThat(areSound("rsa.crt", "rsa.key", "half.crt")).isFalse();
        assertThat(areSound("rsa.crt", "rsa.key", "empty.crt")).isFalse();
    }

    @Test
    void filesThatCannotBeReadAreToldAtOnce() {
        assertThatThrownBy(() -> areSound("rsa.crt", "absent.key", "rsa.crt"))
                .isInstanceOf(AddressException.class)
                .hasMessage("key=" + openssl.name("absent.key") + ": No such file or directory");
    }
}
