package io.quorumark.results.fairness;

import static io.quorumark.results.fairness.BrokenCampaigns.SAMPLE;
import static io.quorumark.results.fairness.BrokenCampaigns.VICTIM;
import static io.quorumark.results.fairness.BrokenCampaigns.expect;
import static io.quorumark.results.fairness.BrokenCampaigns.trial;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.sample.SampleCampaign;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether machine and JVM were fit to measure on. Each test breaks one rule in a campaign that keeps them all. */
class MachineRulesTest {
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
    void other_work_beside_a_campaign_is_named() {
        assertThat(OtherWork.in(SAMPLE.unsaved().trials()).isNotable()).isFalse();
        SampleCampaign busy = trial(tree -> tree.withObject("/costs/figures").put("processors.others.share", 0.34));
        assertThat(Analysis.of(busy.unsaved()).findings())
                .filteredOn(finding -> finding.check().equals("quiet-machine"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .startsWith("The campaign ran beside other work: other processes took")
                        .contains("34.0 % at the most"));
        SampleCampaign leftOut = trial(
                tree -> tree.put("outcome", "VOID").withObject("/costs/figures").put("processors.others.share", 0.34));
        assertThat(OtherWork.in(leftOut.unsaved().trials()).isNotable())
                .as("beside a trial that does not count")
                .isFalse();
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
                .map(FairnessFinding::sentence)
                .toList();
    }
}
