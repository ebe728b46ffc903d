package org.jsocat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.OptionGroup;
import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.util.List;

/**
 * The tables of a plugin have exactly the rows that the reference program has in its place: those
 * of {@code addresses.tsv} and {@code options.tsv} beside the subclass, see {@link ReferenceTable}.
 *
 * @since 1.0
 */
public abstract class TablesContractTest {
    /** For subclasses. */
    protected TablesContractTest() {}

    /** The plugin's tables of addresses; where there is none, there is no {@code addresses.tsv}. */
    protected abstract List<AddressProvider> addresses();

    /** The plugin's option groups; where there is none, there is no {@code options.tsv}. */
    protected abstract List<OptionGroup> groups();

    @Test
    void addressesAreTheReferences() {
        InputStream table = getClass().getResourceAsStream("addresses.tsv");
        assertThat(table == null).as("no addresses.tsv").isEqualTo(addresses().isEmpty());
        if (table != null) {
            ReferenceTable rows = ReferenceTable.read(table);
            addresses().forEach(rows::requireAddresses);
        }
    }

    @Test
    void groupsHaveTheReferencesOptions() {
        InputStream table = getClass().getResourceAsStream("options.tsv");
        assertThat(table == null).as("no options.tsv").isEqualTo(groups().isEmpty());
        if (table != null) {
            ReferenceTable.read(table).requireOptions(groups());
        }
    }
}
