package io.quorumark.campaign.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatesTest {
    @ParameterizedTest
    @CsvSource({
        "21084.4, '21,084 op/s'",
        "1e8, '100,000,000 op/s'",
        "100, 100 op/s",
        "12.34, 12.3 op/s",
        "0.01, 0.0100 op/s"
    })
    void a_rate_is_written_out_however_large_or_small(double rate, String words) {
        assertThat(Rates.words(rate)).isEqualTo(words);
    }
}
