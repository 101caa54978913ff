package io.quorumark.results.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.cell.MetricComparison;
import io.quorumark.results.cell.UnmeasuredCell;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.stats.Verdict;
import io.quorumark.results.store.Edits;
import io.quorumark.results.store.StoredCampaign;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private static final SampleShape SHAPE = SampleShape.ADR.withSize(12, 1);
    private static final SampleCampaign BASE = SampleCampaign.of(SHAPE);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_campaign_is_not_judged_against_itself(boolean strict) {
        GateResult result = gate(BASE, BASE, strict);
        assertThat(result.exitCode()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(result.passed()).isFalse();
        assertThat(result.problems())
                .containsExactly("Both folders hold campaign " + BASE.campaign().id()
                        + ", which cannot differ from itself; give two campaigns.");
        assertThat(result.cells()).hasSize(10).allMatch(cell -> cell.verdict() == Verdict.INCONCLUSIVE);
        assertThat(result.cells()).noneMatch(cell -> cell.cell().isHarnessCeiling());
    }

    @Test
    void a_comparison_of_a_campaign_with_itself_only_says_so() {
        GateResult result = Gate.comparison(Analysis.of(BASE.unsaved()), Analysis.of(BASE.unsaved()), true);
        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(result.problems()).singleElement().asString().contains("which cannot differ from itself");
        assertThat(result.cells()).hasSize(10).allMatch(cell -> cell.verdict() == Verdict.EQUIVALENT);
    }

    @Test
    void an_engine_that_lost_a_quarter_has_regressed_and_no_other() {
        GateResult result = gate(BASE, SampleCampaign.of(SHAPE.withSpeed("lmdb", 0.75)), false);
        assertThat(result.exitCode()).isEqualTo(ExitCode.REGRESSION);
        assertThat(result.passed()).isFalse();
        for (GateCell cell : result.cells()) {
            assertThat(cell.verdict())
                    .isEqualTo(cell.cell().engine().equals("lmdb") ? Verdict.WORSE : Verdict.EQUIVALENT);
            assertThat(cell.judgedBy()).isEqualTo(Metric.THROUGHPUT);
            assertThat(cell.others()).extracting(MetricComparison::metric).contains(Metric.P50, Metric.P99, Metric.CPU);
        }
    }

    @Test
    void an_engine_that_gained_a_quarter_passes() {
        GateResult result = gate(BASE, SampleCampaign.of(SHAPE.withSpeed("lmdb", 1.25)), true);
        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(result.cells())
                .filteredOn(cell -> cell.cell().engine().equals("lmdb"))
                .allMatch(cell -> cell.verdict() == Verdict.BETTER);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void other_noise_is_no_regression(boolean strict) {
        // the machine drifts by 5 % from block to block, differently in each campaign: the data cannot tell, and says
        // so
        GateResult result = gate(BASE, SampleCampaign.of(SHAPE.withSeed(43)), strict);
        assertThat(result.cells()).noneMatch(cell -> cell.verdict() == Verdict.WORSE);
        boolean undecided = result.cells().stream().anyMatch(cell -> cell.verdict() == Verdict.INCONCLUSIVE);
        assertThat(result.exitCode()).isEqualTo(strict && undecided ? ExitCode.INCONCLUSIVE : ExitCode.DONE);
    }

    @Test
    void on_a_slower_machine_cells_are_judged_against_each_other() {
        GateResult slower = gate(BASE, onSlowerMachine(BASE), true);
        assertThat(slower.cells()).allMatch(cell -> cell.verdict() == Verdict.EQUIVALENT);
        assertThat(slower.cells())
                .allMatch(cell ->
                        cell.relative().isPresent() && cell.primary().ratio().high() < 0.85);
        assertThat(slower.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(slower.problems())
                .singleElement()
                .asString()
                .contains("the processor canary was 25.0 % slower than in the base campaign")
                .contains("beyond the median of the others");

        GateResult regressed = gate(BASE, onSlowerMachine(SampleCampaign.of(SHAPE.withSpeed("lmdb", 0.75))), false);
        assertThat(regressed.exitCode()).isEqualTo(ExitCode.REGRESSION);
        assertThat(regressed.cells())
                .allMatch(cell -> (cell.verdict() == Verdict.WORSE)
                        == cell.cell().engine().equals("lmdb"));
    }

    @Test
    void on_a_slower_machine_too_few_cells_to_judge_by_are_inconclusive() {
        SampleCampaign three = withCells(BASE, cell -> {
            if (!Set.of("lmdb", "rocksdb").contains(cell.get("engine").asText())
                    || !cell.get("workload").asText().equals("ycsb-a")) {
                cell.put("engine", "null");
            }
        });
        GateResult result = gate(three, onSlowerMachine(three), true);
        assertThat(result.cells()).hasSize(2).allMatch(cell -> cell.verdict() == Verdict.INCONCLUSIVE);
        assertThat(result.exitCode()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(result.problems()).anyMatch(each -> each.contains("nothing tells the machine from the code"));
    }

    @Test
    void a_regression_of_all_cells_on_the_same_machine_is_one() {
        SampleCampaign slow = BASE.withTrials(trial ->
                Edits.of(trial, tree -> tree.put("throughputOpsPerSecond", 0.8 * trial.throughputOpsPerSecond())));
        GateResult result = gate(BASE, slow, false);
        assertThat(result.exitCode()).isEqualTo(ExitCode.REGRESSION);
        assertThat(result.cells()).allMatch(cell -> cell.verdict() == Verdict.WORSE);
    }

    @Test
    void canaries_of_trials_that_took_turns_tell_how_busy_the_other_campaign_was_and_no_other_machine() {
        SampleCampaign disturbed = BASE.withTrials(trial -> Edits.of(
                trial,
                tree -> tree.withObject("/canary")
                        .put("cpuSpinMillis", 1.1 * trial.canary().cpuSpinMillis())));
        GateResult byTurns = gate(takingTurns(BASE), takingTurns(disturbed), true);
        assertThat(byTurns.problems()).isEmpty();
        assertThat(byTurns.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(byTurns.cells()).allMatch(cell -> cell.relative().isEmpty() && cell.verdict() == Verdict.EQUIVALENT);

        GateResult oneAfterTheOther = gate(BASE, disturbed, true);
        assertThat(oneAfterTheOther.problems()).singleElement().asString().contains("the processor canary was 10");
    }

    private static SampleCampaign takingTurns(SampleCampaign sample) {
        return sample.withTrials(trial -> Edits.of(
                trial,
                tree -> tree.withArray("/events")
                        .addObject()
                        .put("atSeconds", 0)
                        .put("kind", Trial.Event.TURNS)
                        .put("detail", "stopped for 5.000 s together")));
    }

    @Test
    void drift_that_both_halves_of_each_block_share_pairs_away() {
        SampleCampaign base = drifting(BASE);
        SampleCampaign head = drifting(SampleCampaign.of(SHAPE.withSpeed("lmdb", 0.75)));
        GateResult result = gate(base, head, false);
        assertThat(result.problems()).isEmpty();
        assertThat(result.cells())
                .allMatch(cell -> (cell.verdict() == Verdict.WORSE)
                        == cell.cell().engine().equals("lmdb"));
    }

    /** A machine that becomes slower by a tenth with each block. */
    private static SampleCampaign drifting(SampleCampaign sample) {
        return sample.withTrials(trial -> {
            double slower = Math.pow(1.1, trial.block());
            return Edits.of(trial, tree -> {
                tree.put("throughputOpsPerSecond", trial.throughputOpsPerSecond() / slower);
                tree.withObject("/canary")
                        .put("cpuSpinMillis", slower * trial.canary().cpuSpinMillis());
            });
        });
    }

    @Test
    void a_comparison_tells_a_regression_and_fails_nothing() {
        SampleCampaign slower = SampleCampaign.of(SHAPE.withSpeed("lmdb", 0.75));
        GateResult result = comparison(BASE, slower, false);
        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(result.cells())
                .filteredOn(cell -> cell.cell().engine().equals("lmdb"))
                .hasSize(2)
                .allMatch(cell -> cell.verdict() == Verdict.WORSE);
        assertThat(comparison(BASE, slower, true).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void a_comparison_ends_as_a_gate_does_where_there_is_nothing_to_tell() {
        SampleCampaign wrong = BASE.withTrials(trial -> trial.equals(
                        BASE.trials().get(0).trial())
                ? Edits.of(
                        trial,
                        tree -> tree.withObject("/verification/replicaDigests").put("1", "ffff"))
                : trial);
        assertThat(comparison(wrong, BASE, false).exitCode()).isEqualTo(ExitCode.INCORRECT);
        SampleCampaign unfair = BASE.withTrials(trial -> Edits.of(trial, tree -> tree.put("errors", 1)));
        assertThat(comparison(BASE, unfair, false).exitCode()).isEqualTo(ExitCode.UNFAIR);
        SampleCampaign elsewhere = changed("/host", "fingerprint", "b0b0b0b0b0b0");
        assertThat(comparison(BASE, elsewhere, true).exitCode()).isEqualTo(ExitCode.NOT_COMPARABLE);
        SampleCampaign quick = SampleCampaign.of(SampleShape.QUICK.withSize(12, 1));
        assertThat(comparison(BASE, quick, true).exitCode()).isEqualTo(ExitCode.INCONCLUSIVE);
        SampleCampaign failing = BASE.withTrials(trial -> trial.block() == 0
                ? Edits.of(trial, tree -> {
                    tree.put("outcome", "FAILED");
                    tree.putArray("reasons").add("it fell over");
                })
                : trial);
        assertThat(gate(BASE, failing, false).exitCode()).isEqualTo(ExitCode.HARNESS);
        assertThat(comparison(BASE, failing, false).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(comparison(BASE, failing, false).problems()).anyMatch(each -> each.contains("it fell over"));
    }

    private static GateResult comparison(SampleCampaign base, SampleCampaign head, boolean strict) {
        return Gate.comparison(Analysis.of(base.unsaved()), Analysis.of(head.unsaved()), strict);
    }

    /** Everything takes a quarter longer, canaries included. */
    private static SampleCampaign onSlowerMachine(SampleCampaign sample) {
        return sample.withTrials(trial -> Edits.of(trial, tree -> {
            tree.put("throughputOpsPerSecond", 0.8 * trial.throughputOpsPerSecond());
            tree.withObject("/canary")
                    .put("cpuSpinMillis", 1.25 * trial.canary().cpuSpinMillis());
        }));
    }

    @Test
    void too_few_blocks_for_so_many_cells_are_pointed_out() {
        SampleShape six = SHAPE.withSize(6, 1);
        GateResult result = gate(SampleCampaign.of(six), SampleCampaign.of(six.withSpeed("lmdb", 0.5)), true);
        assertThat(result.exitCode()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(result.problems())
                .containsExactly(
                        "With 6 blocks no difference can be called in any of 10 comparisons, however large: the smallest p"
                                + " that can come out is 0.313 after Holm's adjustment, and 0.0500 is needed; run at least 9 blocks,"
                                + " or compare fewer cells.");
    }

    @Test
    void a_profile_without_verdicts_gives_none() {
        SampleCampaign quick = SampleCampaign.of(SampleShape.QUICK.withSize(12, 1));
        GateResult result = gate(BASE, quick, false);
        assertThat(result.cells()).allMatch(cell -> cell.verdict() == Verdict.INCONCLUSIVE);
        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(result.problems()).hasSize(1);
    }

    @Test
    void campaigns_of_different_machines_are_not_compared() {
        SampleCampaign elsewhere = changed("/host", "fingerprint", "b0b0b0b0b0b0");
        assertThat(gate(BASE, elsewhere, true).exitCode()).isEqualTo(ExitCode.NOT_COMPARABLE);
        assertThat(gate(BASE, elsewhere, false).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(gate(BASE, elsewhere, false).cells()).isEmpty();
        assertThat(gate(BASE, elsewhere, false).problems()).anyMatch(each -> each.contains("different machines"));
    }

    @Test
    void campaigns_without_a_common_cell_are_not_compared() {
        SampleCampaign other = withCells(BASE, cell -> ((ObjectNode) cell.get("load")).put("clients", 1));
        // one client cannot have been that fast on this device: what is tested here is the matching, so without power
        // loss
        assertThat(gate(BASE, weaker(other), true).exitCode()).isEqualTo(ExitCode.NOT_COMPARABLE);
    }

    @Test
    void an_upgraded_engine_is_compared_with_the_one_before() {
        SampleCampaign upgraded = withCells(BASE, cell -> cell.put("engineVersion", "99"));
        assertThat(gate(BASE, upgraded, true).cells()).hasSize(10);
    }

    @Test
    void another_workload_of_the_same_name_is_not_compared() {
        SampleCampaign rewritten = withCells(BASE, cell -> {
            if (cell.get("workload").asText().equals("ycsb-a")) {
                cell.put("workloadIdentity", "0".repeat(64));
            }
        });
        GateResult result = gate(BASE, rewritten, true);
        assertThat(result.cells())
                .hasSize(5)
                .allMatch(cell -> cell.cell().workload().equals("session-store"));
        assertThat(result.problems())
                .contains("LMDB on ycsb-a has no baseline: the base campaign ran another workload of that name, with"
                        + " other content.");
        assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_COMPARABLE);
    }

    @Test
    void an_incorrect_campaign_fails_whichever_it_is_and_whatever_its_speed() {
        SampleCampaign wrong = BASE.withTrials(trial -> trial.equals(
                        BASE.trials().get(0).trial())
                ? Edits.of(
                        trial,
                        tree -> tree.withObject("/verification/replicaDigests").put("1", "ffff"))
                : trial);
        assertThat(gate(wrong, BASE, false).exitCode()).isEqualTo(ExitCode.INCORRECT);
        assertThat(gate(BASE, wrong, false).exitCode()).isEqualTo(ExitCode.INCORRECT);
        assertThat(gate(BASE, wrong, false).problems()).anyMatch(each -> each.contains("held wrong content"));
    }

    @Test
    void an_unfair_campaign_fails() {
        SampleCampaign unfair = changed("/host", "dataFilesystem", "tmpfs");
        assertThat(gate(BASE, unfair, false).exitCode()).isEqualTo(ExitCode.UNFAIR);
        assertThat(gate(unfair, BASE, false).exitCode()).isEqualTo(ExitCode.UNFAIR);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_engine_that_fails_every_trial_does_not_pass_by_dropping_out(boolean strict) {
        SampleCampaign broken =
                BASE.withTrials(trial -> engineOf(trial).equals("lmdb") ? outcome(trial, "FAILED") : trial);
        GateResult result = gate(BASE, broken, strict);
        assertThat(result.exitCode()).isEqualTo(ExitCode.HARNESS);
        assertThat(result.cells()).hasSize(8);
        assertThat(result.problems())
                .contains("LMDB on ycsb-a failed in 12 of 12 trials of the head campaign: The engine would not open.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_head_of_which_nothing_can_be_judged_does_not_pass(boolean strict) {
        for (StoredCampaign head : List.of(
                onlyFirst(0),
                onlyFirst(1),
                BASE.withTrials(trial -> outcome(trial, "VOID")).unsaved())) {
            GateResult gate = Gate.compare(Analysis.of(BASE.unsaved()), Analysis.of(head), strict);
            assertThat(gate.exitCode()).isEqualTo(ExitCode.INCONCLUSIVE);
            assertThat(gate.passed()).isFalse();
            assertThat(gate.notMeasured()).hasSizeGreaterThanOrEqualTo(9);
            assertThat(gate.problems()).anyMatch(each -> each.startsWith("Nothing of the head campaign can be judged"));
            assertThat(Gate.comparison(Analysis.of(BASE.unsaved()), Analysis.of(head), strict)
                            .exitCode())
                    .isEqualTo(ExitCode.INCONCLUSIVE);
            assertThat(Gate.compare(Analysis.of(head), Analysis.of(BASE.unsaved()), strict)
                            .passed())
                    .as("the same of the base")
                    .isFalse();
        }
    }

    @Test
    void a_planned_cell_without_a_counting_trial_is_listed_and_has_not_passed() {
        SampleCampaign hole = BASE.withTrials(trial -> engineOf(trial).equals("lmdb") ? outcome(trial, "VOID") : trial);
        GateResult gate = gate(BASE, hole, false);
        assertThat(gate.notMeasured())
                .hasSize(2)
                .extracting(UnmeasuredCell::sentence)
                .contains(
                        "LMDB on ycsb-a: not measured, as none of 12 trials counts: 12 void; the first: The engine would"
                                + " not open.");
        assertThat(gate.cells())
                .hasSize(8)
                .noneMatch(cell -> cell.cell().engine().equals("lmdb"));
        assertThat(gate(BASE, hole, true).exitCode()).isEqualTo(ExitCode.INCONCLUSIVE);
    }

    @Test
    void a_campaign_without_a_counting_trial_ends_as_inconclusive() {
        assertThat(Analysis.of(onlyFirst(0)).exitCode()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(Analysis.of(BASE.withTrials(trial -> outcome(trial, "VOID")).unsaved())
                        .exitCode())
                .isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(Analysis.of(BASE.unsaved()).exitCode()).isEqualTo(ExitCode.DONE);
    }

    private static StoredCampaign onlyFirst(int trials) {
        StoredCampaign all = BASE.unsaved();
        List<Trial> judged = all.trials().stream()
                .filter(trial -> !all.campaign().cell(trial.cellId()).isHarnessCeiling())
                .toList();
        return new StoredCampaign(all.folder(), all.campaign(), judged.subList(0, trials));
    }

    @Test
    void a_regression_is_not_hidden_by_a_failed_trial() {
        SampleCampaign slower = SampleCampaign.of(SHAPE.withSpeed("lmdb", 0.5))
                .withTrials(trial ->
                        engineOf(trial).equals("xodus") && trial.block() == 0 ? outcome(trial, "FAILED") : trial);
        assertThat(gate(BASE, slower, false).exitCode()).isEqualTo(ExitCode.REGRESSION);
        assertThat(gate(BASE, slower, false).problems()).anyMatch(each -> each.contains("failed in 1 of 12 trials"));
    }

    @Test
    void a_baseline_with_failed_trials_is_no_failure_of_the_head() {
        SampleCampaign broken =
                BASE.withTrials(trial -> engineOf(trial).equals("lmdb") ? outcome(trial, "FAILED") : trial);
        assertThat(gate(broken, BASE, false).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(gate(broken, BASE, true).exitCode()).isEqualTo(ExitCode.NOT_COMPARABLE);
        assertThat(gate(broken, BASE, false).problems())
                .contains("LMDB on ycsb-a has no valid trial to be compared with in the base campaign.");
    }

    @Test
    void a_cell_that_the_head_no_longer_has_is_named() {
        SampleCampaign fewer = withCells(BASE, cell -> {
            if (cell.get("engine").asText().equals("lmdb")) {
                cell.put("engine", "other");
            }
        });
        assertThat(gate(BASE, fewer, false).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(gate(BASE, fewer, true).exitCode()).isEqualTo(ExitCode.NOT_COMPARABLE);
        assertThat(gate(BASE, fewer, false).problems())
                .contains("LMDB on ycsb-a was measured in the base campaign and not in the head campaign.");
    }

    private static String engineOf(Trial trial) {
        return BASE.campaign().cell(trial.cellId()).engine();
    }

    private static Trial outcome(Trial trial, String outcome) {
        return Edits.of(trial, tree -> {
            tree.put("outcome", outcome);
            tree.putArray("reasons").add("The engine would not open.");
        });
    }

    private static GateResult gate(SampleCampaign base, SampleCampaign head, boolean strict) {
        return Gate.compare(Analysis.of(base.unsaved()), Analysis.of(head.unsaved()), strict);
    }

    private static SampleCampaign changed(String pointer, String key, String value) {
        return BASE.withCampaign(campaign -> Edits.of(
                campaign, Campaign.class, tree -> tree.withObject(pointer).put(key, value)));
    }

    private static SampleCampaign withCells(SampleCampaign sample, Consumer<ObjectNode> edit) {
        return sample.withCampaign(campaign -> Edits.of(
                campaign,
                Campaign.class,
                tree -> tree.withArray("/cells").forEach(cell -> edit.accept((ObjectNode) cell))));
    }

    private static SampleCampaign weaker(SampleCampaign sample) {
        return withCells(sample, cell -> ((ObjectNode) cell.get("cluster")).put("logDurability", "NONE"));
    }
}
