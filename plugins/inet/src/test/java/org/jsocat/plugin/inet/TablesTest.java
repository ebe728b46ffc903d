package org.jsocat.plugin.inet;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
import org.jsocat.testkit.TablesContractTest;

import java.util.List;

class TablesTest extends TablesContractTest {
    @Override
    protected List<AddressProvider> addresses() {
        return List.of();
    }

    @Override
    protected List<OptionGroup> groups() {
        return List.of(new Ip4Options(), new Ip6Options(), new RangeOptions());
    }
}
