package org.jsocat.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsocat.spi.posix.NativeStrings;
import org.junit.jupiter.api.Test;

import java.util.Optional;

/** What the kernel is given for the values of options. */
final class OptionTypesTest {
    @Test
    void aTextHasTheBytesThatTheUserGave() {
        byte[] given = {'e', 't', 'h', (byte) 0xff, (byte) 0xc3, (byte) 0xa4};
        OptionType<String> type = OptionTypes.STRING;
        String text = type.parse(Optional.of(NativeStrings.decode(given)));
        assertThat(type.encode(text))
                .isEqualTo(new byte[] {'e', 't', 'h', (byte) 0xff, (byte) 0xc3, (byte) 0xa4, 0});
    }
}
