package org.jsocat.plugin.socket;

import org.jsocat.plugin.socket.addresses.GenericAddresses;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.SocketOptions;
import org.jsocat.testkit.ReferenceTable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class TablesTest {
    @Test
    void groupsHaveTheReferencesOptions() {
        table("options.tsv")
                .requireOptions(
                        List.of(
                                new AllSocketOptions(),
                                new Ip4Options(),
                                new Ip6Options(),
                                new ListenOptions(),
                                new RangeOptions()));
    }

    @Test
    void addressesAreTheReferences() {
        table("addresses.tsv").requireAddresses(new GenericAddresses());
    }

    private static ReferenceTable table(String name) {
        return ReferenceTable.read(TablesTest.class.getResourceAsStream(name));
    }

    /** The rows of the group SOCKET, from their two homes. */
    private static final class AllSocketOptions implements OptionGroup {
        @Override
        public String name() {
            return "SOCKET";
        }

        @Override
        public List<Option<?>> options() {
            List<Option<?>> rows = new ArrayList<>(new SocketOptions().options());
            rows.addAll(new SocketLevelOptions().options());
            return rows;
        }
    }
}
