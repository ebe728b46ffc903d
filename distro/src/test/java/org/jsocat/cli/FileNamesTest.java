package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

final class FileNamesTest {
    private final FileNames names = new FileNames(Map.of("A", "1", "A_b2", "2"), "4711");

    @ParameterizedTest
    @CsvSource({
        "plain,plain",
        "$$,4711",
        "$A,1",
        "$A-$A,1-1",
        "${A}x,1x",
        "$A_b2,2",
        "x$NONE.y,x.y",
        "\\$A,$A",
        "\\A,\\A",
        "$9,$9",
        "a$,a$",
        "${},${}",
        "$$$A,47111"
    })
    void variables(String name, String expanded) {
        assertThat(names.expand(name)).isEqualTo(expanded);
    }

    @Test
    void aBraceMustBeClosed() {
        assertThatThrownBy(() -> names.expand("x${A"))
                .isInstanceOf(UsageException.class)
                .hasMessage("file name \"x${A\" (column 5): missing \"}\"");
    }

    @Test
    void theTimeIsThatOfTheLog() {
        FileNames ours = FileNames.of("socat", "2026/11/20 10:27:27.000123");
        assertThat(ours.expand("$PROGNAME-$TIMESTAMP-$MICROS"))
                .isEqualTo("socat-20261120T102727-000123");
        assertThat(ours.expand("$$")).isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }
}
