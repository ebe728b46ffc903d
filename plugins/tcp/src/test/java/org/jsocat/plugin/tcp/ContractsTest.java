package org.jsocat.plugin.tcp;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Libc;
import org.jsocat.spi.posix.Linux;
import org.jsocat.spi.posix.PosixException;
import org.jsocat.spi.posix.SocketAddress;
import org.jsocat.testkit.AddressProviderContractTest;
import org.jsocat.testkit.EndpointContractTest;
import org.jsocat.testkit.ListenerContractTest;
import org.jsocat.testkit.Opening;
import org.jsocat.testkit.OptionGroupContractTest;
import org.junit.jupiter.api.Nested;

/** The contracts that every plugin keeps. */
class ContractsTest {
    @Nested
    class Addresses extends AddressProviderContractTest {
        @Override
        protected AddressProvider provider() {
            return new TcpAddresses();
        }
    }

    @Nested
    class TcpOptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new TcpOptions();
        }
    }

    @Nested
    class Connection extends EndpointContractTest {
        @Override
        protected Joined open() {
            try (Fd server =
                    new Fd(
                            PosixException.check(
                                    Libc.socket(Linux.AF_INET, Linux.SOCK_STREAM, 0), "socket"))) {
                SocketAddress any = new SocketAddress.Inet4(new byte[] {127, 0, 0, 1}, 0);
                PosixException.check(Libc.bind(server.number(), any), "bind");
                PosixException.check(Libc.listen(server.number(), 1), "listen");
                int port = TcpFixture.port(SocketAddress.local(server.number()));
                return new Joined(
                        TcpFixture.opening("TCP", "127.0.0.1", Integer.toString(port)).open(),
                        new Fd(PosixException.check(Libc.accept4(server.number(), 0), "accept")));
            }
        }
    }

    @Nested
    class Listening extends ListenerContractTest {
        @Override
        protected Opening opening() {
            return TcpFixture.opening("TCP4-LISTEN", "0").with("bind", "127.0.0.1");
        }
    }
}
