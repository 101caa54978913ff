package io.quorumark.results.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.cell.MetricComparison;
import io.quorumark.results.gate.Gate;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.Verdict;
import io.quorumark.results.store.ResultsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @TempDir
    Path folder;

    @Test
    void what_a_gate_judged_is_read_again_and_not_appended_twice() throws Exception {
        SampleCampaign head = SampleCampaign.of(SampleShape.ADR.withSize(12, 1));
        Analysis analysis = Analysis.of(head.unsaved());
        GateResult gate = Gate.compare(analysis, analysis, false);
        List<HistoryEntry> entries = HistoryEntry.of(head.campaign(), gate);
        Path file = folder.resolve("history.jsonl");

        assertThat(HistoryFile.append(file, entries)).isEqualTo(10);
        assertThat(HistoryFile.read(file)).isEqualTo(entries);
        assertThat(Files.readAllLines(file)).hasSize(10).allMatch(line -> line.startsWith("{\"formatVersion\":1,"));
        assertThat(HistoryFile.append(file, entries)).isZero();
        assertThat(HistoryFile.read(file)).hasSize(10);
    }

    @Test
    void a_line_holds_every_judged_metric_that_the_gate_compared() {
        SampleCampaign head = SampleCampaign.of(SampleShape.ADR.withSize(12, 1));
        Analysis analysis = Analysis.of(head.unsaved());
        GateResult gate = Gate.compare(analysis, analysis, false);
        List<HistoryEntry> entries = HistoryEntry.of(head.campaign(), gate);
        for (int i = 0; i < entries.size(); i++) {
            HistoryEntry entry = entries.get(i);
            GateResult.GateCell cell = gate.cells().get(i);
            assertThat(entry.deciding().metric()).isEqualTo(cell.judgedBy());
            for (Metric metric : Metric.judged()) {
                assertThat(entry.by(metric).map(HistoryMetric::value))
                        .isEqualTo(cell.by(metric).map(MetricComparison::value));
                assertThat(entry.by(metric).map(HistoryMetric::verdict))
                        .isEqualTo(cell.by(metric).map(MetricComparison::verdict));
            }
            assertThat(entry.by(Metric.CPU)).isPresent();
            assertThat(entry.by(Metric.DATA_OVER_MEMORY)).isEmpty();
        }
    }

    @Test
    void a_line_of_before_other_metrics_were_kept_is_read_and_stays_as_it_was() throws Exception {
        String before = "{'formatVersion':1,'time':'2026-01-01T00:00:00Z','hostFingerprint':'host',"
                .concat("'seriesId':'series','cellId':'older','engine':'rocksdb','engineVersion':'1',")
                .concat("'workload':'ycsb-a','campaignId':'c0','gitRevision':'0123abc','gitDirty':false,")
                .concat("'figure':'THROUGHPUT','unit':'ops/s',")
                .concat("'value':{'estimate':100.0,'low':99.0,'high':101.0,'confidence':0.95},")
                .concat("'detectableEffect':null,'verdict':'EQUIVALENT','waived':false}\n")
                .replace('\'', '"');
        Path file = folder.resolve("history.jsonl");
        Files.writeString(file, before);
        HistoryEntry read = HistoryFile.read(file).get(0);
        assertThat(read).isEqualTo(entry(0, 100, "host", null));
        assertThat(read.by(Metric.THROUGHPUT)).contains(read.deciding());
        assertThat(read.by(Metric.CPU)).isEmpty();

        SampleCampaign head = SampleCampaign.of(SampleShape.ADR.withSize(12, 1));
        Analysis analysis = Analysis.of(head.unsaved());
        HistoryFile.append(file, HistoryEntry.of(head.campaign(), Gate.compare(analysis, analysis, false)));
        assertThat(Files.readString(file)).startsWith(before);
        assertThat(HistoryFile.read(file)).hasSize(11).startsWith(read);
    }

    @Test
    void a_line_with_a_metric_that_there_is_not_is_named_with_those_that_there_are() throws Exception {
        Path file = folder.resolve("history.jsonl");
        HistoryFile.append(file, List.of(entry(0, 100, "host", 1.0), entry(1, 101, "host", 1.0)));
        String[] lines = Files.readString(file).split("(?<=\n)");
        Files.writeString(file, lines[0] + lines[1].replace("\"THROUGHPUT\"", "\"THROUGHPUTS\""));
        assertThatThrownBy(() -> HistoryFile.read(file))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("history.jsonl: line 2 ")
                .hasMessageContaining("metric is 'THROUGHPUTS', expected one of [throughput, p50,");
    }

    @Test
    void a_metric_that_does_not_decide_has_change_points_of_its_own_where_it_is_asked_for() {
        List<HistoryEntry> history = new ArrayList<>();
        for (HistoryEntry entry : history(0.02, "host", 40, 40, 1)) {
            double cpuNanos = 5000 * (history.size() >= 25 ? 1.3 : 1) * (1 + 0.002 * (history.size() % 3));
            // of the first five lines nobody kept more than what decided
            history.add(history.size() < 5 ? entry : with(entry, Metric.CPU, cpuNanos));
        }
        assertThat(HistoryChange.of(history)).isEmpty();
        assertThat(HistoryChange.of(history, EnumSet.of(Metric.DISK))).isEmpty();
        assertThat(HistoryChange.of(history, EnumSet.of(Metric.THROUGHPUT, Metric.CPU)))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.metric()).isEqualTo(Metric.CPU);
                    assertThat(change.first().campaignId()).isEqualTo("c25");
                    assertThat(change.isForTheWorse()).isTrue();
                    assertThat(change.ratio()).isBetween(1.28, 1.32);
                    assertThat(change.leastMagnitude()).isEqualTo(0.04);
                });
    }

    @Test
    void a_cut_last_line_is_named_and_left_as_it_is() throws Exception {
        Path file = folder.resolve("history.jsonl");
        HistoryFile.append(file, List.of(entry(0, 100, "host", 1.0), entry(1, 101, "host", 1.0)));
        String whole = Files.readString(file);
        for (String damaged :
                new String[] {whole.strip(), whole.substring(0, whole.length() - 20), whole + "\u0000\u0000\n"}) {
            Files.writeString(file, damaged);
            int line = damaged.length() > whole.length() ? 3 : 2;
            assertThatThrownBy(() -> HistoryFile.append(file, List.of(entry(2, 100, "host", 1.0))))
                    .isInstanceOf(ResultsException.class)
                    .hasMessageContaining("history.jsonl: line " + line + " ");
            assertThat(file).hasContent(damaged);
        }
    }

    @Test
    void bytes_that_are_no_text_are_told_and_not_read_as_something_else() throws Exception {
        Path file = folder.resolve("history.jsonl");
        HistoryFile.append(file, List.of(entry(0, 100, "host", 1.0)));
        byte[] latin =
                Files.readString(file).replace("\"rocksdb\"", "\"größe\"").getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, latin);
        assertThatThrownBy(() -> HistoryFile.read(file))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("history.jsonl")
                .hasMessageContaining("is not UTF-8 text");
    }

    @Test
    void a_line_of_another_version_or_with_an_unknown_key_is_refused() throws Exception {
        Path file = folder.resolve("history.jsonl");
        HistoryFile.append(file, List.of(entry(0, 100, "host", 1.0)));
        String line = Files.readString(file);
        Files.writeString(file, line.replace("\"campaignId\"", "\"campaign\""), StandardOpenOption.APPEND);
        assertThatThrownBy(() -> HistoryFile.read(file))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("line 2");
        Files.writeString(file, line.replace("\"formatVersion\":1", "\"formatVersion\":2"));
        assertThatThrownBy(() -> HistoryFile.read(file))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("expected 1");
    }

    @Test
    void a_lasting_loss_is_dated_and_is_for_the_worse() {
        List<HistoryChange> changes = HistoryChange.of(history(0.02, "host", 40, 25, 0.85));
        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.first().campaignId()).isEqualTo("c25");
            assertThat(change.last().campaignId()).isEqualTo("c24");
            assertThat(change.isForTheWorse()).isTrue();
            assertThat(change.isLatest()).isTrue();
            assertThat(change.ratio()).isBetween(0.82, 0.88);
            assertThat(change.leastMagnitude()).isEqualTo(0.02);
        });
    }

    @Test
    void a_change_below_what_gates_detect_is_none() {
        assertThat(HistoryChange.of(history(0.3, "host", 40, 25, 0.85))).isEmpty();
        assertThat(HistoryChange.of(history(null, "host", 40, 25, 0.97)))
                .as("below 5 %")
                .isEmpty();
        assertThat(HistoryChange.of(history(null, "host", 40, 25, 0.9))).hasSize(1);
    }

    @Test
    void another_host_is_another_history() {
        List<HistoryEntry> moved = new ArrayList<>(history(0.02, "old", 20, 40, 1));
        moved.addAll(history(0.02, "new", 20, 0, 0.5));
        assertThat(HistoryChange.of(moved)).isEmpty();
    }

    @Test
    void an_upgraded_engine_continues_the_history_of_the_one_before() {
        List<HistoryEntry> entries = history(0.02, "host", 40, 25, 0.85);
        assertThat(entries.get(0).cellId()).isNotEqualTo(entries.get(39).cellId());
        assertThat(HistoryChange.of(entries)).hasSize(1);
    }

    /** Entries with 1 % noise, that from {@code at} on are {@code factor} times as large. */
    private static List<HistoryEntry> history(
            @Nullable Double detectable, String host, int count, int at, double factor) {
        Random random = new Random(11);
        List<HistoryEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double value = 1000 * (1 + 0.01 * random.nextGaussian()) * (i >= at ? factor : 1);
            entries.add(entry(i, value, host, detectable));
        }
        return entries;
    }

    private static HistoryEntry entry(int day, double value, String host, @Nullable Double detectable) {
        return new HistoryEntry(
                1,
                Instant.parse("2026-01-01T00:00:00Z").plusSeconds(86_400L * day),
                host,
                "series",
                day < 10 ? "older" : "newer",
                "rocksdb",
                day < 10 ? "1" : "2",
                "ycsb-a",
                "c" + day,
                "0123abc",
                false,
                Metric.THROUGHPUT,
                "ops/s",
                new Interval(value, value * 0.99, value * 1.01, 0.95),
                detectable,
                Verdict.EQUIVALENT,
                false,
                null);
    }

    /** The same line with one metric more. */
    private static HistoryEntry with(HistoryEntry entry, Metric metric, double value) {
        return new HistoryEntry(
                entry.formatVersion(),
                entry.time(),
                entry.hostFingerprint(),
                entry.seriesId(),
                entry.cellId(),
                entry.engine(),
                entry.engineVersion(),
                entry.workload(),
                entry.campaignId(),
                entry.gitRevision(),
                entry.gitDirty(),
                entry.figure(),
                entry.unit(),
                entry.value(),
                entry.detectableEffect(),
                entry.verdict(),
                entry.waived(),
                List.of(new HistoryMetric(
                        metric,
                        metric.unit().symbol(),
                        new Interval(value, value * 0.99, value * 1.01, 0.95),
                        0.04,
                        Verdict.EQUIVALENT)));
    }
}
