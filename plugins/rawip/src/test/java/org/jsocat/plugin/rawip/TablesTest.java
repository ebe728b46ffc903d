package org.jsocat.plugin.rawip;

import org.jsocat.spi.AddressProvider;
import org.jsocat.testkit.AddressProviderContractTest;
import org.jsocat.testkit.ReferenceTable;
import org.junit.jupiter.api.Test;

class TablesTest extends AddressProviderContractTest {
    @Override
    protected AddressProvider provider() {
        return new RawIpAddresses();
    }

    @Test
    void addressesAreTheReferences() {
        ReferenceTable.read(TablesTest.class.getResourceAsStream("addresses.tsv"))
                .requireAddresses(provider());
    }
}
