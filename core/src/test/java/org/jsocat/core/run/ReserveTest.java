package org.jsocat.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReserveTest {
    @Test
    void relaysAreOpenedOneByOneNearTheLimitOnly() {
        Reserve reserve = new Reserve(64, 14);
        assertThat(reserve.isTight(0, 0)).isFalse();
        assertThat(reserve.isTight(4, 4)).as("a few may be opened at a time").isFalse();
        assertThat(reserve.isTight(5, 5)).isTrue();
        reserve.accepted(50);
        assertThat(reserve.isTight(9, 0)).isTrue();
        reserve.accepted(20);
        assertThat(reserve.isTight(9, 0)).as("a low number says nothing of the others").isTrue();
    }

    @Test
    void manyDescriptorsAreNoConcernOfFewRelays() {
        Reserve reserve = new Reserve(1024, 1000);
        assertThat(reserve.isTight(110, 50)).isFalse();
        assertThat(reserve.isTight(130, 1)).isTrue();
        assertThat(new Reserve(1L << 20, 5000).isTight(5000, 2000)).isFalse();
    }
}
