package org.jsocat.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionGroup;
import org.jsocat.spi.OptionValueException;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * What core relies on in every table of options. A plugin's test extends it, once for each group.
 *
 * @since 0.1
 */
public abstract class OptionGroupContractTest {
    /** For subclasses. */
    protected OptionGroupContractTest() {}

    /** The group, made as the plugin's service is. */
    protected abstract OptionGroup group();

    @Test
    void isAService() {
        assertThat(ServiceLoader.load(OptionGroup.class))
                .as("groups that ServiceLoader finds")
                .hasAtLeastOneElementOfType(group().getClass());
    }

    @Test
    void isNamedInUpperCase() {
        assertThat(group().name()).isNotBlank().isEqualTo(group().name().toUpperCase(Locale.ROOT));
    }

    @Test
    void everyNameMeansOneOption() {
        List<String> names = new ArrayList<>();
        for (Option<?> option : group().options()) {
            names.add(option.name());
            option.usualName().ifPresent(names::add);
            names.addAll(option.aliases());
        }
        assertThat(names)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.equals(name.toLowerCase(Locale.ROOT)), "lower case")
                .noneMatch(name -> name.matches(".*[,=:!|\\s].*"));
    }

    @Test
    void theRowsAreTheSameEachTime() {
        assertThat(group().options()).isEqualTo(group().options());
    }

    @Test
    void aValueThatDoesNotFitIsRefusedAsSuch() {
        for (Option<?> option : group().options()) {
            for (Optional<String> text : List.of(Optional.<String>empty(), Optional.of("\0x"))) {
                try {
                    assertThat(option.type().parse(text)).as(option.name()).isNotNull();
                } catch (OptionValueException refused) {
                    assertThat(refused.getMessage()).as(option.name()).isNotBlank();
                }
            }
        }
    }
}
