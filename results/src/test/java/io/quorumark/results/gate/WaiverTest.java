package io.quorumark.results.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.stats.Verdict;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaiverTest {
    private static final SampleShape SHAPE = SampleShape.ADR.withSize(12, 1);
    private static final Analysis BASE = Analysis.of(SampleCampaign.of(SHAPE).unsaved());
    private static final Analysis SLOW_LMDB =
            Analysis.of(SampleCampaign.of(SHAPE.withSpeed("lmdb", 0.75)).unsaved());
    private static final LocalDate TODAY = LocalDate.parse("2026-11-21");

    @Test
    void a_waived_regression_is_still_one_and_does_not_fail() {
        GateResult gate = gate(waiver("lmdb", "*", TODAY));
        assertThat(gate.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(gate.cells())
                .filteredOn(cell -> cell.verdict() == Verdict.WORSE)
                .hasSize(2)
                .allSatisfy(cell -> assertThat(cell.waiver().orElseThrow().sentence())
                        .isEqualTo("waived until 2026-11-21: known (approved by someone)"));
        assertThat(gate.cells())
                .filteredOn(cell -> cell.verdict() != Verdict.WORSE)
                .allMatch(cell -> cell.waiver().isEmpty());
    }

    @Test
    void a_regression_that_no_waiver_covers_fails() {
        assertThat(gate(waiver("lmdb", "ycsb-*", TODAY)).exitCode()).isEqualTo(ExitCode.REGRESSION);
        assertThat(gate(waiver("lmd", "*", TODAY)).exitCode()).isEqualTo(ExitCode.REGRESSION);
        assertThat(gate(waiver("lmd?", "*", TODAY)).exitCode()).isEqualTo(ExitCode.REGRESSION);
        assertThat(gate(waiver("lmdb", "ycsb-*", TODAY), waiver("*", "session*", TODAY))
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void an_expired_waiver_fails_again_and_is_named() {
        GateResult gate = gate(waiver("lmdb", "*", TODAY.minusDays(1)));
        assertThat(gate.exitCode()).isEqualTo(ExitCode.REGRESSION);
        assertThat(gate.problems())
                .contains(
                        "The waiver for lmdb on * expired on 2026-11-20, and LMDB on ycsb-a is still a regression: known");
    }

    @Test
    void a_cell_is_named_by_either_of_its_ids() {
        for (GateCell cell :
                gate().cells().stream().filter(GateCell::isRegression).toList()) {
            for (String id : List.of(cell.cell().id(), SameCell.of(cell.cell()).id())) {
                Waiver one = new Waiver(new Waiver.OneCell(id), "known", TODAY, Optional.empty());
                assertThat(gate(one).cells())
                        .filteredOn(each -> each.waiver().isPresent())
                        .singleElement()
                        .satisfies(each -> assertThat(each.cell()).isEqualTo(cell.cell()));
            }
        }
    }

    private static Waiver waiver(String engine, String workload, LocalDate expires) {
        return new Waiver(new Waiver.Matching(engine, workload), "known", expires, Optional.of("someone"));
    }

    private static GateResult gate(Waiver... waivers) {
        return Gate.compare(BASE, SLOW_LMDB, false, new Waivers(Arrays.asList(waivers), TODAY));
    }
}
