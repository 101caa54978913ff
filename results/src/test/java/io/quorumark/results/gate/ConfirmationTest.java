package io.quorumark.results.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.stats.Verdict;
import io.quorumark.results.store.Edits;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
    private static final SampleShape SHAPE = SampleShape.ADR.withSize(12, 1);
    private static final SampleCampaign BASE = SampleCampaign.of(SHAPE);
    private static final GateResult SAME = gate(BASE);
    private static final GateResult SLOWER = gate(slowed(trial -> true));
    private static final GateResult SLOWER_AT_FIRST = gate(slowed(trial -> trial.block() < 6));

    /** LMDB on one workload, by a tenth. */
    private static SampleCampaign slowed(Predicate<Trial> which) {
        String cell = BASE.campaign().cells().stream()
                .filter(each -> each.engine().equals("lmdb") && each.workload().equals("ycsb-a"))
                .findFirst()
                .orElseThrow()
                .id();
        return BASE.withTrials(trial -> trial.cellId().equals(cell) && which.test(trial)
                ? Edits.of(trial, tree -> tree.put("throughputOpsPerSecond", 0.9 * trial.throughputOpsPerSecond()))
                : trial);
    }

    private static GateResult gate(SampleCampaign head) {
        return Gate.compare(Analysis.of(BASE.unsaved()), Analysis.of(head.unsaved()), false);
    }

    @Test
    void a_cell_that_seems_slower_by_more_than_the_band_is_measured_again() {
        assertThat(SLOWER.exitCode()).isEqualTo(ExitCode.REGRESSION);
        assertThat(Confirmation.isNeeded(SLOWER)).isTrue();
        assertThat(Confirmation.isNeeded(SAME)).isFalse();
        // half the blocks lost a tenth and half nothing: the estimate lies at the band's edge, which is no suspicion
        assertThat(SLOWER_AT_FIRST.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void what_each_session_and_all_together_show_is_a_regression() {
        GateResult result = Confirmation.of(List.of(SLOWER, SLOWER), SLOWER, false);
        assertThat(result.exitCode()).isEqualTo(ExitCode.REGRESSION);
        assertThat(result.cells()).filteredOn(GateCell::isRegression).hasSize(1);
        assertThat(result.problems()).isEmpty();
    }

    @Test
    void what_one_session_does_not_show_is_none() {
        GateResult result = Confirmation.of(List.of(SLOWER, SAME), SLOWER, false);
        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(result.cells()).noneMatch(cell -> cell.verdict() == Verdict.WORSE);
        assertThat(result.problems())
                .containsExactly(
                        "LMDB on ycsb-a is slower in all sessions together and not in each of them: not confirmed.");
        assertThat(Confirmation.of(List.of(SLOWER, SAME), SLOWER, true).exitCode())
                .isEqualTo(ExitCode.INCONCLUSIVE);
    }

    @Test
    void what_all_together_do_not_show_is_none() {
        GateResult result = Confirmation.of(List.of(SLOWER, SAME), SLOWER_AT_FIRST, false);
        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(result.problems())
                .containsExactly(
                        "LMDB on ycsb-a seemed slower in the first session, and all together do not show it: not confirmed.");
    }

    @Test
    void failed_trials_fail_it_also_if_the_regression_beside_them_is_not_confirmed() {
        SampleCampaign failing = slowed(trial -> true).withTrials(trial -> isOfXodus(trial) ? failed(trial) : trial);
        GateResult together = gate(failing);
        assertThat(together.exitCode()).isEqualTo(ExitCode.REGRESSION);
        assertThat(Confirmation.of(List.of(together, SAME), together, false).exitCode())
                .isEqualTo(ExitCode.HARNESS);
    }

    private static boolean isOfXodus(Trial trial) {
        return BASE.campaign().cell(trial.cellId()).engine().equals("xodus") && trial.block() == 0;
    }

    private static Trial failed(Trial trial) {
        return Edits.of(trial, tree -> {
            tree.put("outcome", "FAILED");
            tree.putArray("reasons").add("The trial ended with exit code 1.");
        });
    }
}
