package org.jsocat.plugin.exec;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
import org.jsocat.testkit.AddressProviderContractTest;
import org.jsocat.testkit.OptionGroupContractTest;
import org.junit.jupiter.api.Nested;

/** The contracts that every plugin keeps. */
class ContractsTest {
    @Nested
    class Addresses extends AddressProviderContractTest {
        @Override
        protected AddressProvider provider() {
            return new ExecProvider();
        }
    }

    @Nested
    class ExecOptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new ExecOptions();
        }
    }

    @Nested
    class ForkOptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new ForkOptions();
        }
    }

    @Nested
    class ParentOptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new ParentOptions();
        }
    }

    @Nested
    class ProcessOptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new ProcessOptions();
        }
    }

    @Nested
    class ShellOptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new ShellOptions();
        }
    }

    @Nested
    class StageOptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new StageOptions();
        }
    }
}
