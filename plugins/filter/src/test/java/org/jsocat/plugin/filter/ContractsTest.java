package org.jsocat.plugin.filter;

import org.jsocat.spi.AddressProvider;
import org.jsocat.testkit.AddressProviderContractTest;
import org.junit.jupiter.api.Nested;

/** The contracts that every plugin keeps. */
class ContractsTest {
    @Nested
    class Addresses extends AddressProviderContractTest {
        @Override
        protected AddressProvider provider() {
            return new FilterStages();
        }
    }
}
