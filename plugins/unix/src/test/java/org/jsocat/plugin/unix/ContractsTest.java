package org.jsocat.plugin.unix;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.Endpoint;
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
import org.jsocat.testkit.PacketContractTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** The contracts that every plugin keeps. */
class ContractsTest {
    @Nested
    class Addresses extends AddressProviderContractTest {
        @Override
        protected AddressProvider provider() {
            return new UnixAddresses();
        }
    }

    @Nested
    class UnixOptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new UnixOptions();
        }
    }

    @Nested
    class Connection extends EndpointContractTest {
        @TempDir Path folder;
        private int sockets;

        @Override
        protected Joined open() {
            String path = folder.resolve("socket" + sockets++).toString();
            try (Fd server = UnixFixture.server(path, Linux.SOCK_STREAM, 1)) {
                Endpoint endpoint = UnixFixture.opening("UNIX-CONNECT", path).open();
                return new Joined(endpoint, UnixFixture.accept(server));
            }
        }
    }

    @Nested
    class Listening extends ListenerContractTest {
        @TempDir Path folder;
        private int sockets;

        @Override
        protected Opening opening() {
            String path = folder.resolve("listener" + sockets++).toString();
            return UnixFixture.opening("UNIX-LISTEN", path);
        }
    }

    @Nested
    class Datagrams extends PacketContractTest {
        @TempDir Path folder;
        private int sockets;

        @Override
        protected EndpointContractTest.Joined open() {
            String path = folder.resolve("peer" + sockets).toString();
            String own = folder.resolve("own" + sockets++).toString();
            Fd peer = UnixFixture.server(path, Linux.SOCK_DGRAM, 0);
            Endpoint endpoint = UnixFixture.opening("UNIX-SENDTO", path).with("bind", own).open();
            PosixException.check(
                    Libc.connect(peer.number(), SocketAddress.Unix.ofPath(own, true)), "connect");
            return new EndpointContractTest.Joined(endpoint, peer);
        }
    }
}
