package org.jsocat.plugin.sctp;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
import org.jsocat.testkit.AddressProviderContractTest;
import org.jsocat.testkit.OptionGroupContractTest;
import org.jsocat.testkit.ReferenceTable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.util.List;

class TablesTest {
    @Test
    void groupHasTheReferencesOptions() {
        table("options.tsv").requireOptions(List.of(new SctpOptions()));
    }

    @Test
    void addressesAreTheReferences() {
        table("addresses.tsv").requireAddresses(new SctpAddresses());
    }

    private static ReferenceTable table(String name) {
        return ReferenceTable.read(TablesTest.class.getResourceAsStream(name));
    }

    @Nested
    class Addresses extends AddressProviderContractTest {
        @Override
        protected AddressProvider provider() {
            return new SctpAddresses();
        }
    }

    @Nested
    class Options extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new SctpOptions();
        }
    }
}
