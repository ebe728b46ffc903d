package org.jsocat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.AddressProvider;
import org.jsocat.spi.AddressType;
import org.jsocat.spi.AddressType.Parameters;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * What core relies on in every table of addresses. A plugin's test extends it.
 *
 * @since 0.1
 */
public abstract class AddressProviderContractTest {
    /** For subclasses. */
    protected AddressProviderContractTest() {}

    /** The provider, made as the plugin's service is. */
    protected abstract AddressProvider provider();

    @Test
    void isAService() {
        assertThat(ServiceLoader.load(AddressProvider.class))
                .as("providers that ServiceLoader finds")
                .hasAtLeastOneElementOfType(provider().getClass());
    }

    @Test
    void keywordsAreUpperCaseAndUnique() {
        List<String> keywords = new ArrayList<>();
        for (AddressType type : provider().addressTypes()) {
            keywords.add(type.name());
            keywords.addAll(type.aliases());
        }
        assertThat(keywords).doesNotHaveDuplicates().allMatch(AddressProviderContractTest::isUpper);
    }

    @Test
    void everyAddressHasAForm() {
        for (AddressType type : provider().addressTypes()) {
            assertThat(type.endpoint().isPresent() || type.stage().isPresent())
                    .as("%s is an endpoint or a stage", type)
                    .isTrue();
            type.endpoint()
                    .ifPresent(
                            form ->
                                    assertThat(
                                                    Stream.of(
                                                                    form.opener(),
                                                                    form.listener(),
                                                                    form.composer())
                                                            .filter(Optional::isPresent))
                                            .as("%s opens, listens or is composed", type)
                                            .hasSize(1));
        }
    }

    @Test
    void parametersHaveASyntaxForHelp() {
        for (AddressType type : provider().addressTypes()) {
            Stream.concat(
                            type.endpoint().map(AddressType.EndpointForm::parameters).stream(),
                            type.stage().map(AddressType.StageForm::parameters).stream())
                    .forEach(parameters -> requireSyntax(type, parameters));
        }
    }

    private static void requireSyntax(AddressType type, Parameters parameters) {
        assertThat(parameters.least()).as("%s", type).isBetween(0, parameters.most());
        if (parameters.most() > 0) {
            assertThat(parameters.syntax()).as("parameters of %s", type).isNotBlank();
        }
    }

    @Test
    void groupsAreNamedOnce() {
        for (AddressType type : provider().addressTypes()) {
            assertThat(type.groups())
                    .as("groups of %s", type)
                    .doesNotHaveDuplicates()
                    .allMatch(AddressProviderContractTest::isUpper);
            assertThat(type.stageGroups())
                    .as("groups of %s as a stage", type)
                    .doesNotHaveDuplicates()
                    .allMatch(AddressProviderContractTest::isUpper);
        }
    }

    @Test
    void theTableIsTheSameEachTime() {
        assertThat(names(provider())).isEqualTo(names(provider()));
    }

    private static List<String> names(AddressProvider provider) {
        return provider.addressTypes().stream().map(AddressType::name).toList();
    }

    private static boolean isUpper(String text) {
        return !text.isEmpty() && text.equals(text.toUpperCase(Locale.ROOT));
    }
}
