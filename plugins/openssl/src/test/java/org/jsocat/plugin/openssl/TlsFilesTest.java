package org.jsocat.plugin.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jsocat.spi.AddressException;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What the files of both sides decide, seen by connections. */
@Timeout(300)
class TlsFilesTest {
    private static final byte[] TEXT = "a text".getBytes(ISO_8859_1);

    @TempDir static Path folder;
    private static Openssl openssl;

    private final Opening client = StagePair.clientContext();
    private final Opening server = StagePair.serverContext();

    @BeforeAll
    static void makeFiles() throws IOException {
        openssl =
                new Openssl(folder)
                        .certificate("server", "rsa:2048", "/CN=host.test")
                        .certificate("renewed", "rsa:2048", "/CN=renewed.test")
                        .run("dsaparam -out dsa.param 2048")
                        .certificate("dsa", "dsa:dsa.param", "/CN=host.test")
                        .run(
                                "rsa -in server.key -traditional -aes256 -passout pass:secret -out"
                                        + " enc.key")
                        .run(
                                "pkcs12 -export -in server.crt -inkey server.key -passout"
                                        + " pass:secret -out server.p12");
        Files.writeString(openssl.file("secret"), "secret\n");
    }

    private void passes() {
        try (StagePair pair = StagePair.open(client, server)) {
            assertThat(StagePair.pass(pair.client(), TEXT, pair.server())).isEqualTo(TEXT);
            assertThat(StagePair.pass(pair.server(), TEXT, pair.client())).isEqualTo(TEXT);
        }
    }

    private Path folderOf(String name, String file) throws IOException {
        Path place = Files.createDirectory(openssl.file(name));
        Files.copy(openssl.file(file), place.resolve(file));
        return place;
    }

    @Test
    void aFolderOfTrustedCertificatesIsOne() throws IOException {
        Path place = folderOf("trusted", "server.crt");
        openssl.run("rehash " + place);
        server.with("cert", openssl.name("server.pem")).with("verify", "0");
        client.with("capath", place.toString());
        passes();
    }

    @Test
    void aFolderThatWasNotHashedTrustsNobody() throws IOException {
        Path place = folderOf("unhashed", "server.crt");
        server.with("cert", openssl.name("server.pem")).with("verify", "0");
        client.with("capath", place.toString());
        assertThatThrownBy(() -> StagePair.open(client, server))
                .isInstanceOf(AddressException.class)
                .hasMessage(
                        "SSL_connect(): self signed certificate: \"CN = host.test\" is not in"
                                + " capath");
    }

    @Test
    void keysOfDsaProveAServer() {
        server.with("cert", openssl.name("dsa.pem")).with("verify", "0");
        client.with("cafile", openssl.name("dsa.crt"));
        passes();
    }

    @Test
    void anEncryptedKeyServesWithItsPassphrase() {
        server.with("cert", openssl.name("server.crt"))
                .with("key", openssl.name("enc.key"))
                .with("passin", "file:" + openssl.name("secret"))
                .with("verify", "0");
        client.with("cafile", openssl.name("server.crt"));
        passes();
    }

    @Test
    void allInOneFileOfPkcs12() {
        server.with("cert", openssl.name("server.p12"))
                .with("passin", "file:" + openssl.name("secret"))
                .with("verify", "0");
        client.with("cafile", openssl.name("server.crt"));
        passes();
    }

    @Test
    void anEncryptedKeyWithoutItsPassphraseIsToldBeforeAnythingIsOpened() {
        server.with("cert", openssl.name("server.crt"))
                .with("key", openssl.name("enc.key"))
                .with("verify", "0");
        assertThatThrownBy(() -> new ServerStage().prepare(server))
                .isInstanceOf(AddressException.class)
                .hasMessage(
                        "key="
                                + openssl.name("enc.key")
                                + ": private key: it is encrypted; give its passphrase with"
                                + " passin=file:NAME");
    }

    /** A listener goes on with its connections, and shows the next ones what is there now. */
    @Test
    void renewedFilesAreShownToNewConnectionsOnly() throws IOException {
        Path used = openssl.file("used.pem");
        Files.copy(openssl.file("server.pem"), used);
        server.with("cert", used.toString()).with("verify", "0");
        client.with("verify", "0");
        try (StagePair first = StagePair.open(client, server)) {
            Files.copy(openssl.file("renewed.pem"), used, StandardCopyOption.REPLACE_EXISTING);
            try (StagePair second = StagePair.open(client, server)) {
                assertThat(Opening.variables(second.client()))
                        .containsEntry("SOCAT_OPENSSL_X509_COMMONNAME", "renewed.test");
                assertThat(Opening.variables(first.client()))
                        .containsEntry("SOCAT_OPENSSL_X509_COMMONNAME", "host.test");
                assertThat(StagePair.pass(first.client(), TEXT, first.server())).isEqualTo(TEXT);
                assertThat(StagePair.pass(first.server(), TEXT, first.client())).isEqualTo(TEXT);
            }
        }
    }

    @Test
    void aFileWithoutParametersIsToldOnce() {
        server.with("cert", openssl.name("server.pem"))
                .with("dhparams", openssl.name("server.crt"))
                .with("verify", "0");
        client.with("verify", "0");
        new ServerStage().prepare(server);
        passes();
        assertThat(server.lines())
                .containsOnlyOnce(
                        "W dhparams=" + openssl.name("server.crt") + ": has no DH parameters");
    }

    @Test
    void aServerWithoutANameIsRefused() {
        Opening nameless =
                Opening.of(
                        new TlsAddresses(),
                        "OPENSSL-CLIENT",
                        List.of(new OpensslOptions(), new TlsOptions()),
                        "");
        assertThatThrownBy(() -> new ClientStage().prepare(nameless))
                .isInstanceOf(AddressException.class)
                .hasMessage("empty host name");
    }

    @Test
    void passphrasesThatOthersCanSeeAreWarnedAbout() {
        server.with("cert", openssl.name("server.crt"))
                .with("key", openssl.name("enc.key"))
                .with("passin", "pass:secret")
                .with("verify", "0");
        new ServerStage().prepare(server);
        assertThat(server.lines())
                .contains(
                        "W the list of processes shows the value of passin; file:NAME or"
                                + " fd:NUMBER keeps it")
                .noneMatch(line -> line.contains("secret"));
    }
}
