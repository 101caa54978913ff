package io.quorumark.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.EngineStats.Entry;
import io.quorumark.engine.EngineStats.Kind;
import io.quorumark.raft.StoreUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names, units and types of what engines say of themselves. */
class EngineMetricsTest {
    @ParameterizedTest
    @CsvSource({
        "compaction.nanos, nanoseconds, quorumark_engine_compaction_seconds, 2500000000, 2.5",
        "stall.nanos, nanoseconds, quorumark_engine_stall_seconds, 1, 1e-9",
        "wait, nanoseconds, quorumark_engine_wait_seconds, 1000000, 0.001",
        "data.file.bytes, bytes, quorumark_engine_data_file_bytes, 4096, 4096",
        "map, bytes, quorumark_engine_map_bytes, 1, 1",
        "log.syncs, count, quorumark_engine_log_syncs, 7, 7",
        "compaction.count, count, quorumark_engine_compaction, 7, 7",
        "cache.hit.rate, ratio, quorumark_engine_cache_hit_ratio, 0.5, 0.5",
        "log.utilization, ratio, quorumark_engine_log_utilization_ratio, 0.5, 0.5",
        "odd-Name.x, pages, quorumark_engine_odd_name_x_pages, 3, 3",
    })
    void names_end_in_the_base_unit(String statistic, String unit, String metric, double value, double inBaseUnit) {
        EngineMetricName name = EngineMetricName.of(statistic, unit);
        assertThat(name.base()).isEqualTo(metric);
        assertThat(name.inBaseUnit(value)).isEqualTo(inBaseUnit);
    }

    private static StoreUsage usage(String engine, Entry... stats) {
        return new StoreUsage(
                engine, Path.of("x"), Durability.NONE, 1 << 20, new EngineStats(List.of(stats)), Map.of());
    }

    private static String text(Map<String, StoreUsage> stores) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.builder().build().write(out, EngineMetrics.snapshots(stores));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void counters_are_counters_and_gauges_are_gauges() throws Exception {
        String text = text(Map.of(
                "log",
                usage(
                        "rocksdb",
                        new Entry("compaction.nanos", "nanoseconds", Kind.COUNTER, 3e9),
                        new Entry("compaction.count", "count", Kind.COUNTER, 4),
                        new Entry("data.keys", "count", Kind.GAUGE, 5)),
                "state",
                usage(
                        "memory",
                        new Entry("compaction.nanos", "nanoseconds", Kind.COUNTER, 1e9),
                        new Entry("log.files", "count", Kind.GAUGE, 2))));
        assertThat(text.lines().filter(line -> !line.startsWith("# HELP")))
                .containsExactlyInAnyOrder(
                        "# TYPE quorumark_engine_compaction_seconds_total counter",
                        "quorumark_engine_compaction_seconds_total{engine=\"rocksdb\",store=\"log\"} 3.0",
                        "quorumark_engine_compaction_seconds_total{engine=\"memory\",store=\"state\"} 1.0",
                        "# TYPE quorumark_engine_compaction_total counter",
                        "quorumark_engine_compaction_total{engine=\"rocksdb\",store=\"log\"} 4.0",
                        "# TYPE quorumark_engine_data_keys gauge",
                        "quorumark_engine_data_keys{engine=\"rocksdb\",store=\"log\"} 5.0",
                        "# TYPE quorumark_engine_log_files gauge",
                        "quorumark_engine_log_files{engine=\"memory\",store=\"state\"} 2.0");
    }

    @Test
    void two_engines_that_disagree_about_a_name_are_both_shown() throws Exception {
        String text = text(Map.of(
                "log", usage("one", new Entry("commits", "count", Kind.COUNTER, 1)),
                "state", usage("other", new Entry("commits", "count", Kind.GAUGE, 2))));
        assertThat(text)
                .contains("quorumark_engine_commits_total{engine=\"one\",store=\"log\"} 1.0")
                .contains("quorumark_engine_commits_current{engine=\"other\",store=\"state\"} 2.0");
    }
}
