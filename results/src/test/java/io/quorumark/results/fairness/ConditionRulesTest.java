package io.quorumark.results.fairness;

import static io.quorumark.results.fairness.BrokenCampaigns.SAMPLE;
import static io.quorumark.results.fairness.BrokenCampaigns.VICTIM;
import static io.quorumark.results.fairness.BrokenCampaigns.campaign;
import static io.quorumark.results.fairness.BrokenCampaigns.cost;
import static io.quorumark.results.fairness.BrokenCampaigns.expect;
import static io.quorumark.results.fairness.BrokenCampaigns.trial;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Cost;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.store.Edits;
import org.junit.jupiter.api.Test;

/** Whether engines ran under the same conditions. Each test breaks one rule in a campaign that keeps them all. */
class ConditionRulesTest {
    @Test
    void another_durability_is_unfair() {
        expect(cell("/cluster", "logDurability", "PROCESS_CRASH"), "same-conditions", Severity.UNFAIR, "durability");
    }

    @Test
    void another_memory_budget_is_unfair() {
        expect(
                campaign(tree -> ((ObjectNode) tree.withArray("/cells").get(1)).put("memoryBudgetBytes", 1)),
                "same-conditions",
                Severity.UNFAIR,
                "memory budget");
    }

    @Test
    void weaker_reads_are_unfair() {
        expect(cell("/cluster", "readConsistency", "local"), "same-conditions", Severity.UNFAIR, "read consistency");
    }

    @Test
    void power_loss_on_a_filesystem_in_memory_is_unfair() {
        expect(
                campaign(tree -> tree.withObject("/host").put("dataFilesystem", "tmpfs")),
                "real-device",
                Severity.UNFAIR,
                "tmpfs");
    }

    @Test
    void a_memory_filesystem_without_a_claim_to_power_loss_is_pointed_out() {
        SampleCampaign modest = campaign(tree -> {
            tree.withObject("/host").put("dataFilesystem", "tmpfs");
            tree.withArray("/cells")
                    .forEach(cell -> ((ObjectNode) cell.get("cluster")).put("logDurability", "PROCESS_CRASH"));
        });
        expect(modest, "real-device", Severity.NOTE, "tmpfs, which is memory");
    }

    @Test
    void an_overlay_filesystem_is_pointed_out() {
        expect(
                campaign(tree -> tree.withObject("/host").put("dataFilesystem", "overlay")),
                "real-device",
                Severity.NOTE,
                "overlay");
    }

    @Test
    void a_state_that_is_made_durable_beside_the_log_is_unfair_where_others_are_not() {
        expect(
                cell("/cluster", "stateDurability", "POWER_LOSS"),
                "one-log-owner",
                Severity.UNFAIR,
                "every write is made durable twice");
    }

    @Test
    void a_state_that_is_made_durable_beside_the_log_in_every_engine_is_pointed_out() {
        SampleCampaign all = campaign(tree -> tree.withArray("/cells")
                .forEach(cell -> ((ObjectNode) cell.get("cluster")).put("stateDurability", "POWER_LOSS")));
        expect(all, "one-log-owner", Severity.NOTE, "every write is made durable twice.");
    }

    @Test
    void a_state_engine_that_syncs_unasked_is_pointed_out() {
        SampleCampaign syncing = campaign(tree -> tree.withArray("/durability").forEach(known -> {
            if (known.get("level").asText().equals("PROCESS_CRASH")) {
                ((ObjectNode) known).put("syncsPerCommit", 1);
            }
        }));
        expect(syncing, "one-log-owner", Severity.NOTE, "makes 1.00 syncs per commit of its state");
    }

    @Test
    void an_engine_beyond_its_memory_budget_is_unfair() {
        long budget = SAMPLE.campaign().cell(VICTIM.cellId()).memoryBudgetBytes();
        expect(
                trial(tree -> cost(tree, Cost.ENGINE_MEMORY, 2.0 * budget)),
                "kept-memory",
                Severity.UNFAIR,
                "by its own account; its budget was");
        SampleCampaign within = trial(tree -> cost(tree, Cost.ENGINE_MEMORY, 1.2 * budget));
        assertThat(Analysis.of(within.unsaved()).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void another_memory_limit_than_other_trials_is_unfair() {
        expect(
                trial(tree -> tree.withObject("/costs")
                        .putObject("memoryLimit")
                        .put("group", "/trial")
                        .put("limitBytes", 512L << 20)
                        .put("peakBytes", 1)),
                "kept-memory",
                Severity.UNFAIR,
                "a memory limit of 512 MiB");
    }

    @Test
    void trials_whose_jvms_were_started_otherwise_are_unfair() {
        SampleCampaign alike =
                SAMPLE.withTrials(trial -> Edits.of(trial, tree -> jvm(tree, "-Xmx1g", "1 (ergonomic)")));
        assertThat(Analysis.of(alike.unsaved()).findings())
                .extracting(FairnessFinding::check)
                .doesNotContain("same-jvm");
        expect(
                alike.withTrials(trial -> trial.position() == 1 && trial.block() == 0
                        ? Edits.of(trial, tree -> jvm(tree, "-Xint", "1 (ergonomic)"))
                        : trial),
                "same-jvm",
                Severity.UNFAIR,
                "only [-Xint] against only [-Xmx1g]");
        expect(
                alike.withTrials(trial -> trial.position() == 1 && trial.block() == 0
                        ? Edits.of(trial, tree -> jvm(tree, "-Xmx1g", "4 (command line)"))
                        : trial),
                "same-jvm",
                Severity.UNFAIR,
                "ran with another TieredStopAtLevel than that of");
        expect(
                alike.withTrials(trial -> trial.position() == 1 && trial.block() == 0
                        ? Edits.of(trial, tree -> jvm(tree, "-Xmx1g", "4 (ergonomic)"))
                        : trial),
                "same-jvm",
                Severity.NOTE,
                "4 (ergonomic) against 1 (ergonomic)");
    }

    private static void jvm(ObjectNode trial, String argument, String level) {
        ObjectNode jvm = trial.putObject("jvm");
        jvm.putArray("arguments").add("-Xms1g").add(argument);
        jvm.putObject("changedFlags").put("TieredStopAtLevel", level);
    }

    private static SampleCampaign cell(String pointer, String key, String value) {
        return campaign(tree -> ((ObjectNode) tree.withArray("/cells").get(1).at(pointer)).put(key, value));
    }
}
