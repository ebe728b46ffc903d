package org.jsocat.spi.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

class SocketAddressTest {

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    private static SocketAddress again(SocketAddress address) {
        byte[] bytes = address.bytes();
        return SocketAddress.decode(buffer(bytes), bytes.length);
    }

    @Test
    void inet4() {
        SocketAddress address = new SocketAddress.Inet4(new byte[] {127, 0, 0, (byte) 200}, 65000);

        assertThat(address.text()).isEqualTo("AF=2 127.0.0.200:65000");
        assertThat(address.bytes())
                .isEqualTo(
                        new byte[] {
                            2,
                            0,
                            (byte) 0xfd,
                            (byte) 0xe8,
                            127,
                            0,
                            0,
                            (byte) 200,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0
                        });
        assertThat(again(address)).isEqualTo(address).hasSameHashCodeAs(address);
        assertThat(address.toInetSocketAddress().orElseThrow().toString())
                .isEqualTo("/127.0.0.200:65000");
    }

    @Test
    void inet6() throws Exception {
        SocketAddress address = SocketAddress.of(InetAddress.getByName("2001:db8:0:1::abcd"), 80);

        assertThat(address.text()).isEqualTo("AF=10 [2001:0db8:0000:0001:0000:0000:0000:abcd]:80");
        assertThat(address.length()).isEqualTo(28);
        assertThat(again(address)).isEqualTo(address);

        SocketAddress scoped = new SocketAddress.Inet6(new byte[16], 1, 0x12345, 3);
        assertThat(again(scoped)).isEqualTo(scoped).isNotEqualTo(address);
        assertThat(scoped.bytes()[5]).isEqualTo((byte) 1); // the flow label is in network order
    }

    @Test
    void mappedInet4() {
        byte[] bytes = new byte[16];
        bytes[10] = -1;
        bytes[11] = -1;
        bytes[12] = 10;
        bytes[15] = 1;

        assertThat(new SocketAddress.Inet6(bytes, 7, 0, 0).mapped())
                .contains(new SocketAddress.Inet4(new byte[] {10, 0, 0, 1}, 7));
        assertThat(new SocketAddress.Inet6(new byte[16], 7, 0, 0).mapped()).isEmpty();
    }

    @Test
    void unix() {
        SocketAddress.Unix path = SocketAddress.Unix.ofPath("/tmp/a\tb", true);
        assertThat(path.text()).isEqualTo("AF=1 \"/tmp/a\\tb\"");
        assertThat(path.length()).isEqualTo(10);
        assertThat(again(path)).isEqualTo(path);
        assertThat(SocketAddress.Unix.ofPath("/x", false).length()).isEqualTo(110);

        SocketAddress.Unix name = SocketAddress.Unix.ofAbstract("name", true);
        assertThat(name.text()).isEqualTo("AF=1 \"\\0name\"");
        assertThat(name.name()).isEqualTo("name");
        assertThat(again(name)).isEqualTo(name);
        assertThat(SocketAddress.Unix.ofAbstract("n", false).text())
                .isEqualTo("AF=1 \"\\0n" + "\\0".repeat(106) + "\"");

        SocketAddress unnamed = SocketAddress.decode(buffer(new byte[] {1, 0}), 2);
        assertThat(unnamed.text()).isEqualTo("AF=1 \"<anon>\"");
        assertThat(((SocketAddress.Unix) unnamed).isUnnamed()).isTrue();
    }

    @Test
    void unixBytesThatCannotBePrintedAreShownAsTheReferenceDoes() {
        assertThat(new SocketAddress.Unix(new byte[] {'a', (byte) 0xab, 0x1f}, true).text())
                .isEqualTo("AF=1 \"a\\x@A\\x1E\"");
    }

    @Test
    void unixPathsThatAreTooLong() {
        assertThat(SocketAddress.Unix.ofPath("x".repeat(108), true).length()).isEqualTo(110);
        assertThatThrownBy(() -> SocketAddress.Unix.ofPath("x".repeat(109), true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void vsock() {
        SocketAddress address = new SocketAddress.Vsock(-1, 1024);

        assertThat(address.text()).isEqualTo("AF=40 cid:4294967295 port:1024");
        assertThat(again(address)).isEqualTo(address);
    }

    @Test
    void raw() {
        SocketAddress address = new SocketAddress.Raw(17, new byte[] {1, 2, (byte) 0xff});
        assertThat(address.text()).isEqualTo("AF=17 AF=17 0x0102ff0000000000000000000000");
        assertThat(again(address)).isEqualTo(address);

        SocketAddress inet = new SocketAddress.Raw(2, new byte[] {0, 9, 127, 0, 0, 1});
        assertThat(inet.text()).isEqualTo("AF=2 127.0.0.1:9");

        assertThat(SocketAddress.decode(buffer(new byte[0]), 0).text())
                .isEqualTo("AF=0 \"<anon>\"");
    }
}
