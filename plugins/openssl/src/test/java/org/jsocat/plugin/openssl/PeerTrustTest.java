package org.jsocat.plugin.openssl;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Which certificate is refused, whose, for which date or purpose, and what would help. */
class PeerTrustTest {
    @TempDir Path folder;
    private Openssl openssl;

    /** An authority with a database, since only {@code openssl ca} sets dates. */
    @BeforeEach
    void makeAuthority() throws IOException {
        openssl = new Openssl(folder).certificate("ca", "rsa:2048", "/CN=authority.test");
        Files.writeString(openssl.file("index"), "");
        Files.writeString(
                openssl.file("ca.conf"),
                """
                [ca]
                default_ca = a
                [a]
                database = index
                new_certs_dir = .
                default_md = sha256
                policy = p
                rand_serial = yes
                unique_subject = no
                [p]
                commonName = supplied
                [client]
                extendedKeyUsage = clientAuth
                """);
    }

    private X509Certificate issued(String name, String dates, String... further) {
        openssl.run("req -new -nodes -newkey rsa:2048 -keyout x.key -out x.csr -subj /CN=" + name)
                .run(
                        "ca -batch -notext -config ca.conf -cert ca.crt -keyfile ca.key -in x.csr"
                                + " -out "
                                + name
                                + ".crt "
                                + dates,
                        further);
        return only(name + ".crt");
    }

    private X509Certificate only(String file) {
        String name = openssl.name(file);
        return Identity.certificates("cafile", name, Identity.read("cafile", name)).getFirst();
    }

    private void refused(String cafile, X509Certificate certificate, String message) {
        Optional<String> name = Optional.of(openssl.name(cafile));
        TrustAnchors anchors =
                TrustAnchors.of(
                        name, name.map(file -> Identity.read("cafile", file)), Optional.empty());
        PeerTrust trust = new PeerTrust(true, anchors);
        assertThatThrownBy(
                        () -> trust.checkServerTrusted(new X509Certificate[] {certificate}, "RSA"))
                .isInstanceOf(CertificateException.class)
                .hasMessage(message);
    }

    @Test
    void datesAreTold() {
        refused(
                "ca.crt",
                issued("old.test", "-startdate 20200101000000Z -enddate 20210203040506Z"),
                "certificate has expired: that of \"CN = old.test\" was valid until"
                        + " 2021-02-03T04:05:06Z; the peer needs a new one (verify=0 would not"
                        + " check)");
        refused(
                "ca.crt",
                issued("new.test", "-startdate 20980101000000Z -enddate 20990203040506Z"),
                "certificate is not yet valid: that of \"CN = new.test\" begins on"
                        + " 2098-01-01T00:00:00Z; is the clock of this machine right?");
    }

    @Test
    void thePurposeIsTold() {
        refused(
                "ca.crt",
                issued("client.test", "-days 2", "-extensions", "client"),
                "unsupported certificate purpose: that of \"CN = client.test\" is not for a"
                        + " server");
    }

    @Test
    void whoIsMissingIsTold() {
        X509Certificate certificate = issued("host.test", "-days 2");
        openssl.certificate("other", "rsa:2048", "/CN=other.test");
        refused(
                "other.crt",
                certificate,
                "unable to get local issuer certificate: that of \"CN = authority.test\", which"
                        + " signed that of \"CN = host.test\" is not in cafile");
    }
}
