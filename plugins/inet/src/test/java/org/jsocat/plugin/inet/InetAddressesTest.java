package org.jsocat.plugin.inet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jsocat.plugin.socket.SocketKind;
import org.jsocat.spi.AddressException;
import org.jsocat.spi.IpVersion;
import org.jsocat.spi.Settings;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.testkit.Opening;
import org.junit.jupiter.api.Test;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

class InetAddressesTest {
    private static final SocketKind TCP4 = InetFixture.TCP.in(Linux.AF_INET);

    private static Opening opening() {
        return InetFixture.opening(new Ip4Options());
    }

    @Test
    void namesAndServicesAreLookedUp() {
        List<SocketAddress> found = InetAddresses.of(opening()).all("localhost", "http", TCP4);
        assertThat(found).extracting(SocketAddress::text).contains("AF=2 127.0.0.1:80");
    }

    @Test
    void rareNumericFormsAreLibcs() {
        List<SocketAddress> found = InetAddresses.of(opening()).all("127.1", "0", TCP4);
        assertThat(found).extracting(SocketAddress::text).containsExactly("AF=2 127.0.0.1:0");
    }

    @Test
    void bracketsMeanVersion6() {
        List<SocketAddress> found = InetAddresses.of(opening()).all("[::1]", "7", InetFixture.TCP);
        assertThat(found)
                .extracting(SocketAddress::text)
                .containsExactly("AF=10 [0000:0000:0000:0000:0000:0000:0000:0001]:7");
    }

    @Test
    void unknownHostsAreToldAsTheReferenceDoes() {
        Opening opening = opening();
        assertThatThrownBy(() -> InetAddresses.of(opening).all("no.such.host.invalid", "80", TCP4))
                .isInstanceOf(AddressException.class)
                .hasMessageMatching(
                        "_xioopen_ipapp_prepare\\(node=\"no.such.host.invalid\", service=\"80\","
                            + " pf=2, ...\\): (Name or service not known|Temporary failure in name"
                            + " resolution)");
        assertThat(opening.lines())
                .anyMatch(
                        line ->
                                line.startsWith(
                                        "W getaddrinfo(\"no.such.host.invalid\", \"80\","
                                                + " {0x00,2,1,6}, {}): "));
    }

    @Test
    void unknownServicesAreToldAsTheReferenceDoes() {
        assertThatThrownBy(
                        () -> InetAddresses.of(opening()).all("127.0.0.1", "nosuchservice", TCP4))
                .isInstanceOf(AddressException.class)
                .hasMessage(
                        "getaddrinfo(\"127.0.0.1\", \"nosuchservice\", {0x00,2,1,0}, {}): "
                                + "Servname not supported for ai_socktype");
    }

    @Test
    void bindTakesAHostAPortOrBoth() {
        InetAddresses addresses = InetAddresses.of(opening());
        assertThat(addresses.bind("127.0.0.1:5", TCP4))
                .extracting(SocketAddress::text)
                .containsExactly("AF=2 127.0.0.1:5");
        assertThat(addresses.bind("127.0.0.1", TCP4))
                .extracting(SocketAddress::text)
                .containsExactly("AF=2 127.0.0.1:0");
        assertThat(addresses.bind(":5", TCP4))
                .extracting(SocketAddress::text)
                .containsExactly("AF=2 0.0.0.0:5");
        assertThat(addresses.bind("[::1]:5", InetFixture.TCP.in(Linux.AF_INET6)))
                .extracting(SocketAddress::family)
                .containsExactly(Linux.AF_INET6);
    }

    @Test
    void thePreferredVersionComesFirst() {
        Settings six = new Settings("socat", 8192, IpVersion.IPV4, IpVersion.IPV6, false, false);
        SocketAddress first =
                InetAddresses.of(opening().under(six))
                        .listening(Optional.empty(), "5", InetFixture.TCP);
        assertThat(first.family()).isEqualTo(Linux.AF_INET6);
    }

    /**
     * The options of the resolver reach libc: it asks the name server that they name, as often as
     * they say.
     */
    @Test
    void theNameServerIsTheOneThatIsGiven() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            CompletableFuture<byte[]> asked =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                                    server.receive(packet);
                                    byte[] question =
                                            java.util.Arrays.copyOf(
                                                    packet.getData(), packet.getLength());
                                    byte[] answer = answer(question);
                                    server.send(
                                            new DatagramPacket(
                                                    answer,
                                                    answer.length,
                                                    packet.getSocketAddress()));
                                    return question;
                                } catch (java.io.IOException failure) {
                                    throw new java.io.UncheckedIOException(failure);
                                }
                            });
            Opening opening =
                    opening()
                            .with("res-nsaddr", "127.0.0.1:" + server.getLocalPort())
                            .with("res-retry", "1")
                            .with("res-retrans", "5")
                            .with("res-dnsrch", "0");
            List<SocketAddress> found =
                    InetAddresses.of(opening).all("jsocat.example.", "80", TCP4);
            assertThat(found).extracting(SocketAddress::text).containsExactly("AF=2 192.0.2.77:80");
            assertThat(new String(asked.get(), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .contains("\u0006jsocat\u0007example");
            assertThat(opening.unused()).isEmpty();
        }
    }

    /** An answer with one address to the question of a DNS packet (RFC 1035). */
    private static byte[] answer(byte[] question) {
        int end = 12;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        end += 5;
        byte[] record = {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, (byte) 192, 0, 2, 77};
        byte[] answer = java.util.Arrays.copyOf(question, end + record.length);
        answer[2] = (byte) 0x84;
        answer[3] = 0;
        answer[7] = 1;
        answer[9] = 0;
        answer[11] = 0;
        System.arraycopy(record, 0, answer, end, record.length);
        return answer;
    }
}
