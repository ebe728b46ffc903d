package org.jsocat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TransferMeterTest {
    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.00 KiB", "10240, 10.0 KiB", "3e6, 2.86 MiB"})
    void amountsHaveAUnit(double bytes, String text) {
        assertThat(TransferMeter.amount(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "7, 0:07", "754, 12:34", "3723, 1:02:03", "40000, 11:06:40"})
    void timesAreShort(long seconds, String text) {
        assertThat(TransferMeter.time(seconds)).isEqualTo(text);
    }
}
