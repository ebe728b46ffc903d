package org.jsocat.plugin.tun;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Where packets end. */
class FramingTest {
    /** A ping of IPv4, 84 bytes. */
    private static final String PING =
            "4500005455e240004001c1fe0a6307020a6307010800" + "00".repeat(62);

    private static final String SIX = "6000000000083aff" + "00".repeat(40);
    private static final String ADDRESSES = "ffffffffffff020000000001";

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "IP, '', 84",
        "TAGGED_IP, 00000800, 88",
        "ETHERNET, ffffffffffff0200000000010800, 98",
        "ETHERNET, ffffffffffff020000000001810000050800, 102",
        "TAGGED_ETHERNET, 00000800ffffffffffff0200000000010800, 102"
    })
    void aPacketSaysItsLength(Framing framing, String before, int length) {
        ByteBuffer packet = bytes(before + PING);
        assertThat(framing.length(packet)).isEqualTo(length);
        assertThat(packet.position()).isZero();
        assertThat(framing.length(bytes(before + PING + PING))).isEqualTo(length);
        int header = before.length() / 2 + 20;
        assertThat(framing.length(packet.slice(0, header))).isEqualTo(length);
        for (int i = 0; i < header; i++) {
            assertThat(framing.length(packet.slice(0, i))).isEqualTo(Framing.MORE);
        }
    }

    @Test
    void otherPackets() {
        assertThat(Framing.IP.length(bytes(SIX))).isEqualTo(48);
        assertThat(Framing.ETHERNET.length(bytes(ADDRESSES + "86dd" + SIX))).isEqualTo(62);
        assertThat(Framing.ETHERNET.length(bytes(ADDRESSES + "08060001080006040001")))
                .isEqualTo(42);
        assertThat(Framing.ETHERNET.length(bytes(ADDRESSES + "0026424203"))).isEqualTo(52);
    }

    @ParameterizedTest
    @CsvSource({
        "IP, 5500",
        "IP, 4400",
        // a checksum that does not fit
        "IP, 4500005455e34000400108a80a6307020a630701",
        // longer than it says
        "IP, 4500001300004000400118220a6307020a630701",
        // a jumbogram
        "IP, 60000000000000ff00000000000000000000000000000000000000000000000000000000000000000",
        "ETHERNET, 000000000000",
        "ETHERNET, 00",
        "ETHERNET, ffffffffffff02000000000188cc",
        "ETHERNET, ffffffffffff020000000001080060"
    })
    void whatIsNone(Framing framing, String hex) {
        String even = hex.length() % 2 == 0 ? hex : hex + "0";
        assertThat(framing.length(bytes(even))).isEqualTo(Framing.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(Framing.class)
    void nothingSaysNothing(Framing framing) {
        assertThat(framing.length(ByteBuffer.allocate(0))).isEqualTo(Framing.MORE);
    }
}
