package org.jsocat.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jsocat.core.option.ApplicationOptions;
import org.jsocat.core.option.ChildOptions;
import org.jsocat.core.plan.Catalog;
import org.jsocat.core.relay.RecordingLog;
import org.jsocat.core.relay.RelaySettings;
import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.jsocat.spi.Direction;
import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.Settings;
import org.junit.jupiter.api.Test;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

class CatalogTest {
    private static AddressType type(String name, String... aliases) {
        return AddressType.named(name)
                .alias(aliases)
                .opens(
                        Parameters.NONE,
                        Direction.BOTH,
                        context -> {
                            throw new AssertionError("not to be opened");
                        });
    }

    private record First(List<AddressType> addressTypes) implements AddressProvider {}

    private static final AddressProvider FIRST = new First(List.of(type("ONE", "SAME")));

    /** Of a module of its own, as the JDK puts such classes into one. */
    private static final AddressProvider SECOND =
            (AddressProvider)
                    Proxy.newProxyInstance(
                            CatalogTest.class.getClassLoader(),
                            new Class<?>[] {AddressProvider.class},
                            (proxy, method, arguments) ->
                                    method.getName().equals("addressTypes")
                                            ? List.of(type("TWO", "SAME"))
                                            : InvocationHandler.invokeDefault(
                                                    proxy, method, arguments));

    private static String pluginOf(AddressProvider provider) {
        return new Catalog.Entry(type("ANY"), provider).plugin();
    }

    @Test
    void twoClaimsToOneKeywordNameBoth() {
        Catalog catalog = new Catalog(List.of(FIRST, SECOND), List.of(), Map.of());
        assertThat(catalog.conflicts()).containsExactly("SAME");
        assertThat(catalog.conflict("one")).isEmpty();
        RecordingLog log = new RecordingLog();
        Session session = new Session(catalog, Settings.DEFAULT, RelaySettings.DEFAULT, false, log);
        assertThat(session.run("one", "same")).isOne();
        assertThat(log.lines())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("E address \"same\" is claimed by plugin ")
                .contains(pluginOf(FIRST), pluginOf(SECOND), "address 2, column 1");
    }

    @Test
    void onePluginMayBePreferred() {
        String preferred = pluginOf(SECOND);
        Catalog catalog = new Catalog(List.of(FIRST, SECOND), List.of(), Map.of("SAME", preferred));
        assertThat(catalog.address("same").orElseThrow().type().name()).isEqualTo("TWO");
        assertThat(catalog.address("one").orElseThrow().type().name()).isEqualTo("ONE");
    }

    @Test
    void caseMakesNoDifference() {
        Catalog catalog = new Catalog(List.of(FIRST), List.of(), Map.of());
        assertThat(catalog.isKeyword("oNe")).isTrue();
        assertThat(catalog.isKeyword("two")).isFalse();
        assertThat(catalog.keywords()).containsOnlyKeys("ONE", "SAME");
    }

    @Test
    void optionsByAnyName() {
        Catalog catalog = new TestAddresses().catalog();
        AddressType left = catalog.address("LEFT").orElseThrow().type();
        assertThat(catalog.option(left.groups(), "CRLF")).contains(ApplicationOptions.CRNL);
        assertThat(catalog.option(left.groups(), "bytes")).contains(ApplicationOptions.READ_BYTES);
        assertThat(catalog.option(left.groups(), "fork")).isEmpty();
        assertThat(catalog.option("fork")).contains(ChildOptions.FORK);
    }

    private record Failing(Supplier<List<AddressType>> table) implements AddressProvider {
        @Override
        public List<AddressType> addressTypes() {
            return table.get();
        }
    }

    @Test
    void aPluginWhoseTableFailsIsRefusedAndTheOthersWork() {
        AddressProvider failing =
                new Failing(
                        () -> {
                            throw new NoClassDefFoundError("org/example/Missing");
                        });
        Catalog catalog = new Catalog(List.of(failing, FIRST), List.of(), Map.of());
        assertThat(catalog.isKeyword("ONE")).isTrue();
        assertThat(catalog.refused())
                .containsOnly(
                        Map.entry(
                                pluginOf(failing),
                                "its table of addresses fails: java.lang.NoClassDefFoundError:"
                                        + " org/example/Missing"));
    }

    @Test
    void aTableThatIsNullIsRefused() {
        AddressProvider failing = new Failing(() -> null);
        Catalog catalog = new Catalog(List.of(failing, FIRST), List.of(), Map.of());
        assertThat(catalog.isKeyword("ONE")).isTrue();
        assertThat(catalog.refused())
                .containsOnly(
                        Map.entry(
                                pluginOf(failing), "its table of addresses is null or has a null"));
    }

    private record NullOptions(String name) implements OptionGroup {
        @Override
        public List<Option<?>> options() {
            return Arrays.asList((Option<?>) null);
        }
    }

    @Test
    void aTableOfOptionsWithANullIsRefused() {
        OptionGroup failing = new NullOptions("NULLS");
        Catalog catalog =
                new Catalog(List.of(FIRST), List.of(failing, new ApplicationOptions()), Map.of());
        assertThat(catalog.groups()).doesNotContainKey("NULLS").containsKey("APPL");
        assertThat(catalog.refused().values())
                .containsExactly("its table of options is null or has a null");
    }
}
