package io.quorumark.results.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.results.cell.CellComparison;
import io.quorumark.results.fairness.FairnessFinding;
import io.quorumark.results.gate.Gate;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.stats.EquivalenceBand;
import io.quorumark.results.stats.MinimumDetectableEffect.Source;
import io.quorumark.results.store.Edits;
import org.junit.jupiter.api.Test;

class AaArmsTest {
    private static final SampleCampaign PLAIN = SampleCampaign.of(SampleShape.ADR.withSize(12, 1));

    /** MapDB's cell on each workload declared to be LMDB once more: its trials are then noise of the same engine. */
    private static final SampleCampaign WITH_ARM =
            PLAIN.withCampaign(campaign -> Edits.of(campaign, Campaign.class, tree -> {
                for (JsonNode cell : tree.withArray("/cells")) {
                    if (cell.get("engine").asText().equals("mapdb")) {
                        ObjectNode twin = (ObjectNode) cell;
                        twin.put("engine", "lmdb")
                                .put("engineName", "LMDB again")
                                .put("engineVersion", "0.9.3 / 0.9.33");
                        ((ObjectNode) twin.get("cluster"))
                                .put("logEngine", "lmdb")
                                .put("stateEngine", "lmdb");
                    }
                }
            }));

    @Test
    void without_an_arm_the_noise_is_that_of_the_comparison_and_the_band_is_as_planned() {
        assertThat(Analysis.of(PLAIN.unsaved()).comparisons()).allSatisfy(comparison -> {
            assertThat(comparison.detectable().orElseThrow().source()).isEqualTo(Source.OWN_BLOCKS);
            assertThat(comparison.band()).isEqualTo(EquivalenceBand.planned(0.05));
        });
    }

    @Test
    void an_arm_gives_every_comparison_of_its_workload_its_noise_and_its_least_difference() {
        Analysis analysis = Analysis.of(WITH_ARM.unsaved());
        assertThat(analysis.aaArms().arms()).hasSize(2);
        for (CellComparison comparison : analysis.comparisons()) {
            assertThat(comparison.detectable().orElseThrow().source()).isEqualTo(Source.AA_ARM);
            double detectable = comparison.detectable().orElseThrow().relative();
            assertThat(comparison.band()).isEqualTo(new EquivalenceBand(0.05, Math.max(0.05, 2 * detectable)));
        }
    }

    @Test
    void the_twin_is_compared_with_nothing_else() {
        Analysis analysis = Analysis.of(WITH_ARM.unsaved());
        assertThat(analysis.comparisons())
                .extracting(CellComparison::cellId)
                .noneSatisfy(id ->
                        assertThat(WITH_ARM.campaign().cell(id).engineName()).isEqualTo("LMDB again"));
        assertThat(analysis.comparisons()).hasSize(6);
        assertThat(Gate.compare(analysis, analysis, true).cells()).hasSize(8);
    }

    @Test
    void an_arm_too_noisy_for_the_planned_band_is_pointed_out_and_makes_nothing_more_equal() {
        SampleCampaign noisy = WITH_ARM.withTrials(trial -> Edits.of(trial, tree -> {
            if (isTwin(trial)) {
                tree.put("throughputOpsPerSecond", trial.throughputOpsPerSecond() * (trial.block() % 2 == 0 ? 1 : 1.2));
            }
        }));
        Analysis analysis = Analysis.of(noisy.unsaved());
        assertThat(analysis.findings())
                .filteredOn(finding -> finding.sentence().contains("instead of the planned 5.0 %"))
                .hasSize(2)
                .allSatisfy(finding -> {
                    assertThat(finding.check()).isEqualTo("noise-floor");
                    assertThat(finding.severity()).isEqualTo(FairnessFinding.Severity.NOTE);
                    assertThat(finding.sentence()).contains("LMDB on ");
                });
        assertThat(analysis.comparisons())
                .allMatch(comparison -> comparison.band().isRaised());
        CellComparison memory = comparison(analysis, "memory");
        assertThat(memory.verdict())
                .isEqualTo(comparison(Analysis.of(WITH_ARM.unsaved()), "memory").verdict());
        assertThat(memory.band().planned()).isEqualTo(0.05);
    }

    @Test
    void an_arm_without_noise_is_not_worth_a_word() {
        SampleCampaign calm =
                WITH_ARM.withTrials(trial -> Edits.of(trial, tree -> tree.put("throughputOpsPerSecond", 1_000)));
        Analysis analysis = Analysis.of(calm.unsaved());
        assertThat(analysis.findings()).noneMatch(finding -> finding.check().equals("noise-floor"));
        assertThat(analysis.comparisons())
                .noneMatch(comparison -> comparison.band().isRaised());
    }

    @Test
    void an_arm_that_differs_from_itself_is_pointed_out() {
        // the twin's trials are those of a slower engine: such an arm shows that the design is broken, whatever the
        // noise
        assertThat(Analysis.of(WITH_ARM.unsaved()).findings())
                .filteredOn(finding -> finding.sentence().contains("differs from itself"))
                .hasSize(2);
        SampleCampaign equal = WITH_ARM.withTrials(trial -> Edits.of(
                trial,
                tree -> tree.put(
                        "throughputOpsPerSecond",
                        isTwin(trial) ? 1_000 + (trial.block() % 2 == 0 ? 10 : -10) : 1_000)));
        assertThat(Analysis.of(equal.unsaved()).findings())
                .noneMatch(finding -> finding.sentence().contains("differs from itself"));
    }

    private static boolean isTwin(Trial trial) {
        return WITH_ARM.campaign().cell(trial.cellId()).engineName().equals("LMDB again");
    }

    private static CellComparison comparison(Analysis analysis, String engine) {
        return analysis.comparisons().stream()
                .filter(each -> analysis.stored()
                        .campaign()
                        .cell(each.cellId())
                        .engine()
                        .equals(engine))
                .findFirst()
                .orElseThrow();
    }
}
