package org.jsocat.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionRangeTest {
    @ParameterizedTest
    @CsvSource({
        "~0.1, 0.1.0, 0.1.9, 0.2.0",
        "~1.2.3, 1.2.3, 1.2.9, 1.3.0",
        "~1.2.3, 1.2.3, 1.2.3, 1.2.2",
        "^1.2, 1.2.0, 1.9.0, 2.0.0",
        "^0.2.3, 0.2.3, 0.2.9, 0.3.0",
        ">=0.1.0 & <0.2.0, 0.1.0, 0.1.7, 0.2.0",
        ">=0.1.0&<0.2.0, 0.1.0, 0.1.7, 0.0.9",
        "0.1.x | 0.3.x, 0.1.5, 0.3.0, 0.2.0",
        "1, 1.0.0, 1.9.9, 2.0.0",
        ">1.1, 1.2.0, 2.0.0, 1.1.5",
        "<=1.1, 1.1.5, 0.0.0, 1.2.0",
        "!=1.1.1, 1.1.0, 1.1.2, 1.1.1",
        "=0.1.0, 0.1.0, 0.1.0-SNAPSHOT, 0.1.1"
    })
    void containsAndDoesNotContain(String range, String in, String alsoIn, String out) {
        VersionRange versions = VersionRange.of(range);
        assertThat(versions.contains(in)).as("%s in %s", in, range).isTrue();
        assertThat(versions.contains(alsoIn)).as("%s in %s", alsoIn, range).isTrue();
        assertThat(versions.contains(out)).as("%s in %s", out, range).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "", ">=", "1.2.3.4", "[0.1,0.2)", "~0.1 &", "=>1", "1..2"})
    void whatIsNoRangeIsRefused(String range) {
        assertThatThrownBy(() -> VersionRange.of(range))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
