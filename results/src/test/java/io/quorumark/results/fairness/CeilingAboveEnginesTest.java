package io.quorumark.results.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.Cell;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.Edits;
import org.junit.jupiter.api.Test;

class CeilingAboveEnginesTest {
    private static final SampleCampaign SAMPLE = SampleCampaign.of(SampleShape.ADR.withSize(6, 1));

    @Test
    void a_ceiling_above_all_engines_is_not_worth_a_word() {
        Analysis analysis = Analysis.of(SAMPLE.unsaved());
        assertThat(analysis.findings()).noneMatch(finding -> finding.check().equals("ceiling"));
        assertThat(analysis.harnessShareOf(rocksdb())).isPresent();
    }

    @Test
    void a_ceiling_that_is_slower_than_an_engine_is_broken_and_no_share_of_it_is_told() {
        Analysis analysis = Analysis.of(SAMPLE.withTrials(
                        trial -> SAMPLE.campaign().cell(trial.cellId()).isHarnessCeiling()
                                ? Edits.of(trial, tree -> tree.put("throughputOpsPerSecond", 28_000))
                                : trial)
                .unsaved());
        assertThat(analysis.findings())
                .filteredOn(finding -> finding.check().equals("ceiling"))
                .hasSize(2)
                .allSatisfy(finding -> {
                    assertThat(finding.severity()).isEqualTo(FairnessFinding.Severity.NOTE);
                    assertThat(finding.sentence())
                            .contains("is a broken instrument")
                            .contains("carried 28,000 operations");
                });
        assertThat(analysis.harnessShareOf(rocksdb())).isEmpty();
    }

    private static Cell rocksdb() {
        return SAMPLE.campaign().cells().stream()
                .filter(cell -> cell.engine().equals("rocksdb"))
                .findFirst()
                .orElseThrow();
    }
}
