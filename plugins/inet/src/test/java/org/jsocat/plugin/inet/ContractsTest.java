package org.jsocat.plugin.inet;

import org.jsocat.spi.OptionGroup;
import org.jsocat.testkit.OptionGroupContractTest;
import org.junit.jupiter.api.Nested;

/** The contracts that every plugin keeps. */
class ContractsTest {
    @Nested
    class Ip4OptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new Ip4Options();
        }
    }

    @Nested
    class Ip6OptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new Ip6Options();
        }
    }

    @Nested
    class RangeOptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new RangeOptions();
        }
    }
}
