package org.jsocat.plugin.socket;

import org.jsocat.spi.OptionGroup;
import org.jsocat.testkit.OptionGroupContractTest;
import org.jsocat.testkit.ReferenceTable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.util.List;

class TablesTest {
    @Test
    void groupsHaveTheReferencesOptions() {
        ReferenceTable.read(TablesTest.class.getResourceAsStream("options.tsv"))
                .requireOptions(List.of(new SocketOptions(), new ListenOptions()));
    }

    @Nested
    class ListenOptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new ListenOptions();
        }
    }

    @Nested
    class SocketOptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new SocketOptions();
        }
    }
}
