package io.quorumark.results.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.results.ExitCode;
import io.quorumark.results.cell.CellComparison;
import io.quorumark.results.cell.CellSummary;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.Verdict;
import io.quorumark.results.stats.VerdictReach;
import io.quorumark.results.store.Edits;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AnalysisTest {
    private static final SampleCampaign ADR = SampleCampaign.of(SampleShape.ADR.withSize(12, 1));

    @Test
    void every_engine_but_reference_and_ceiling_is_compared_on_every_workload() {
        Analysis analysis = Analysis.of(ADR.unsaved());
        Campaign campaign = ADR.campaign();
        Map<String, String> compared = analysis.comparisons().stream()
                .collect(Collectors.toMap(CellComparison::cellId, CellComparison::referenceCellId));
        for (Cell cell : campaign.cells()) {
            boolean expected = !cell.engine().equals("rocksdb") && !cell.isHarnessCeiling();
            assertThat(compared.containsKey(cell.id())).as(cell.engine()).isEqualTo(expected);
            if (expected) {
                Cell reference = campaign.cell(Objects.requireNonNull(compared.get(cell.id())));
                assertThat(reference.engine()).isEqualTo("rocksdb");
                assertThat(reference.workload()).isEqualTo(cell.workload());
            }
        }
    }

    @Test
    void what_was_drawn_slower_is_found_slower_and_what_was_drawn_alike_is_not_called() {
        Analysis analysis = Analysis.of(ADR.unsaved());
        assertThat(comparison(analysis, "xodus").verdict()).isEqualTo(Verdict.WORSE);
        assertThat(comparison(analysis, "xodus")
                        .ratio(Metric.THROUGHPUT)
                        .orElseThrow()
                        .ratio()
                        .estimate())
                .isCloseTo(18.4 / 39, within(0.02));
        assertThat(comparison(analysis, "xodus").holmPValue()).isLessThan(0.05);
        assertThat(comparison(analysis, "memory").verdict()).isEqualTo(Verdict.EQUIVALENT);
    }

    @Test
    void a_campaign_whose_blocks_cannot_call_the_largest_difference_says_so() {
        SampleShape six = SampleShape.ADR.withSize(6, 1).withSpeed("lmdb", 4);
        Analysis analysis = Analysis.of(SampleCampaign.of(six).unsaved());
        assertThat(comparison(analysis, "lmdb").primary().ratio().low()).isGreaterThan(2);
        assertThat(comparison(analysis, "lmdb").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(analysis.tooShortReach()).contains(new VerdictReach(6, 8, 0.25, 1 - 0.95, OptionalInt.of(9)));
        assertThat(Analysis.of(ADR.unsaved()).tooShortReach()).isEmpty();
        assertThat(Analysis.of(SampleCampaign.of(SampleShape.QUICK.withSize(3, 1))
                                .unsaved())
                        .tooShortReach())
                .as("a campaign that wants no verdicts")
                .isEmpty();
    }

    @Test
    void what_was_drawn_faster_is_found_faster() {
        Analysis analysis =
                Analysis.of(SampleCampaign.of(SampleShape.ADR.withSize(12, 1).withSpeed("lmdb", 2))
                        .unsaved());
        assertThat(comparison(analysis, "lmdb").verdict()).isEqualTo(Verdict.BETTER);
        assertThat(comparison(analysis, "lmdb")
                        .ratio(Metric.P99)
                        .orElseThrow()
                        .ratio()
                        .estimate())
                .isGreaterThan(1.05);
    }

    @Test
    void a_profile_too_small_calls_no_winner() {
        Analysis analysis = Analysis.of(SampleCampaign.of(SampleShape.QUICK).unsaved());
        assertThat(analysis.comparisons()).extracting(CellComparison::verdict).containsOnly(Verdict.INCONCLUSIVE);
        assertThat(comparison(analysis, "lmdb")
                        .ratio(Metric.THROUGHPUT)
                        .orElseThrow()
                        .ratio()
                        .confidence())
                .isEqualTo(0.75);
        assertThat(analysis.exitCode(false)).isEqualTo(ExitCode.DONE);
        assertThat(analysis.exitCode(true)).isEqualTo(ExitCode.INCONCLUSIVE);
    }

    @Test
    void a_void_trial_takes_its_block_out_of_its_comparisons_alone() {
        Analysis analysis = Analysis.of(ADR.unsaved());
        Trial isVoid = ADR.unsaved().trials().stream()
                .filter(trial -> trial.outcome() == Trial.Outcome.VOID)
                .findFirst()
                .orElseThrow();
        for (CellComparison comparison : analysis.comparisons()) {
            boolean touched = comparison.cellId().equals(isVoid.cellId())
                    || comparison.referenceCellId().equals(isVoid.cellId());
            assertThat(comparison.ratio(Metric.THROUGHPUT).orElseThrow().blocks())
                    .isEqualTo(touched ? 11 : 12);
        }
    }

    @Test
    void an_open_loop_is_judged_by_its_response_time() {
        SampleCampaign open = ADR.withCampaign(campaign -> Edits.of(
                        campaign,
                        Campaign.class,
                        tree -> tree.withArray("/cells")
                                .forEach(cell -> ((ObjectNode) cell.get("load"))
                                        .put("kind", "open")
                                        .put("rateOpsPerSecond", 9_000))))
                .withTrials(trial -> Edits.of(trial, tree -> tree.put("throughputOpsPerSecond", 9_000)));
        CellComparison xodus = comparison(Analysis.of(open.unsaved()), "xodus");
        assertThat(xodus.ratio(Metric.THROUGHPUT).orElseThrow().ratio().estimate())
                .isEqualTo(1);
        assertThat(xodus.judgedBy()).isEqualTo(Metric.P99);
        assertThat(xodus.primary().ratio().estimate()).isLessThan(0.6);
        assertThat(xodus.verdict()).isEqualTo(Verdict.WORSE);
    }

    @Test
    void an_open_loop_without_percentiles_is_not_judged_at_all() {
        SampleCampaign open = ADR.withCampaign(campaign -> Edits.of(
                        campaign,
                        Campaign.class,
                        tree -> tree.withArray("/cells")
                                .forEach(cell -> ((ObjectNode) cell.get("load"))
                                        .put("kind", "open")
                                        .put("rateOpsPerSecond", 9_000))))
                .withTrials(trial -> Edits.of(
                        trial,
                        tree -> tree.withObject("/latency/all/percentileMicros").remove("99")));
        assertThat(Analysis.of(open.unsaved()).comparisons())
                .extracting(CellComparison::verdict)
                .containsOnly(Verdict.INCONCLUSIVE);
    }

    @Test
    void the_harness_share_is_that_of_the_ceiling() {
        Analysis analysis = Analysis.of(ADR.unsaved());
        assertThat(analysis.harnessShareOf(cell("rocksdb")).orElseThrow()).isCloseTo(9.7 / 29.5, within(0.02));
        assertThat(analysis.harnessShareOf(cell("mapdb")).orElseThrow()).isCloseTo(9.7 / 71, within(0.02));
    }

    @Test
    void data_is_set_against_the_memory_budget_of_all_members() {
        CellSummary summary = Analysis.of(ADR.withTrials(trial -> Edits.of(
                                trial, tree -> tree.withObject("/resources").put("diskBytes", 3 * (512L << 20))))
                        .unsaved())
                .cells()
                .get(0);
        assertThat(summary.dataOverMemory(0.95)).hasValue(2.0);
    }

    @Test
    void a_failed_trial_ends_with_the_harness_code_and_a_wrong_one_with_that_of_incorrectness() {
        assertThat(withOutcome("FAILED").exitCode()).isEqualTo(ExitCode.HARNESS);
        assertThat(withOutcome("UNFAIR").exitCode()).isEqualTo(ExitCode.UNFAIR);
        assertThat(withOutcome("INCORRECT").exitCode()).isEqualTo(ExitCode.INCORRECT);
    }

    @Test
    void figures_of_a_cell_are_those_of_its_valid_trials() {
        CellSummary summary = Analysis.of(ADR.unsaved()).cells().get(0);
        Interval throughput = summary.throughputOpsPerSecond(0.95).orElseThrow();
        assertThat(throughput.low()).isLessThan(throughput.estimate());
        assertThat(throughput.high()).isGreaterThan(throughput.estimate());
        assertThat(throughput.estimate()).isBetween(34_000.0, 44_000.0);
        assertThat(summary.percentileMicros("99", 0.95)).isPresent();
        assertThat(summary.percentileMicros("99.99", 0.95)).isEmpty();
    }

    private static Analysis withOutcome(String outcome) {
        Trial victim = ADR.trials().get(0).trial();
        return Analysis.of(ADR.withTrials(
                        trial -> trial.equals(victim) ? Edits.of(trial, tree -> tree.put("outcome", outcome)) : trial)
                .unsaved());
    }

    private static Cell cell(String engine) {
        return ADR.campaign().cells().stream()
                .filter(each -> each.engine().equals(engine) && each.workload().equals("ycsb-a"))
                .findFirst()
                .orElseThrow();
    }

    private static CellComparison comparison(Analysis analysis, String engine) {
        return analysis.comparisonOf(cell(engine).id()).orElseThrow();
    }
}
