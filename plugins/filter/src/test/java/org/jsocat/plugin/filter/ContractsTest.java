package org.jsocat.plugin.filter;

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
            return new FilterStages();
        }
    }

    @Nested
    class Compression extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new GzipOptions();
        }
    }

    @Nested
    class CharacterSets extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new RecodeOptions();
        }
    }
}
