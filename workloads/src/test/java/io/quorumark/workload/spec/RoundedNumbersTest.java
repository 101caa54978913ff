package io.quorumark.workload.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundedNumbersTest {
    @ParameterizedTest
    @CsvSource({"21084.4, '21,084'", "1e8, '100,000,000'", "100, 100", "12.34, 12.3", "0.01, 0.0100"})
    void a_number_is_written_out_however_large_or_small(double number, String text) {
        assertThat(RoundedNumbers.text(number)).isEqualTo(text);
    }
}
