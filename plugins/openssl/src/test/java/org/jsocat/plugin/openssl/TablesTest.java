package org.jsocat.plugin.openssl;

import org.jsocat.testkit.ReferenceTable;
import org.junit.jupiter.api.Test;

import java.util.List;

class TablesTest {
    @Test
    void groupHasTheReferencesOptions() {
        table("options.tsv").requireOptions(List.of(new OpensslOptions()));
    }

    @Test
    void addressesAreTheReferences() {
        table("addresses.tsv").requireAddresses(new OpensslAddresses());
    }

    private static ReferenceTable table(String name) {
        return ReferenceTable.read(TablesTest.class.getResourceAsStream(name));
    }
}
