package org.jsocat.plugin.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.spi.AddressException;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class TlsSettingsTest {
    private static Opening client() {
        return Opening.of(
                new TlsAddresses(),
                "OPENSSL-CLIENT",
                List.of(new OpensslOptions(), new TlsOptions()));
    }

    private static TlsSettings with(String option, String value) {
        return TlsSettings.of(client().with(option, value), false, false);
    }

    @Test
    void theUsualSettingsVerify() {
        TlsSettings settings = TlsSettings.of(client(), false, false);
        assertThat(settings.verify()).isTrue();
        assertThat(settings.versions())
                .containsExactly(ProtocolVersion.TLS1_2, ProtocolVersion.TLS1_3);
        assertThat(settings.implementation()).isEqualTo(Implementation.JDK);
    }

    @ParameterizedTest
    @CsvSource({
        "min-proto-version, TLS1.3, TLS1_3",
        "min-version, TLSv1.3, TLS1_3",
        "max-version, TLS1.2, TLS1_2",
        "max-proto-version, TLS1.1, TLS1_1",
        "method, TLS1.2, TLS1_2",
        "method, tls1.0, TLS1"
    })
    void oneVersionIsLeft(String option, String value, ProtocolVersion version) {
        assertThat(with(option, value).versions()).containsExactly(version);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "min-proto-version; TLS9; Unknown SSL/TLS version \"TLS9\" (use forms like"
                        + " \"TLS1.2\")",
                "min-proto-version; DTLS1.2; Wrong type of TLS/DTLS version \"DTLS1.2\"",
                "max-proto-version; SSL3; no protocols available",
                "method; SSL3; method unknown or not provided by library",
                "method; DTLS1.2; use OPENSSL-DTLS-CLIENT",
                "cipher; foo; no cipher match",
                "cipher; TLS_AES_128_GCM_SHA256; ciphersuites",
                "ciphersuites; AES128-SHA; there is no \"AES128-SHA\" in TLS 1.3",
                "compress; foo; openssl-compress=\"foo\": unknown compression method",
                "maxfraglen; 5; openssl: maxfraglen 5 is not one of 512, 1024, 2048, or 4096",
                "maxsendfrag; 5; openssl: maxsendfrag 5 out of range 512 - 16384",
                "fips; 1; no module that is validated"
            })
    void whatCannotBeIsRefused(String option, String value, String message) {
        assertThatThrownBy(() -> with(option, value))
                .isInstanceOf(AddressException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatIsNotNeededIsTaken() {
        Opening opening =
                client().with("egd", "/dev/egd-pool")
                        .with("pseudo")
                        .with("compress", "none")
                        .with("fips", "0");
        TlsSettings.of(opening, false, false);
        assertThat(opening.unused()).isEmpty();
    }

    @Test
    void groupsThatTheRuntimeLacksTakeBouncyCastle() {
        assertThat(with("groups", "X25519:P-256").implementation()).isEqualTo(Implementation.JDK);
        assertThat(with("groups", "X25519MLKEM768:X25519").implementation())
                .isEqualTo(Implementation.BOUNCYCASTLE);
    }
}
