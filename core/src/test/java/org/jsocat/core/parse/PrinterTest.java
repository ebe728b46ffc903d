package org.jsocat.core.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jsocat.core.parse.ParseFixture.success;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrinterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '~',
            value = {
                "-,fork;STDIO,fork",
                "3!!/dev/null;FD:3!!GOPEN:/dev/null",
                "tcp6:[::1]:80,bind=[::]:5;tcp6:[::1]:80,bind=[::]:5",
                "nop|^test%testrev|pipe;nop | ^test%testrev | pipe",
                "proxy:h:1|tcp:p:2; proxy:h:1 | tcp:p:2",
                "system:a | b;system:a\\ \\|\\ b",
                "exec:'a:b';exec:a\\:b",
                "text:a!;text:a\\!",
                "text:\\0;text:\\0",
                "stdio,,fork=,;stdio,fork=",
            })
    void printsPlainlyAndProtectsWhatNeedsIt(String argument, String printed) {
        assertThat(Printer.print(success(argument).specification())).isEqualTo(printed);
    }
}
