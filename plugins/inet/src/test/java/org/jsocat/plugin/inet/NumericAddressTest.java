package org.jsocat.plugin.inet;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.NameService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

class NumericAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "255.255.255.255", "10.20.30.40"})
    void readsWhatIsPlainlyIpv4(String text) throws UnknownHostException {
        assertThat(NumericAddress.inet4(text)).isEqualTo(InetAddress.getByName(text).getAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "127.1",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.",
                "a.b.c.d",
                "1..2.3"
            })
    void leavesOtherFormsToLibc(String text) {
        assertThat(NumericAddress.inet4(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "fe80::1",
                "1:2:3:4:5:6:7:8",
                "2001:db8::ff00:42:8329",
                "1::8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8"
            })
    void readsWhatIsPlainlyIpv6(String text) throws UnknownHostException {
        assertThat(NumericAddress.inet6(text)).isEqualTo(InetAddress.getByName(text).getAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1:2:3",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "fe80::1%lo",
                "::1.2.3.4",
                "g::",
                "1:2:3:4:5:6:7:8::",
                "1:"
            })
    void leavesOtherTextToLibc(String text) {
        assertThat(NumericAddress.inet6(text)).isEmpty();
    }

    @Test
    void noHostIsTheWildcardOrTheLoopbackAddress() {
        assertThat(text(Optional.empty(), "80", Linux.AF_INET, NameService.AI_PASSIVE))
                .contains("AF=2 0.0.0.0:80");
        assertThat(text(Optional.empty(), "80", Linux.AF_INET, 0)).contains("AF=2 127.0.0.1:80");
        assertThat(text(Optional.empty(), "80", Linux.AF_UNSPEC, 0)).isEmpty();
    }

    @Test
    void namesOfServicesAndPortsOutOfRangeAreLeftToLibc() {
        assertThat(text(Optional.of("1.2.3.4"), "http", Linux.AF_INET, 0)).isEmpty();
        assertThat(text(Optional.of("1.2.3.4"), "65536", Linux.AF_INET, 0)).isEmpty();
        assertThat(text(Optional.of("1.2.3.4"), "65535", Linux.AF_UNSPEC, 0))
                .contains("AF=2 1.2.3.4:65535");
        assertThat(text(Optional.of("1.2.3.4"), "80", Linux.AF_INET6, 0)).isEmpty();
    }

    private static Optional<String> text(
            Optional<String> host, String service, int family, int flags) {
        return NumericAddress.of(host, Optional.of(service), family, flags).map(Object::toString);
    }
}
