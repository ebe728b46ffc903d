package org.jsocat.plugin.tcp;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
import org.jsocat.testkit.TablesContractTest;

import java.util.List;

class TablesTest extends TablesContractTest {
    @Override
    protected List<AddressProvider> addresses() {
        return List.of(new TcpAddresses());
    }

    @Override
    protected List<OptionGroup> groups() {
        return List.of(new TcpOptions());
    }
}
