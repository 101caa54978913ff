package io.quorumark.results.fairness;

import static io.quorumark.results.fairness.BrokenCampaigns.SAMPLE;
import static io.quorumark.results.fairness.BrokenCampaigns.cost;
import static io.quorumark.results.fairness.BrokenCampaigns.expect;
import static io.quorumark.results.fairness.BrokenCampaigns.trial;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cost;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.store.Edits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether writes that are said to be safe were paid for. Each test breaks one rule in a campaign that keeps them all. */
class SyncRulesTest {
    @Test
    void more_safe_writes_than_the_device_can_sync_are_unfair() {
        expect(
                trial(tree -> tree.withObject("/canary").put("syncMicros", 50_000)),
                "plausible-syncs",
                Severity.UNFAIR,
                "this device can do 1280");
    }

    @Test
    void more_groups_than_the_device_can_sync_are_unfair() {
        expect(
                trial(tree -> {
                    tree.withObject("/canary").put("syncMicros", 1_000);
                    cost(tree, Cost.SYNCS_PER_WRITE, 0.9);
                }),
                "counted-syncs",
                Severity.UNFAIR,
                "in groups of 1.1 a sync, but at 1000 microseconds a sync this device can do 1111");
    }

    @Test
    void safe_writes_without_a_sync_are_unfair() {
        for (Cost counted : List.of(Cost.LOG_SYNCS, Cost.SYNCS_PER_WRITE, Cost.DEVICE_FLUSHES)) {
            expect(
                    trial(tree -> cost(tree, counted, 0)),
                    "counted-syncs",
                    Severity.UNFAIR,
                    "acknowledged as safe from power loss without a single sync");
        }
    }

    @Test
    void writes_that_need_not_survive_power_loss_need_no_sync() {
        SampleCampaign unsynced = SAMPLE.withTrials(trial -> Edits.of(trial, tree -> cost(tree, Cost.LOG_SYNCS, 0)));
        SampleCampaign weaker = unsynced.withCampaign(campaign -> Edits.of(
                campaign,
                Campaign.class,
                tree -> tree.withArray("/cells")
                        .forEach(cell -> ((ObjectNode) cell.get("cluster")).put("logDurability", "PROCESS_CRASH"))));
        assertThat(Analysis.of(weaker.unsaved()).findings())
                .noneMatch(finding -> finding.check().equals("counted-syncs"));
    }
}
