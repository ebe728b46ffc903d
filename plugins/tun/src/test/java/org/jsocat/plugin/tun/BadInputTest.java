package org.jsocat.plugin.tun;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.OpenOptions;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** What is wrong is told before any interface is made. */
class BadInputTest {
    private static Opening opening(String keyword, String... parameters) {
        return Opening.of(
                new InterfaceAddresses(),
                keyword,
                List.of(
                        new FdOptions(),
                        new OpenOptions(),
                        new SocketOptions(),
                        new InterfaceOptions()),
                parameters);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "10.9.9.1;xioparsenetwork_ip4(\"10.9.9.1\",,): missing netmask delimiter",
                "10.9.9.1/33;IPv4 netmask \"10.9.9.1/33\" is too large",
                "10.9.9.1/x;not a valid IPv4 netmask in \"10.9.9.1/x\"",
                "10.9.9.1/;not a valid IPv4 netmask in \"10.9.9.1/\"",
                "fe80::1/64;\"fe80::1\" is not an address of IPv4"
            })
    void anAddressThatIsNone(String text, String message) {
        assertThatThrownBy(() -> opening("TUN", text).open()).hasMessage(message);
    }

    @Test
    void aTypeThatIsNone() {
        assertThatThrownBy(() -> opening("TUN").with("tun-type", "tub").open())
                .hasMessage("unknown tun-type \"tub\"");
    }

    @Test
    void aDeviceThatIsNone() {
        assertThatThrownBy(() -> opening("TUN").with("tun-device", "/dev/null").open())
                .hasMessageMatching(
                        "ioctl\\(\\d+, TUNSETIFF, \\{\"\"}: Inappropriate ioctl for device");
        assertThatThrownBy(() -> opening("TUN").with("tun-device", "/dev/none").open())
                .hasMessage("open(\"/dev/none\", 02, 00): No such file or directory");
    }

    @Test
    void anInterfaceThatIsNone() {
        assertThatThrownBy(() -> opening("INTERFACE", "nix0").open())
                .hasMessage("unknown interface \"nix0\"");
    }
}
