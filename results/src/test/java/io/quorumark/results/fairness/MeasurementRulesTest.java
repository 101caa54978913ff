package io.quorumark.results.fairness;

import static io.quorumark.results.fairness.BrokenCampaigns.SAMPLE;
import static io.quorumark.results.fairness.BrokenCampaigns.VICTIM;
import static io.quorumark.results.fairness.BrokenCampaigns.cost;
import static io.quorumark.results.fairness.BrokenCampaigns.expect;
import static io.quorumark.results.fairness.BrokenCampaigns.trial;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cost;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.store.Edits;
import org.junit.jupiter.api.Test;

/** Whether what a trial tells rests on what it measured. Each test breaks one rule in a campaign that keeps them all. */
class MeasurementRulesTest {
    @Test
    void a_campaign_that_keeps_the_rules_is_fair() {
        Analysis analysis = Analysis.of(SAMPLE.unsaved());
        assertThat(analysis.findings()).isEmpty();
        assertThat(analysis.exitCode()).isEqualTo(ExitCode.DONE);
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

    @Test
    void reads_that_miss_are_named_unless_the_workload_means_them_to() {
        for (boolean mayMiss : new boolean[] {false, true}) {
            SampleCampaign missing = trial(tree -> tree.putObject("readMisses")
                    .put("operations", 40_000)
                    .put("missed", 19_800)
                    .put("mayMiss", mayMiss));
            if (mayMiss) {
                assertThat(Analysis.of(missing.unsaved()).findings())
                        .extracting(FairnessFinding::check)
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
    void work_put_off_until_the_clock_has_stopped_is_pointed_out() {
        SampleCampaign indebted = SAMPLE.withTrials(trial -> !trial.cellId().equals(VICTIM.cellId())
                ? trial
                : Edits.of(trial, tree -> {
                    cost(tree, Cost.DEBT_BYTES, 300 << 20);
                    cost(tree, Cost.SETTLED_OPERATIONS_PER_SECOND, 0.8 * trial.throughputOpsPerSecond());
                }));
        expect(indebted, "compaction-debt", Severity.NOTE, "owed 300 MiB of rewriting when the clock stopped");
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
