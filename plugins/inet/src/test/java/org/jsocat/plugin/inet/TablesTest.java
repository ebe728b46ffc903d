package org.jsocat.plugin.inet;

import org.jsocat.testkit.ReferenceTable;
import org.junit.jupiter.api.Test;

import java.util.List;

class TablesTest {
    @Test
    void groupsHaveTheReferencesOptions() {
        table("options.tsv")
                .requireOptions(List.of(new Ip4Options(), new Ip6Options(), new RangeOptions()));
    }

    private static ReferenceTable table(String name) {
        return ReferenceTable.read(TablesTest.class.getResourceAsStream(name));
    }
}
