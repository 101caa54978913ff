package io.quorumark.results.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.Edits;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** What the seconds of a trial's window say beside its mean. */
class ThroughputOverWindowTest {
    private static final SampleCampaign SAMPLE = SampleCampaign.of(SampleShape.ADR.withSize(2, 1));
    private static final Trial VICTIM = SAMPLE.trials().get(1).trial();

    private static SampleCampaign withSeries(IntUnaryOperator operationsOfVictim) {
        return SAMPLE.withTrials(trial -> Edits.of(trial, tree -> {
            var series = tree.putArray("series");
            for (int second = 0; second < 60; second++) {
                series.addObject()
                        .put("second", second)
                        .put(
                                "operations",
                                trial.cellId().equals(VICTIM.cellId()) ? operationsOfVictim.applyAsInt(second) : 1_000)
                        .put("errors", 0)
                        .put("p50Micros", 1)
                        .put("p99Micros", 2)
                        .put("maxMicros", 3);
            }
        }));
    }

    @Test
    void trials_whose_throughput_falls_are_named_beside_their_figure_and_count() {
        Analysis analysis =
                Analysis.of(withSeries(second -> 2_000 - 10 * second).unsaved());
        assertThat(analysis.findings())
                .filteredOn(finding -> finding.check().equals("falling-throughput"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .contains("throughput fell over the window of ")
                        .contains("(median change -29 %)"));
        assertThat(analysis.findings()).extracting(FairnessFinding::check).doesNotContain("steady-state");
        assertThat(analysis.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void trials_that_find_no_level_are_named_and_count() {
        Analysis analysis =
                Analysis.of(withSeries(second -> 1_000 + 20 * second).unsaved());
        assertThat(analysis.findings())
                .filteredOn(finding -> finding.check().equals("steady-state"))
                .hasSize(1)
                .allSatisfy(finding -> assertThat(finding.sentence())
                        .contains("reached no steady throughput in ")
                        .contains("a factor of 1."));
        assertThat(analysis.findings()).extracting(FairnessFinding::check).doesNotContain("falling-throughput");
        assertThat(analysis.exitCode()).isEqualTo(ExitCode.DONE);
    }
}
