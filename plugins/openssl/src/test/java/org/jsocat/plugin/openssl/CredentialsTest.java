package org.jsocat.plugin.openssl;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.testkit.Opening;
import org.jsocat.testkit.RecordingLogger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Files that change while a listener is open. */
class CredentialsTest {
    @TempDir Path folder;

    private final RecordingLogger log = new RecordingLogger();

    private String owner(TlsSettings settings) {
        Credentials credentials = Credentials.of(settings, log);
        return Identity.subject(credentials.identity().orElseThrow().chain().getFirst());
    }

    @Test
    void renewedFilesAreReadAndBrokenOnesAreNot() throws IOException {
        Openssl openssl =
                new Openssl(folder)
                        .certificate("first", "rsa:2048", "/CN=first.test")
                        .certificate("second", "rsa:2048", "/CN=second.test");
        Path used = openssl.file("used.pem");
        Files.copy(openssl.file("first.pem"), used);
        Opening opening =
                Opening.of(
                                new TlsAddresses(),
                                "OPENSSL-SERVER",
                                List.of(new OpensslOptions(), new TlsOptions()))
                        .with("cert", used.toString());
        TlsSettings settings = TlsSettings.of(opening, true, false);
        assertThat(owner(settings)).isEqualTo("\"CN = first.test\"");
        assertThat(Credentials.of(settings, log)).isSameAs(Credentials.of(settings, log));

        Files.copy(openssl.file("second.pem"), used, StandardCopyOption.REPLACE_EXISTING);
        assertThat(owner(settings)).isEqualTo("\"CN = second.test\"");

        Files.writeString(used, "half a file");
        assertThat(owner(settings)).isEqualTo("\"CN = second.test\"");
        assertThat(log.lines())
                .containsExactly(
                        "N certificate files have changed; new connections use them",
                        "W cert="
                                + used
                                + ": has no certificate; what was read before stays in use");
    }
}
