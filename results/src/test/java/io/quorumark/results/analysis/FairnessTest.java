package io.quorumark.results.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Finding.Severity;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cost;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.Edits;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each test breaks one rule in a campaign that keeps them all. */
class FairnessTest {
    private static final SampleCampaign SAMPLE = SampleCampaign.of(SampleShape.ADR.withSize(2, 1));
    private static final Trial VICTIM = SAMPLE.trials().get(1).trial();

    @Test
    void a_campaign_that_keeps_the_rules_is_fair() {
        Analysis analysis = Analysis.of(SAMPLE.unsaved());
        assertThat(analysis.findings()).isEmpty();
        assertThat(analysis.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void a_replica_that_differs_is_incorrect() {
        expect(
                trial(tree -> tree.withObject("/verification/replicaDigests").put("2", "ffff")),
                "right-content",
                Severity.INCORRECT,
                "2 held wrong content");
    }

    @Test
    void replicas_that_agree_on_the_wrong_content_are_incorrect() {
        expect(
                trial(tree -> tree.withObject("/verification").put("expectedContentDigest", "ffff")),
                "right-content",
                Severity.INCORRECT,
                "1, 2, 3 held wrong content");
    }

    @Test
    void a_replica_that_was_not_looked_at_is_incorrect() {
        expect(
                trial(tree -> tree.withObject("/verification/replicaDigests").remove("3")),
                "right-content",
                Severity.INCORRECT,
                "only 2 of 3 replicas");
    }

    @Test
    void a_trial_without_verification_is_incorrect() {
        expect(
                trial(tree -> tree.putNull("verification")),
                "right-content",
                Severity.INCORRECT,
                "nothing was verified");
    }

    @Test
    void another_stream_at_the_longest_common_prefix_is_unfair() {
        expect(
                trial(tree -> tree.withObject("/verification/streamDigests").put("65536", "ffff")),
                "same-operations",
                Severity.UNFAIR,
                "other operations");
    }

    @Test
    void streams_are_compared_only_as_far_as_the_shorter_one_went() {
        SampleCampaign longer =
                trial(tree -> tree.withObject("/verification/streamDigests").put("1000000000", "ffff"));
        assertThat(Analysis.of(longer.unsaved()).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void long_streams_that_differ_are_noticed_although_the_first_trial_was_short() {
        List<Trial> ofWorkload = SAMPLE.unsaved().trials().stream()
                .filter(trial -> workloadOf(trial).equals(workloadOf(VICTIM)))
                .toList();
        Trial first = ofWorkload.get(0);
        Trial last = ofWorkload.get(ofWorkload.size() - 1);
        SampleCampaign differing = SAMPLE.withTrials(trial -> {
            if (trial.equals(first)) {
                return Edits.of(trial, tree -> {
                    ObjectNode digests = tree.withObject("/verification/streamDigests");
                    digests.retain(List.of("1", "2", "4"));
                });
            }
            return trial.equals(last)
                    ? Edits.of(trial, tree -> {
                        ObjectNode digests = tree.withObject("/verification/streamDigests");
                        digests.fieldNames().forEachRemaining(length -> {
                            if (Long.parseLong(length) > 4) {
                                digests.put(length, "ffff");
                            }
                        });
                    })
                    : trial;
        });
        expect(differing, "same-operations", Severity.UNFAIR, "other operations");
        assertThat(Analysis.of(differing.unsaved()).findings()).hasSize(1);
    }

    @Test
    void streams_without_a_common_prefix_are_not_taken_for_the_same() {
        expect(
                trial(tree -> tree.withObject("/verification")
                        .putObject("streamDigests")
                        .put("3", "ffff")),
                "same-operations",
                Severity.UNFAIR,
                "other operations");
    }

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
    void values_that_compress_otherwise_than_the_workload_wants_are_unfair() {
        expect(
                trial(tree -> tree.withObject("/verification").put("storedCompression", 0.05)),
                "compressible-values",
                Severity.UNFAIR,
                "deflate to 0.05 of their length, and the workload wants 0.50");
    }

    @Test
    void a_percentile_from_nothing_is_unfair() {
        expect(
                trial(tree -> tree.withObject("/latency/all").put("count", 9_000)),
                "enough-samples",
                Severity.UNFAIR,
                "the percentile 99 of all rests on 90.0 samples beyond it, expected 100 at least");
    }

    @Test
    void a_percentile_of_a_step_from_nothing_is_unfair() {
        expect(
                trial(tree -> {
                    ObjectNode step = tree.putArray("steps")
                            .addObject()
                            .put("rateOpsPerSecond", 500)
                            .put("reachedOpsPerSecond", 500)
                            .put("samples", 5_000)
                            .put("objectiveMicros", 900)
                            .put("finding", "HELD");
                    step.putObject("percentileMicros").put("99.9", 900);
                }),
                "enough-samples",
                Severity.UNFAIR,
                "the step at 500 op/s rests on 5.0 samples");
    }

    @Test
    void a_jvm_that_still_compiles_or_collects_much_is_tagged_and_counts() {
        expect(
                trial(tree -> tree.withObject("/resources").put("compilationMillis", 400)),
                "warm-jvm",
                Severity.NOTE,
                "was compiling for more than 25 % of the measured window in 1 of 2 trials");
        expect(
                trial(tree -> tree.withObject("/resources").put("gcMillis", 300)),
                "warm-jvm",
                Severity.NOTE,
                "was collecting garbage for more than 10 % of the measured window in 1 of 2 trials");
    }

    @Test
    void operations_that_failed_are_unfair() {
        expect(trial(tree -> tree.put("errors", 7)), "no-failed-operations", Severity.UNFAIR, "7 operations failed");
    }

    @Test
    void an_election_inside_the_window_is_unfair() {
        expect(
                trial(tree -> tree.withArray("/events")
                        .addObject()
                        .put("atSeconds", 0.2)
                        .put("kind", Trial.Event.LEADER_CHANGE)
                        .put("detail", "term 4")),
                "one-leader",
                Severity.UNFAIR,
                "leader changed");
    }

    @Test
    void an_election_before_the_window_is_fair() {
        SampleCampaign before = trial(tree -> tree.withArray("/events")
                .addObject()
                .put("atSeconds", -3)
                .put("kind", Trial.Event.LEADER_CHANGE)
                .put("detail", "term 1"));
        assertThat(Analysis.of(before.unsaved()).exitCode()).isEqualTo(ExitCode.DONE);
    }

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
    void work_put_off_until_the_clock_has_stopped_is_pointed_out() {
        SampleCampaign indebted = SAMPLE.withTrials(trial -> !trial.cellId().equals(VICTIM.cellId())
                ? trial
                : Edits.of(trial, tree -> {
                    cost(tree, Cost.DEBT_BYTES, 300 << 20);
                    cost(tree, Cost.SETTLED_OPERATIONS_PER_SECOND, 0.8 * trial.throughputOpsPerSecond());
                }));
        expect(indebted, "compaction-debt", Severity.NOTE, "owed 300 MiB of rewriting when the clock stopped");
    }

    private static void cost(ObjectNode trial, Cost cost, double value) {
        trial.withObject("/costs/figures").put(cost.id(), value);
    }

    @Test
    void a_generator_that_was_late_is_unfair() {
        SampleCampaign open = open(
                10_000,
                trial(tree -> tree.withArray("/events")
                        .addObject()
                        .put("atSeconds", 0)
                        .put("kind", Trial.Event.GENERATOR_LAG)
                        .put("detail", "")));
        expect(open, "intended-rate", Severity.UNFAIR, "generator itself was late");
    }

    @Test
    void an_open_loop_in_overload_is_pointed_out() {
        expect(open(1_000_000, SAMPLE), "intended-rate", Severity.NOTE, "those of an overload");
    }

    private static String workloadOf(Trial trial) {
        return SAMPLE.campaign().cell(trial.cellId()).workload();
    }

    @Test
    void reads_that_miss_are_named_unless_the_workload_means_them_to() {
        for (boolean mayMiss : new boolean[] {false, true}) {
            SampleCampaign missing = trial(tree -> tree.putObject("readMisses")
                    .put("operations", 40_000)
                    .put("missed", 19_800)
                    .put("mayMiss", mayMiss));
            if (mayMiss) {
                assertThat(Analysis.of(missing.unsaved()).findings())
                        .extracting(Finding::check)
                        .doesNotContain("missed-reads");
            } else {
                expect(
                        missing,
                        "missed-reads",
                        Severity.NOTE,
                        "49.5 % of the operations read a key that was not there (19,800 of 40,000), and the workload"
                                + " does not say that reads may miss: load more records");
            }
        }
    }

    @Test
    void trials_whose_jvms_were_started_otherwise_are_unfair() {
        SampleCampaign alike =
                SAMPLE.withTrials(trial -> Edits.of(trial, tree -> jvm(tree, "-Xmx1g", "1 (ergonomic)")));
        assertThat(Analysis.of(alike.unsaved()).findings())
                .extracting(Finding::check)
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

    private static void expect(SampleCampaign campaign, String check, Severity severity, String sentence) {
        Analysis analysis = Analysis.of(campaign.unsaved());
        List<Finding> found = analysis.findings().stream()
                .filter(finding -> finding.check().equals(check) && finding.severity() == severity)
                .toList();
        assertThat(found).extracting(Finding::sentence).anyMatch(text -> text.contains(sentence));
        switch (severity) {
            case INCORRECT -> assertThat(analysis.exitCode()).isEqualTo(ExitCode.INCORRECT);
            case UNFAIR -> assertThat(analysis.exitCode()).isEqualTo(ExitCode.UNFAIR);
            case NOTE -> assertThat(analysis.exitCode()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void other_work_beside_a_campaign_is_named() {
        assertThat(OtherWork.in(SAMPLE.unsaved().trials()).isNotable()).isFalse();
        SampleCampaign busy = trial(tree -> tree.withObject("/costs/figures").put("processors.others.share", 0.34));
        assertThat(Analysis.of(busy.unsaved()).findings())
                .filteredOn(finding -> finding.check().equals("quiet-machine"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .startsWith("The campaign ran beside other work: other processes took")
                        .contains("34.0 % at the most"));
        SampleCampaign slow = trial(tree -> tree.withObject("/canary")
                .put("cpuSpinMillis", 6 * VICTIM.canary().cpuSpinMillis()));
        assertThat(OtherWork.in(slow.unsaved().trials()).isNotable()).isTrue();
        assertThat(Analysis.of(slow.unsaved()).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void a_clock_that_stepped_inside_a_trial_is_named() {
        assertThat(clockFindings(
                        trial(tree -> ((ObjectNode) tree.withArray("/series").get(0)).put("second", 7))))
                .singleElement()
                .asString()
                .contains("the clock stepped: second 0 of the measured window is missing.");
        assertThat(clockFindings(
                        trial(tree -> tree.put("throughputOpsPerSecond", VICTIM.throughputOpsPerSecond() / 60))))
                .singleElement()
                .asString()
                .contains("by its rate the measured window took ")
                .contains("and its time series has ");
        assertThat(clockFindings(SAMPLE)).isEmpty();
    }

    private static List<String> clockFindings(SampleCampaign sample) {
        return Analysis.of(sample.unsaved()).findings().stream()
                .filter(finding -> finding.check().equals("steady-clock"))
                .map(Finding::sentence)
                .toList();
    }

    private static SampleCampaign trial(Consumer<ObjectNode> change) {
        return SAMPLE.withTrials(trial -> trial.equals(VICTIM) ? Edits.of(trial, change) : trial);
    }

    private static SampleCampaign campaign(Consumer<ObjectNode> change) {
        return SAMPLE.withCampaign(campaign -> Edits.of(campaign, Campaign.class, change));
    }

    private static SampleCampaign cell(String where, String key, String value) {
        return campaign(tree -> ((ObjectNode) tree.withArray("/cells").get(1).at(where)).put(key, value));
    }

    private static SampleCampaign open(double rate, SampleCampaign sample) {
        return sample.withCampaign(campaign -> Edits.of(
                campaign,
                Campaign.class,
                tree -> tree.withArray("/cells")
                        .forEach(cell -> ((ObjectNode) cell.get("load"))
                                .put("kind", "open")
                                .put("rateOpsPerSecond", rate))));
    }
}
