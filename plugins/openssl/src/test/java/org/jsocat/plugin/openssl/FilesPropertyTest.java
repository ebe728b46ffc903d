package org.jsocat.plugin.openssl;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import org.jsocat.spi.AddressException;
import org.jsocat.testkit.Opening;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What holds for files of certificates and keys, whatever is in them. */
class FilesPropertyTest {
    private static final Passphrase NONE = new Passphrase(Optional.empty());
    private static final List<byte[]> MADE = new ArrayList<>();
    private static Path folder;

    @BeforeContainer
    static void makeFiles() throws IOException {
        folder = Files.createTempDirectory("jsocat-files");
        Openssl openssl =
                new Openssl(folder)
                        .certificate("rsa", "rsa:1024", "/CN=rsa.test")
                        .certificate(
                                "ec",
                                "ec",
                                "/CN=ec.test",
                                "-pkeyopt",
                                "ec_paramgen_curve:prime256v1")
                        .run("ec -in ec.key -out ec1.key")
                        .run("rsa -in rsa.key -traditional -out rsa1.key");
        for (String name : List.of("rsa.pem", "ec.pem", "ec1.key", "rsa1.key")) {
            MADE.add(Files.readAllBytes(openssl.file(name)));
        }
    }

    @AfterContainer
    static void removeFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** Real files with some bytes changed, some left out, and lines of PEM among any text. */
    @Provide
    Arbitrary<byte[]> files() {
        Arbitrary<byte[]> changed =
                Arbitraries.integers()
                        .between(0, MADE.size() - 1)
                        .flatMap(
                                which ->
                                        Arbitraries.integers()
                                                .between(0, 1 << 24)
                                                .list()
                                                .ofMaxSize(4)
                                                .map(places -> changed(MADE.get(which), places)));
        Arbitrary<byte[]> lines =
                Arbitraries.of(
                                "-----BEGIN CERTIFICATE-----",
                                "-----END CERTIFICATE-----",
                                "-----BEGIN EC PRIVATE KEY-----",
                                "-----END EC PRIVATE KEY-----",
                                "-----BEGIN PRIVATE KEY-----",
                                "-----END PRIVATE KEY-----",
                                "-----BEGIN -----",
                                "-----BEGIN ",
                                "Proc-Type: 4,ENCRYPTED",
                                "DEK-Info: AES-128-CBC,00",
                                "MIIB",
                                "MAA=",
                                "",
                                "=")
                        .list()
                        .ofMaxSize(12)
                        .map(all -> String.join("\n", all).getBytes(ISO_8859_1));
        return Arbitraries.oneOf(
                changed, lines, Arbitraries.bytes().array(byte[].class).ofMaxSize(300));
    }

    private static byte[] changed(byte[] file, List<Integer> places) {
        byte[] bytes = file.clone();
        for (int place : places) {
            int at = (place >> 8) % bytes.length;
            bytes[at] = (byte) place;
        }
        return bytes;
    }

    @Property(tries = 1500)
    void anyFileIsReadOrOneLineSaysWhyNot(@ForAll("files") byte[] bytes) {
        try {
            Identity.of("FILE", bytes, Optional.empty(), Optional.empty(), NONE);
        } catch (AddressException refused) {
            assertThat(refused.getMessage()).startsWith("cert=FILE: ").doesNotContain("\n");
        }
    }

    /** The short way takes nothing that the whole way refuses as not belonging together. */
    @Property(tries = 1500)
    void whatLooksSoundHasAKeyThatFits(@ForAll("files") byte[] bytes) {
        Opening opening =
                Opening.of(
                        new TlsAddresses(),
                        "OPENSSL-SERVER",
                        List.of(new OpensslOptions(), new TlsOptions()));
        TlsSettings settings = TlsSettings.of(opening, true, false);
        boolean sound =
                new CredentialFiles(
                                settings, Optional.of(bytes), Optional.empty(), Optional.empty())
                        .areSound();
        if (sound) {
            try {
                Identity.of("FILE", bytes, Optional.empty(), Optional.empty(), NONE);
            } catch (AddressException refused) {
                assertThat(refused.getMessage()).doesNotContain("mismatch", "has no");
            }
        }
    }

    @Property(tries = 1000)
    void blocksAreFoundInAnyText(
            @ForAll @Size(max = 200) byte[] content, @ForAll @IntRange(min = 0, max = 3) int blank)
            throws IOException {
        String block =
                "text\n".repeat(blank)
                        + "-----BEGIN X-----\n"
                        + Base64.getMimeEncoder().encodeToString(content)
                        + "\n-----END X-----\n"
                        + "\r\n".repeat(blank);
        List<Pem.Block> found = Pem.parse((block + block).getBytes(ISO_8859_1)).blocks();
        assertThat(found).hasSize(2);
        assertThat(found.getLast().content()).isEqualTo(content);
    }

    @Property(tries = 1000)
    void anyKeyIsReadOrRefused(
            @ForAll @Size(max = 60) byte[] content, @ForAll @IntRange(min = 0, max = 3) int kind) {
        String label = List.of("PRIVATE", "RSA PRIVATE", "EC PRIVATE", "DSA PRIVATE").get(kind);
        byte[] sequence = Der.value(Der.SEQUENCE, content);
        String text =
                "-----BEGIN "
                        + label
                        + " KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(sequence)
                        + "\n-----END "
                        + label
                        + " KEY-----\n";
        try {
            Pem.Block block = Pem.parse(text.getBytes(ISO_8859_1)).blocks().getFirst();
            assertThat(PrivateKeys.of(block, NONE)).isNotNull();
        } catch (IOException | GeneralSecurityException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }
}
