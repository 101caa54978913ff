package io.quorumark.results.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.results.cell.MergedLatency.Point;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleLoad;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.HistogramLogs;
import io.quorumark.results.store.ResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MergedLatencyTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource(SampleLoad.class)
    void the_windows_that_count_of_all_valid_trials_are_in_it_and_no_other(SampleLoad load) throws IOException {
        SampleCampaign sample =
                SampleCampaign.of(SampleShape.QUICK.withSize(2, 2).withLoad(load));
        CampaignFolder folder = sample.writeTo(temp.resolve("campaign"));
        for (Cell cell : sample.campaign().cells()) {
            Map<String, MergedLatency> merged = MergedLatency.of(CampaignReader.read(folder.root()), cell);
            long expected = sample.unsaved().trialsOf(cell.id()).stream()
                    .filter(trial -> trial.outcome() == Trial.Outcome.VALID)
                    .mapToLong(Trial::operations)
                    .sum();
            assertThat(Objects.requireNonNull(merged.get(Trial.ALL_OPERATIONS)).samples())
                    .isEqualTo(expected);
            assertThat(merged.values().stream()
                            .mapToLong(MergedLatency::samples)
                            .sum())
                    .isEqualTo(2 * expected);
        }
    }

    @Test
    void the_curve_rises_and_ends_where_a_hundred_samples_are_left() {
        Histogram histogram = new Histogram(3);
        for (int i = 1; i <= 100_000; i++) {
            histogram.recordValue(i * 1_000L);
        }
        MergedLatency latency = MergedLatency.of("read", histogram);
        assertThat(latency.curve()).isSortedAccordingTo(Comparator.comparingDouble(Point::micros));
        assertThat(latency.curve()).hasSize(61);
        assertThat(latency.curve().get(60).percentile()).isBetween(99.89, 99.9001);
        assertThat(latency.curve().get(20).micros()).isBetween(90_000.0, 90_100.0);
    }

    @Test
    void the_curve_is_never_longer_than_a_chart_can_show() {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(1_000, Long.MAX_VALUE / 2);
        assertThat(MergedLatency.of("read", histogram).curve())
                .hasSizeLessThanOrEqualTo(MergedLatency.MAX_CURVE_POINTS);
    }

    @Test
    void an_empty_histogram_has_no_curve_and_no_figure_that_is_none() {
        MergedLatency latency = MergedLatency.of("read", new Histogram(3));
        assertThat(latency.samples()).isZero();
        assertThat(latency.curve()).isEmpty();
        assertThat(latency.meanMicros()).isZero();
        assertThat(latency.maxMicros()).isZero();
    }

    @Test
    void a_line_that_holds_no_histogram_is_not_skipped() throws IOException {
        Path log = temp.resolve("broken.hlog");
        Files.writeString(log, "#[Histogram log format version 1.3]\nTag=read,0.0,1.0,3.1,HISTFAAA\n");
        assertThatThrownBy(() -> HistogramLogs.merged(log))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("line 2 holds no histogram");
        Files.writeString(log, "0.0,1.0,3.1,HISTFAAA\n");
        assertThatThrownBy(() -> HistogramLogs.merged(log)).hasMessageContaining("has no operation class");
    }
}
