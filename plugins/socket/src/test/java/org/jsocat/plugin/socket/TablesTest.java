package org.jsocat.plugin.socket;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
import org.jsocat.testkit.OptionGroupContractTest;
import org.jsocat.testkit.TablesContractTest;
import org.junit.jupiter.api.Nested;

import java.util.List;

class TablesTest extends TablesContractTest {
    @Override
    protected List<AddressProvider> addresses() {
        return List.of();
    }

    @Override
    protected List<OptionGroup> groups() {
        return List.of(new SocketOptions(), new ListenOptions());
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
