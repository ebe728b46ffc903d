package org.jsocat.plugin.exec;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
import org.jsocat.testkit.TablesContractTest;

import java.util.List;

class TablesTest extends TablesContractTest {
    @Override
    protected List<AddressProvider> addresses() {
        return List.of(new ExecProvider());
    }

    @Override
    protected List<OptionGroup> groups() {
        return List.of(
                new ExecOptions(),
                new ForkOptions(),
                new ParentOptions(),
                new ProcessOptions(),
                new ShellOptions());
    }
}
