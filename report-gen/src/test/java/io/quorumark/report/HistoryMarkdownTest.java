package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.history.HistoryChange;
import io.quorumark.results.history.HistoryEntry;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryMarkdownTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "history.md");

    @Test
    void a_lasting_loss_is_an_alert_and_a_mended_one_is_not() throws Exception {
        List<HistoryEntry> history = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            double wobble = 1 + 0.002 * (i % 3);
            history.add(entry(i, "rocksdb", Metric.THROUGHPUT, 39_000 * wobble * (i >= 30 && i < 50 ? 0.8 : 1)));
            history.add(entry(i, "lmdb", Metric.P99, 1_200 * wobble * (i >= 15 ? 1.3 : 1)));
        }
        String text = HistoryMarkdown.render(HistoryChange.of(history));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).isEqualTo(Files.readString(GOLDEN)).startsWith("## Alert: 1 cell became worse and stayed so");
        assertThat(text).contains("worse, changed since").contains("| better |");
        assertThat(text.lines().filter(line -> line.contains("**worse**")))
                .singleElement()
                .asString()
                .contains("lmdb");
    }

    private static HistoryEntry entry(int day, String engine, Metric figure, double value) {
        return new HistoryEntry(
                HistoryEntry.FORMAT_VERSION,
                Instant.parse("2026-01-01T00:00:00Z").plusSeconds(86_400L * day),
                "a1b2c3d4e5f6",
                engine + "-series",
                "cell",
                engine,
                "1.0",
                "ycsb-a",
                "c" + day,
                String.format(java.util.Locale.ROOT, "%040x", day + 1),
                day % 7 == 0,
                figure,
                figure.unit().symbol(),
                new Interval(value, value * 0.99, value * 1.01, 0.95),
                0.04,
                Verdict.EQUIVALENT,
                false,
                null);
    }
}
