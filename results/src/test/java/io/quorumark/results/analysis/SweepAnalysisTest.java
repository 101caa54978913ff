package io.quorumark.results.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.results.fairness.FairnessFinding;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.StepFinding;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.stats.Verdict;
import io.quorumark.results.store.Edits;
import org.junit.jupiter.api.Test;

class SweepAnalysisTest {
    /** Every engine at the same throughput, and LMDB with twice the others' knee. */
    private static final SampleCampaign SWEPT = SampleCampaign.of(SampleShape.ADR.withSize(12, 1))
            .withCampaign(campaign -> Edits.of(
                    campaign,
                    Campaign.class,
                    tree -> tree.withArray("/cells").forEach(cell -> {
                        ObjectNode load = (ObjectNode) cell.get("load");
                        load.put("kind", "sweep");
                        load.putObject("sweep")
                                .put("objective", "p99 <= 10 ms")
                                .put("firstRateOpsPerSecond", 1000)
                                .put("factor", 2)
                                .put("precision", 0.02)
                                .put("maxSteps", 20);
                    })))
            .withTrials(trial -> Edits.of(trial, tree -> {
                tree.put("throughputOpsPerSecond", trial.operations());
                double knee = trial.block() % 2 == 0 ? 8_000 : 8_080;
                step(tree, 4_000, StepFinding.HELD);
                step(tree, isLmdb(trial) ? 2 * knee : knee, StepFinding.HELD);
                step(tree, 40_000, StepFinding.MISSED);
            }));

    private static boolean isLmdb(Trial trial) {
        // the same hash that gives sample cells their ids
        return trial.cellId().equals(id("ycsb-a/lmdb")) || trial.cellId().equals(id("session-store/lmdb"));
    }

    private static String id(String name) {
        return String.format(java.util.Locale.ROOT, "%012x", name.hashCode() & 0xffffffffL);
    }

    private static void step(ObjectNode tree, double rate, StepFinding finding) {
        ObjectNode step = tree.withArray("/steps")
                .addObject()
                .put("rateOpsPerSecond", rate)
                .put("reachedOpsPerSecond", rate)
                .put("samples", 20_000)
                .put("objectiveMicros", 900)
                .put("finding", finding.name());
        step.putObject("percentileMicros").put("99", 900);
    }

    @Test
    void the_highest_rate_that_held_is_what_engines_are_compared_by() {
        Analysis analysis = Analysis.of(SWEPT.unsaved());
        assertThat(analysis.comparisons()).hasSize(8).allSatisfy(comparison -> {
            boolean lmdb = SWEPT.campaign().cell(comparison.cellId()).engine().equals("lmdb");
            assertThat(comparison.judgedBy()).isEqualTo(Metric.THROUGHPUT);
            assertThat(comparison.primary().ratio().estimate()).isCloseTo(lmdb ? 2 : 1, within(1e-9));
            assertThat(comparison.verdict()).isEqualTo(lmdb ? Verdict.BETTER : Verdict.EQUIVALENT);
        });
    }

    @Test
    void a_trials_knee_is_the_highest_step_that_held_and_not_the_highest_step() {
        Trial trial = SWEPT.trials().get(0).trial();
        assertThat(trial.kneeOpsPerSecond().orElseThrow()).isBetween(8_000.0, 16_160.0);
        Trial none = Edits.of(
                trial,
                tree -> tree.withArray("/steps").forEach(step -> ((ObjectNode) step).put("finding", "OVERLOADED")));
        assertThat(none.kneeOpsPerSecond()).isEmpty();
    }

    @Test
    void a_sweep_that_ran_out_of_steps_is_pointed_out() {
        // the step that failed is far above the knee
        Analysis open = Analysis.of(SWEPT.unsaved());
        assertThat(open.findings())
                .filteredOn(finding -> finding.check().equals("bracketed-knee"))
                .hasSize(12)
                .first()
                .extracting(FairnessFinding::sentence)
                .asString()
                .contains("failed in 12 of 12 sweeps: it may do more; raise load.sweep.maxSteps");
        SampleCampaign bracketed = SWEPT.withTrials(trial -> Edits.of(
                trial, tree -> step(tree, 1.02 * trial.kneeOpsPerSecond().orElseThrow(), StepFinding.MISSED)));
        assertThat(Analysis.of(bracketed.unsaved()).findings())
                .noneMatch(finding -> finding.check().equals("bracketed-knee"));
        SampleCampaign heldAtTheSecondTry = SWEPT.withTrials(trial ->
                Edits.of(trial, tree -> step(tree, trial.kneeOpsPerSecond().orElseThrow(), StepFinding.MISSED)));
        assertThat(Analysis.of(heldAtTheSecondTry.unsaved()).findings())
                .anyMatch(finding -> finding.check().equals("bracketed-knee"));
    }

    @Test
    void documents_name_the_objective() {
        assertThat(Metric.THROUGHPUT.words(SWEPT.campaign().cells().get(0).load()))
                .isEqualTo("highest rate with p99 <= 10 ms");
        assertThat(Metric.P99.words(SWEPT.campaign().cells().get(0).load())).isEqualTo("p99 response time");
    }
}
