package org.jsocat.plugin.exec;

import org.jsocat.testkit.ReferenceTable;
import org.junit.jupiter.api.Test;

import java.util.List;

class TablesTest {
    @Test
    void groupsHaveTheReferencesOptions() {
        table("options.tsv")
                .requireOptions(
                        List.of(
                                new ExecOptions(),
                                new ForkOptions(),
                                new ParentOptions(),
                                new ProcessOptions(),
                                new ShellOptions()));
    }

    @Test
    void addressesAreTheReferences() {
        table("addresses.tsv").requireAddresses(new ExecProvider());
    }

    private static ReferenceTable table(String name) {
        return ReferenceTable.read(TablesTest.class.getResourceAsStream(name));
    }
}
