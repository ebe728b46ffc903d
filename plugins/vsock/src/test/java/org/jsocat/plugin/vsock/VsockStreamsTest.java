package org.jsocat.plugin.vsock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.plugin.socket.ListenOptions;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.plugin.socket.StreamListener;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.Listener;
import org.jsocat.spi.posix.Errno;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

@Timeout(300)
class VsockStreamsTest {
    /** VMADDR_CID_LOCAL: the machine itself. */
    private static final String SELF = "1";

    private static Opening opening(String keyword, String... parameters) {
        return Opening.of(
                new VsockAddresses(),
                keyword,
                List.of(new FdOptions(), new SocketOptions(), new ListenOptions()),
                parameters);
    }

    private static void requireSockets() {
        int result = Libc.socket(Linux.AF_VSOCK, Linux.SOCK_STREAM, 0);
        Assumptions.assumeTrue(result >= 0, "the kernel has no vsock");
        new Fd(result).close();
    }

    @Test
    void whatIsNoNumberIsToldAsTheReferenceDoes() {
        assertThatThrownBy(() -> opening("VSOCK-CONNECT", "x", "1").open())
                .hasMessage("sockaddr_vm - garbage in cid: \"x\"");
        assertThatThrownBy(() -> opening("VSOCK-CONNECT", "1", "12y").open())
                .hasMessage("sockaddr_vm - garbage in port: \"y\"");
        assertThatThrownBy(() -> opening("VSOCK-LISTEN", "4294967296").listen())
                .hasMessage("sockaddr_vm - garbage in port: \"4294967296\"");
    }

    @Test
    void aKernelWithoutTheFamilySaysSo() {
        int result = Libc.socket(Linux.AF_VSOCK, Linux.SOCK_STREAM, 0);
        if (result >= 0) {
            new Fd(result).close();
        }
        Assumptions.assumeTrue(result == -Errno.EAFNOSUPPORT, "the kernel has vsock");
        assertThatThrownBy(() -> opening("VSOCK-CONNECT", SELF, "1").open())
                .hasMessage("socket(40, 1, 0): Address family not supported by protocol");
    }

    @Test
    void listensOnAnyMachine() {
        requireSockets();
        try (Listener listener = opening("VSOCK-LISTEN", "0xffffffff").listen()) {
            SocketAddress.Vsock local = (SocketAddress.Vsock) ((StreamListener) listener).local();
            assertThat(local.cid()).isEqualTo(-1);
            assertThat(local.port()).isNotIn(0, -1);
        }
    }

    @Test
    void bindsToAPort() {
        requireSockets();
        assertThatThrownBy(() -> opening("VSOCK-CONNECT", SELF, "1").with("bind", "2:3").open())
                .isInstanceOf(PosixException.class)
                .hasMessageContaining("{AF=40 cid:2 port:3}, 16): ");
    }

    @Test
    void connectsToTheMachineItself() {
        requireSockets();
        Opening listening = opening("VSOCK-LISTEN", "4294967295");
        try (Listener listener = listening.listen()) {
            SocketAddress.Vsock local = (SocketAddress.Vsock) ((StreamListener) listener).local();
            String port = Integer.toUnsignedString(local.port());
            Opening connecting = opening("VSOCK-CONNECT", SELF, port).with("connect-timeout", "2");
            Endpoint client = null;
            try {
                client = connecting.open();
            } catch (PosixException refused) {
                Assumptions.abort("the kernel has no vsock loopback: " + refused.getMessage());
            }
            try (Endpoint near = client;
                    Endpoint far = listening.accept(listener).orElseThrow()) {
                near.write(
                        ByteBuffer.allocateDirect(3)
                                .put("abc".getBytes(StandardCharsets.UTF_8))
                                .flip());
                assertThat(Libc.poll(far.readDescriptor(), Linux.POLLIN, 100_000)).isPositive();
                assertThat(far.read(ByteBuffer.allocateDirect(9))).isEqualTo(3);
                assertThat(listening.environment())
                        .containsEntry("SOCAT_SOCKPORT", port)
                        .containsEntry("SOCAT_PEERADDR", SELF);
            }
        }
    }
}
