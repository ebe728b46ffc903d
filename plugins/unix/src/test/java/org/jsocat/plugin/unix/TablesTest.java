package org.jsocat.plugin.unix;

import org.jsocat.testkit.ReferenceTable;
import org.junit.jupiter.api.Test;

import java.util.List;

class TablesTest {
    @Test
    void groupHasTheReferencesOptions() {
        table("options.tsv").requireOptions(List.of(new UnixOptions()));
    }

    @Test
    void addressesAreTheReferences() {
        table("addresses.tsv").requireAddresses(new UnixAddresses());
    }

    private static ReferenceTable table(String name) {
        return ReferenceTable.read(TablesTest.class.getResourceAsStream(name));
    }
}
