package org.jsocat.core.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class SuggestionsTest {

    private static final List<String> NAMES =
            List.of("reuseaddr", "reuseport", "range", "retry", "crnl", "cr", "fork");

    @Test
    void distanceCountsEditsAndSwaps() {
        assertThat(Suggestions.distance("", "abc")).isEqualTo(3);
        assertThat(Suggestions.distance("fork", "fork")).isZero();
        assertThat(Suggestions.distance("frok", "fork")).isEqualTo(1);
        assertThat(Suggestions.distance("reusadr", "reuseaddr")).isEqualTo(2);
        assertThat(Suggestions.distance("kitten", "sitting")).isEqualTo(3);
    }

    @Test
    void theNearestComeFirst() {
        assertThat(Suggestions.nearest("reusadr", NAMES)).containsExactly("reuseaddr");
        assertThat(Suggestions.nearest("ReUsePrt", NAMES)).containsExactly("reuseport");
        assertThat(Suggestions.nearest("frok", NAMES)).containsExactly("fork");
        assertThat(Suggestions.nearest("crn", NAMES)).containsExactly("crnl", "cr");
    }

    @Test
    void atMostTwo() {
        assertThat(Suggestions.nearest("tcp7", List.of("tcp4", "tcp6", "tcp", "udp")))
                .containsExactly("tcp4", "tcp6");
    }

    @Test
    void nothingFarAway() {
        assertThat(Suggestions.nearest("xyzzy", NAMES)).isEmpty();
        assertThat(Suggestions.nearest("x", List.of("y"))).isEmpty();
        assertThat(Suggestions.nearest("", NAMES)).isEmpty();
        assertThat(Suggestions.nearest("a".repeat(1000), NAMES)).isEmpty();
    }

    @Test
    void asAQuestion() {
        assertThat(Suggestions.question("frok", NAMES)).isEqualTo("did you mean \"fork\"?");
        assertThat(Suggestions.question("crn", NAMES))
                .isEqualTo("did you mean \"crnl\" or \"cr\"?");
        assertThat(Suggestions.question("xyzzy", NAMES)).isEmpty();
    }
}
