package org.jsocat.plugin.socket;

import org.jsocat.plugin.socket.addresses.GenericAddresses;
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
            return new GenericAddresses();
        }
    }

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
    class ListenOptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new ListenOptions();
        }
    }

    @Nested
    class RangeOptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new RangeOptions();
        }
    }

    @Nested
    class SocketLevelOptionsTable extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new SocketLevelOptions();
        }
    }
}
