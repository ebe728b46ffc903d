package org.jsocat.plugin.unix;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.posix.Fd;
import org.jsocat.spi.posix.Linux;
import org.jsocat.testkit.AddressProviderContractTest;
import org.jsocat.testkit.EndpointContractTest;
import org.jsocat.testkit.OptionGroupContractTest;
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
}
