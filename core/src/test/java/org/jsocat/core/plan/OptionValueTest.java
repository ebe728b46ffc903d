package org.jsocat.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.Option;
import org.jsocat.spi.OptionType;
import org.jsocat.spi.OptionTypes;
import org.jsocat.spi.Phase;
import org.junit.jupiter.api.Test;

import java.util.Optional;

class OptionValueTest {
    private static <T> String text(OptionType<T> type, String given) throws Exception {
        Option<T> option = Option.of("name", type, Phase.INIT);
        return new OptionValue<>(option, type.parse(Optional.ofNullable(given))).text();
    }

    @Test
    void valuesAreShownPlainly() throws Exception {
        assertThat(text(OptionTypes.CONST, null)).isEqualTo("\"name\"");
        assertThat(text(OptionTypes.BOOL, null)).isEqualTo("\"name\" to 1");
        assertThat(text(OptionTypes.INT, "0x10")).isEqualTo("\"name\" to 16");
        assertThat(text(OptionTypes.INT_NULL, "1")).isEqualTo("\"name\" to 1");
        assertThat(text(OptionTypes.INT_NULL, null)).isEqualTo("\"name\" to 1");
        assertThat(text(OptionTypes.STRING_NULL, null)).isEqualTo("\"name\" to NULL");
        assertThat(text(OptionTypes.STRING, "text")).isEqualTo("\"name\" to \"text\"");
        assertThat(text(OptionTypes.INT_INT, "1:2")).isEqualTo("\"name\" to 1:2");
        assertThat(text(OptionTypes.BIN, "x0a\"b\"")).isEqualTo("\"name\" to x0a62");
    }

    @Test
    void secretsAreNotShown() {
        Option<String> secret = Option.of("key", OptionTypes.STRING, Phase.INIT).asSecret();
        assertThat(new OptionValue<>(secret, "word").text()).isEqualTo("\"key\" to ***");
    }
}
