package org.jsocat.plugin.file;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.FdOptions;
import org.jsocat.spi.NamedOptions;
import org.jsocat.spi.OpenOptions;
import org.jsocat.spi.OptionGroup;
import org.jsocat.testkit.AddressProviderContractTest;
import org.jsocat.testkit.OptionGroupContractTest;
import org.jsocat.testkit.ReferenceTable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.util.List;

class TablesTest {
    @Test
    void groupsHaveTheReferencesOptions() {
        table("options.tsv")
                .requireOptions(
                        List.of(
                                new FdOptions(),
                                new NamedOptions(),
                                new OpenOptions(),
                                new RegularFileOptions(),
                                new BlockDeviceOptions(),
                                new FifoOptions()));
    }

    @Test
    void addressesAreTheReferences() {
        table("addresses.tsv").requireAddresses(new FileAddresses());
    }

    private static ReferenceTable table(String name) {
        return ReferenceTable.read(TablesTest.class.getResourceAsStream(name));
    }

    @Nested
    class Addresses extends AddressProviderContractTest {
        @Override
        protected AddressProvider provider() {
            return new FileAddresses();
        }
    }

    @Nested
    class Open extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new OpenOptions();
        }
    }

    @Nested
    class RegularFile extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new RegularFileOptions();
        }
    }

    @Nested
    class BlockDevice extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new BlockDeviceOptions();
        }
    }

    @Nested
    class Fifo extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new FifoOptions();
        }
    }

    @Nested
    class AnyDescriptor extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new FdOptions();
        }
    }

    @Nested
    class Named extends OptionGroupContractTest {
        @Override
        protected OptionGroup group() {
            return new NamedOptions();
        }
    }
}
