package org.jsocat.plugin.proxy;

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
            return new ProxyAddresses();
        }
    }

    @Nested
    class Http extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new HttpOptions();
        }
    }

    @Nested
    class Socks extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new SocksOptions();
        }
    }
}
