package org.jsocat.plugin.vsock;

import org.jsocat.spi.AddressProvider;
import org.jsocat.testkit.AddressProviderContractTest;
import org.jsocat.testkit.ReferenceTable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TablesTest {
    @Test
    void addressesAreTheReferences() {
        ReferenceTable.read(TablesTest.class.getResourceAsStream("addresses.tsv"))
                .requireAddresses(new VsockAddresses());
    }

    @Nested
    class Addresses extends AddressProviderContractTest {
        @Override
        protected AddressProvider provider() {
            return new VsockAddresses();
        }
    }
}
