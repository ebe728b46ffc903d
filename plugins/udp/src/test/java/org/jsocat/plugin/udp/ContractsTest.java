package org.jsocat.plugin.udp;

import org.jsocat.plugin.inet.Ip4Options;
import org.jsocat.plugin.inet.RangeOptions;
import org.jsocat.plugin.socket.SocketOptions;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.testkit.AddressProviderContractTest;
import org.jsocat.testkit.EndpointContractTest;
import org.jsocat.testkit.Opening;
import org.jsocat.testkit.OptionGroupContractTest;
import org.jsocat.testkit.PacketContractTest;
import org.junit.jupiter.api.Nested;

import java.util.List;

/** The contracts that every plugin keeps. */
class ContractsTest {
    @Nested
    class Addresses extends AddressProviderContractTest {
        @Override
        protected AddressProvider provider() {
            return new UdpAddresses();
        }
    }

    @Nested
    class UdpOptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new UdpOptions();
        }
    }

    /** Packets that come and go between a socket of the test and an address for it. */
    abstract static class Packets extends PacketContractTest {
        private static final SocketAddress ANY =
                new SocketAddress.Inet4(new byte[] {127, 0, 0, 1}, 0);

        private final String keyword;

        Packets(String keyword) {
            this.keyword = keyword;
        }

        @Override
        protected EndpointContractTest.Joined open() {
            Fd peer =
                    new Fd(
                            PosixException.check(
                                    Libc.socket(Linux.AF_INET, Linux.SOCK_DGRAM, 0), "socket"));
            PosixException.check(Libc.bind(peer.number(), ANY), "bind");
            int port = ((SocketAddress.Inet4) SocketAddress.local(peer.number())).port();
            List<OptionGroup> groups =
                    List.of(
                            new FdOptions(),
                            new SocketOptions(),
                            new RangeOptions(),
                            new Ip4Options(),
                            new UdpOptions());
            Endpoint endpoint =
                    Opening.of(
                                    new UdpAddresses(),
                                    keyword,
                                    groups,
                                    "127.0.0.1",
                                    Integer.toString(port))
                            .with("bind", "127.0.0.1")
                            .open();
            PosixException.check(
                    Libc.connect(peer.number(), SocketAddress.local(endpoint.writeDescriptor())),
                    "connect");
            return new EndpointContractTest.Joined(endpoint, peer);
        }
    }

    @Nested
    class Connected extends Packets {
        Connected() {
            super("UDP4-CONNECT");
        }

        /** As the reference has it, which reads such a socket with read(2). */
        @Override
        protected boolean endsAtEmptyPacket() {
            return true;
        }
    }

    @Nested
    class SendTo extends Packets {
        SendTo() {
            super("UDP4-SENDTO");
        }
    }

    @Nested
    class Datagram extends Packets {
        Datagram() {
            super("UDP4-DATAGRAM");
        }
    }
}
