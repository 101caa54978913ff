package io.quorumark.workload.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyObjectiveTest {
    @ParameterizedTest
    @CsvSource({
        "p99 <= 10 ms, 99, 10000000, p99 <= 10 ms",
        "p99.9<=500us, 99.9, 500000, p99.9 <= 500 us",
        "'  p50  <=  1.5 s ', 50, 1500000000, p50 <= 1500 ms",
        "max <= 60 s, 100, 60000000000, max <= 60 s",
        "p99.99 <= 250 ns, 99.99, 250, p99.99 <= 250 ns"
    })
    void an_objective_is_read_and_written(String text, double percentile, long limitNanos, String written) {
        LatencyObjective objective = LatencyObjective.parse(text);
        assertThat(objective).isEqualTo(new LatencyObjective(percentile, limitNanos));
        assertThat(objective).hasToString(written);
        assertThat(LatencyObjective.parse(written)).isEqualTo(objective);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "p99",
                "p99 < 10 ms",
                "p99 <= 10",
                "p100 <= 1 s",
                "p0 <= 1 s",
                "99 <= 1 s",
                "p99 <= 0 ms",
                "p99 <= 61 s",
                "p99 <= -1 ms",
                "p99 <= 10 minutes",
                "mean <= 1 ms"
            })
    void what_is_none_is_refused_with_examples(String text) {
        assertThatThrownBy(() -> LatencyObjective.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("objective is \"" + text
                        + "\", expected a percentile and a limit of at most 60 s such as \"p99 <= 10 ms\", \"p99.9 <= 500 us\""
                        + " or \"max <= 1 s\"");
    }

    @Test
    void the_percentile_decides_and_needs_a_hundred_samples_beyond_it() {
        LatencyObjective objective = LatencyObjective.parse("p99 <= 10 ms");
        assertThat(objective.leastSamples()).isEqualTo(10_000);
        Histogram response = IntervalHistograms.newHistogram();
        response.recordValueWithCount(1_000_000, 9_899);
        response.recordValueWithCount(50_000_000, 100);
        assertThat(objective.judge(response)).isEqualTo(LatencyObjective.Compliance.TOO_FEW);
        response.recordValue(1_000_000);
        assertThat(objective.judge(response)).isEqualTo(LatencyObjective.Compliance.MET);
        response.recordValueWithCount(50_000_000, 2);
        assertThat(objective.judge(response)).isEqualTo(LatencyObjective.Compliance.MISSED);
    }

    @Test
    void a_value_as_long_as_the_limit_meets_it_in_spite_of_the_histograms_resolution() {
        Histogram response = IntervalHistograms.newHistogram();
        response.recordValueWithCount(10_000_000, 20_000);
        assertThat(response.getValueAtPercentile(99)).isGreaterThan(10_000_000);
        assertThat(LatencyObjective.parse("p99 <= 10 ms").judge(response)).isEqualTo(LatencyObjective.Compliance.MET);
    }

    @Test
    void one_sample_is_enough_to_miss_max() {
        LatencyObjective objective = LatencyObjective.parse("max <= 1 ms");
        Histogram response = IntervalHistograms.newHistogram();
        assertThat(objective.judge(response)).isEqualTo(LatencyObjective.Compliance.TOO_FEW);
        response.recordValue(2_000_000);
        assertThat(objective.judge(response)).isEqualTo(LatencyObjective.Compliance.MISSED);
    }
}
