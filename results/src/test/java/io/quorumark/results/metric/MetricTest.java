package io.quorumark.results.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricTest {
    @Test
    void ids_are_words_that_no_other_has() {
        assertThat(Arrays.stream(Metric.values()).map(Metric::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z0-9]+([-.][a-z0-9]+)*"));
    }

    @ParameterizedTest
    @EnumSource
    void a_metric_is_found_by_its_id_and_by_the_name_that_histories_store(Metric metric) {
        assertThat(Metric.of(metric.id())).contains(metric);
        assertThat(Metric.stored(metric.id())).isEqualTo(metric);
        assertThat(Metric.stored(metric.name())).isEqualTo(metric);
    }

    @Test
    void a_name_that_no_metric_has_is_refused_with_those_that_there_are() {
        for (String unknown : List.of("p95", "Throughput", "")) {
            assertThatThrownBy(() -> Metric.stored(unknown))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("metric is '" + unknown + "', expected one of [throughput, p50, p99, ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_rates_more_is_better_and_of_times_and_bytes_less(Metric metric) {
        switch (metric.unit()) {
            case OPERATIONS_PER_SECOND -> assertThat(metric.moreIsBetter()).isTrue();
            case MICROS, NANOS, SECONDS, BYTES ->
                assertThat(metric.moreIsBetter()).isFalse();
            case RATIO -> {
                // a ratio says by itself which way is better
            }
        }
        assertThat(Metric.judged().contains(metric)).isEqualTo(metric.isJudged());
    }
}
