package org.jsocat.plugin.proxy;

import org.jsocat.testkit.ReferenceTable;
import org.junit.jupiter.api.Test;

import java.util.List;

class TablesTest {
    @Test
    void groupsHaveTheReferencesOptions() {
        table("options.tsv").requireOptions(List.of(new HttpOptions(), new SocksOptions()));
    }

    @Test
    void addressesAreTheReferences() {
        table("addresses.tsv").requireAddresses(new ProxyAddresses());
    }

    private static ReferenceTable table(String name) {
        return ReferenceTable.read(TablesTest.class.getResourceAsStream(name));
    }
}
