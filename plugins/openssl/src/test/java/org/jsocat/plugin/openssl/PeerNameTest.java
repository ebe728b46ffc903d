package org.jsocat.plugin.openssl;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.testkit.RecordingLogger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.security.cert.X509Certificate;

class PeerNameTest {
    @TempDir static Path folder;
    private static X509Certificate plain;
    private static X509Certificate wild;
    private static X509Certificate addresses;

    @BeforeAll
    static void makeCertificates() {
        Openssl openssl = new Openssl(folder);
        plain = certificate(openssl, "plain", "/CN=host.test/OU=a, b");
        wild = certificate(openssl, "wild", "/CN=*.wild.test");
        addresses =
                certificate(
                        openssl,
                        "addresses",
                        "/O=no name",
                        "-addext",
                        "subjectAltName=DNS:one.test,DNS:*.two.test,IP:127.0.0.1,IP:::1");
    }

    private static X509Certificate certificate(
            Openssl openssl, String name, String subject, String... further) {
        openssl.certificate(name, "rsa:2048", subject, further);
        String file = openssl.name(name + ".crt");
        return Identity.certificates("cert", file, Identity.read("cert", file)).getFirst();
    }

    private static boolean fits(X509Certificate certificate, String name) {
        return new PeerName(name, new RecordingLogger()).isOf(certificate);
    }

    @Test
    void theCommonNameMustAgree() {
        assertThat(fits(plain, "host.test")).isTrue();
        assertThat(fits(plain, "HOST.test")).isFalse();
        assertThat(fits(plain, "www.host.test")).isFalse();
    }

    @Test
    void aWildcardIsForTheDomainAndOneLevelOfHosts() {
        assertThat(fits(wild, "wild.test")).isTrue();
        assertThat(fits(wild, "www.wild.test")).isTrue();
        assertThat(fits(wild, "a.b.wild.test")).isFalse();
        assertThat(fits(wild, "wild")).isFalse();
    }

    @Test
    void alternativeNamesAndAddresses() {
        assertThat(fits(addresses, "one.test")).isTrue();
        assertThat(fits(addresses, "x.two.test")).isTrue();
        assertThat(fits(addresses, "127.0.0.1")).isTrue();
        assertThat(fits(addresses, "::1")).isTrue();
        assertThat(fits(addresses, "[0:0:0::1]")).isTrue();
        assertThat(fits(addresses, "127.0.0.2")).isFalse();
        assertThat(fits(addresses, "no name")).isFalse();
        assertThat(PeerName.alternatives(addresses))
                .extracting(PeerName.Alternative::text)
                .containsExactly("one.test", "*.two.test", "127.0.0.1", "::1");
    }

    @Test
    void namesAreWrittenAsOpensslDoes() {
        assertThat(DistinguishedName.of(plain.getSubjectX500Principal()))
                .hasToString("CN = host.test, OU = \"a, b\"");
    }
}
