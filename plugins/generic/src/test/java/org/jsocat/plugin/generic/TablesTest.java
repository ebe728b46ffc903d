package org.jsocat.plugin.generic;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
import org.jsocat.testkit.AddressProviderContractTest;
import org.jsocat.testkit.TablesContractTest;
import org.junit.jupiter.api.Nested;

import java.util.List;

class TablesTest extends TablesContractTest {
    @Override
    protected List<AddressProvider> addresses() {
        return List.of(new GenericAddresses());
    }

    @Override
    protected List<OptionGroup> groups() {
        return List.of();
    }

    @Nested
    class Addresses extends AddressProviderContractTest {
        @Override
        protected AddressProvider provider() {
            return new GenericAddresses();
        }
    }
}
