package org.jsocat.plugin.inet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.spi.AddressException;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRangeTest {
    private final Opening context = InetFixture.opening();

    @ParameterizedTest
    @CsvSource({
        "127.0.0.0/8, 127.1.2.3, true",
        "127.0.0.0/8, 128.0.0.1, false",
        "127.9.9.9/8, 127.1.2.3, true",
        "10.0.0.1/32, 10.0.0.1, true",
        "10.0.0.1/32, 10.0.0.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "192.168.0.0:255.255.0.0, 192.168.77.1, true",
        "192.168.0.0:255.255.0.0, 192.169.0.1, false",
        "10.0.0.0/31, 10.0.0.1, true",
        "localhost/32, 127.0.0.1, true",
    })
    void ipv4(String range, String peer, boolean inside) {
        AddressRange parsed = AddressRange.parse(context, range, Linux.AF_INET);
        assertThat(parsed.contains(inet4(peer))).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({
        "[::1]/128, ::1, true",
        "[::2]/128, ::1, false",
        "[fd00::]/8, fdab::1, true",
        "[fd00::]/8, fe00::1, false",
        "[::]/0, 2001:db8::1, true",
        "[2001:db8:8000::]/33, 2001:db8:8000::1, true",
        "[2001:db8:8000::]/33, 2001:db8:7fff::1, false",
    })
    void ipv6(String range, String peer, boolean inside) {
        AddressRange parsed = AddressRange.parse(context, range, Linux.AF_INET6);
        SocketAddress address = new SocketAddress.Inet6(NumericAddress.inet6(peer), 1, 0, 0);
        assertThat(parsed.contains(address)).isEqualTo(inside);
    }

    @Test
    void dataIsComparedWhereTheHostStands() {
        AddressRange range =
                AddressRange.parse(context, "x00007f000000:x0000ff000000", Linux.AF_UNSPEC);
        assertThat(range.contains(inet4("127.3.4.5"))).isTrue();
        assertThat(range.contains(inet4("126.3.4.5"))).isFalse();
    }

    @Test
    void familiesWithoutHostsAreInNoRange() {
        AddressRange range = AddressRange.parse(context, "127.0.0.0/8", Linux.AF_INET);
        assertThat(range.contains(new SocketAddress.Raw(Linux.AF_UNSPEC, new byte[0]))).isFalse();
        assertThat(range.contains(new SocketAddress.Inet6(new byte[16], 1, 0, 0))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 2, missing netmask delimiter",
        "127.0.0.1/33, 2, IPv4 netmask \"127.0.0.1/33\" is too large",
        "127.0.0.1/x, 2, not a valid IPv4 netmask in \"127.0.0.1/x\"",
        "127.0.0.1/, 2, not a valid IPv4 netmask",
        "[::1], 10, missing mask bits delimiter",
        "::1/128, 10, missing brackets for IPv6 range definition",
        "[::1]/129, 10, is too large",
        "x00, 0, use <addr>:<mask>",
        "x00:x0000, 0, 'network address is 1 bytes long, mask is 2 bytes long'",
        "127.0.0.1/8, 1, range option not supported with address family 1",
        "no.such.host.invalid/8, 2, Name or service not known",
    })
    void tellsWhatIsWrong(String range, int family, String message) {
        assertThatThrownBy(() -> AddressRange.parse(context, range, family))
                .isInstanceOf(AddressException.class)
                .hasMessageContaining(message);
    }

    private static SocketAddress inet4(String host) {
        return new SocketAddress.Inet4(NumericAddress.inet4(host), 1);
    }
}
