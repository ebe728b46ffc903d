package org.jsocat.plugin.openssl;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
import org.jsocat.testkit.AddressProviderContractTest;
import org.jsocat.testkit.OptionGroupContractTest;
import org.junit.jupiter.api.Nested;

/** The contracts that every plugin keeps. */
class ContractsTest {
    @Nested
    class Addresses extends AddressProviderContractTest {
        @Override
        protected AddressProvider provider() {
            return new OpensslAddresses();
        }
    }

    @Nested
    class FurtherAddresses extends AddressProviderContractTest {
        @Override
        protected AddressProvider provider() {
            return new TlsAddresses();
        }
    }

    @Nested
    class Options extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new OpensslOptions();
        }
    }

    @Nested
    class FurtherOptions extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new TlsOptions();
        }
    }
}
