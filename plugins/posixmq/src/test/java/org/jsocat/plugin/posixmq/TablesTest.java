package org.jsocat.plugin.posixmq;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
import org.jsocat.testkit.AddressProviderContractTest;
import org.jsocat.testkit.OptionGroupContractTest;
import org.jsocat.testkit.TablesContractTest;
import org.junit.jupiter.api.Nested;

import java.util.List;

class TablesTest extends TablesContractTest {
    @Override
    protected List<AddressProvider> addresses() {
        return List.of(new QueueAddresses());
    }

    @Override
    protected List<OptionGroup> groups() {
        return List.of(new QueueOptions());
    }

    @Nested
    class Addresses extends AddressProviderContractTest {
        @Override
        protected AddressProvider provider() {
            return new QueueAddresses();
        }
    }

    @Nested
    class Options extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new QueueOptions();
        }
    }
}
