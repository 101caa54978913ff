package io.quorumark.results.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.results.cell.ControlArm;
import io.quorumark.results.fairness.FairnessFinding;
import io.quorumark.results.gate.Gate;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Stall;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.Edits;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlArmTest {
    private static final SampleCampaign PLAIN = SampleCampaign.of(SampleShape.ADR.withSize(12, 1));

    /** MapDB's cell on each workload declared to be RocksDB once more, slowed by a tenth. */
    private static final SampleCampaign WITH_ARM =
            PLAIN.withCampaign(campaign -> Edits.of(campaign, Campaign.class, tree -> {
                for (JsonNode cell : tree.withArray("/cells")) {
                    if (cell.get("engine").asText().equals("mapdb")) {
                        ObjectNode slowed = (ObjectNode) cell;
                        slowed.put("engine", "rocksdb").put("engineName", "RocksDB (slowed by 10 %)");
                        ((ObjectNode) slowed.get("load")).put("slowdown", 0.1);
                    }
                }
            }));

    @Test
    void a_slowdown_that_is_there_is_detected_and_its_size_estimated() {
        Analysis analysis = Analysis.of(slowedTo(0.9).unsaved());
        assertThat(analysis.controlArms()).hasSize(2).allSatisfy(arm -> {
            assertThat(arm.injected()).isEqualTo(0.1);
            assertThat(arm.name()).startsWith("RocksDB on ");
            assertThat(arm.differs()).isTrue();
            assertThat(arm.measuredSlowdown().estimate()).isCloseTo(0.1, within(0.01));
            assertThat(arm.measuredSlowdown().low())
                    .isLessThanOrEqualTo(arm.measuredSlowdown().estimate());
            assertThat(arm.measuredSlowdown().high())
                    .isGreaterThanOrEqualTo(arm.measuredSlowdown().estimate());
        });
        assertThat(analysis.findings()).noneMatch(finding -> finding.check().equals("known-slowdown"));
    }

    @Test
    void a_slowdown_that_the_campaign_does_not_see_is_told() {
        Analysis blind = Analysis.of(slowedTo(1).unsaved());
        assertThat(blind.controlArms()).noneMatch(ControlArm::differs);
        assertThat(blind.findings())
                .filteredOn(finding -> finding.check().equals("known-slowdown"))
                .hasSize(2)
                .allSatisfy(finding -> {
                    assertThat(finding.severity()).isEqualTo(FairnessFinding.Severity.NOTE);
                    assertThat(finding.sentence())
                            .startsWith("A slowdown of 10.0 % was injected into RocksDB on ")
                            .contains("did not detect it");
                });
    }

    @Test
    void a_control_that_is_faster_is_no_slowdown_detected() {
        assertThat(Analysis.of(slowedTo(1.2).unsaved()).controlArms()).noneMatch(ControlArm::differs);
    }

    @Test
    void the_slowed_cell_is_compared_with_nothing_else_and_is_fair() {
        Analysis analysis = Analysis.of(slowedTo(0.9).unsaved());
        assertThat(analysis.comparisons()).hasSize(6);
        assertThat(analysis.aaArms().arms()).isEmpty();
        assertThat(analysis.findings()).noneMatch(finding -> finding.check().equals("same-conditions"));
        assertThat(Gate.compare(analysis, analysis, true).cells()).hasSize(8);
    }

    @Test
    void stops_are_found_if_every_trial_has_them_among_its_stalls_and_names_them() {
        Stall named = new Stall(2, 50.4, "update", 7, List.of(new Stall.Coincidence("no-processor", 49)));
        assertThat(Analysis.of(stoppedThrice(List.of(named, named, named)).unsaved())
                        .controlArms())
                .hasSize(2)
                .allSatisfy(arm -> {
                    assertThat(arm.differs()).isTrue();
                    assertThat(arm.stops())
                            .hasValueSatisfying(stops -> assertThat(stops.sentence() + ": " + stops.outcome())
                                    .isEqualTo("stops of 50 ms every 5 s: found and named in 12 of 12 trials"));
                });

        Stall unnamed = new Stall(7, 50.4, "update", 7, List.of(new Stall.Coincidence("device", 49)));
        Stall brief = new Stall(7, 30, "update", 7, List.of(new Stall.Coincidence("no-processor", 30)));
        for (Stall other : List.of(unnamed, brief)) {
            Analysis analysis =
                    Analysis.of(stoppedThrice(List.of(named, other, named)).unsaved());
            assertThat(analysis.controlArms()).noneMatch(ControlArm::differs);
            assertThat(analysis.findings())
                    .filteredOn(finding -> finding.check().equals("known-slowdown"))
                    .extracting(FairnessFinding::sentence)
                    .hasSize(2)
                    .allMatch(sentence -> sentence.startsWith("The trials of RocksDB on ")
                            && sentence.contains("stops of 50 ms every 5 s on purpose")
                            && sentence.endsWith("found and named in 0 of 12 trials."));
        }
    }

    /** The slowed cells stopped for 50 ms every 5 s, three times in a window, with these stalls in each trial. */
    private static SampleCampaign stoppedThrice(List<Stall> stalls) {
        return slowedTo(1)
                .withCampaign(campaign -> Edits.of(campaign, Campaign.class, tree -> {
                    for (JsonNode cell : tree.withArray("/cells")) {
                        ObjectNode load = (ObjectNode) cell.get("load");
                        if (load.get("slowdown").asDouble() > 0) {
                            load.put("slowdown", 0.01)
                                    .put("slowdownStopMillis", 50)
                                    .put("measureSeconds", 16);
                        }
                    }
                }))
                .withTrials(trial ->
                        Edits.of(trial, tree -> tree.set("stalls", new ObjectMapper().valueToTree(stalls))));
    }

    /** The slowed cells at a share of their reference's throughput, give or take a percent. */
    private static SampleCampaign slowedTo(double share) {
        return WITH_ARM.withTrials(trial -> {
            var cell = WITH_ARM.campaign().cell(trial.cellId());
            if (!cell.load().isSlowed()) {
                return trial;
            }
            Trial reference = WITH_ARM.trials().stream()
                    .map(SampleCampaign.DrawnTrial::trial)
                    .filter(other -> other.block() == trial.block())
                    .filter(other -> {
                        var of = WITH_ARM.campaign().cell(other.cellId());
                        return of.engine().equals("rocksdb")
                                && !of.load().isSlowed()
                                && of.workload().equals(cell.workload());
                    })
                    .findFirst()
                    .orElseThrow();
            double noise = trial.block() % 2 == 0 ? 1.01 : 1 / 1.01;
            return Edits.of(
                    trial,
                    tree -> tree.put("throughputOpsPerSecond", share * noise * reference.throughputOpsPerSecond()));
        });
    }
}
