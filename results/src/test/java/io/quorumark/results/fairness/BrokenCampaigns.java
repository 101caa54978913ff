package io.quorumark.results.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cost;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.Edits;
import java.util.List;
import java.util.function.Consumer;

/** A campaign that keeps all rules, to be broken by tests. */
final class BrokenCampaigns {
    static final SampleCampaign SAMPLE = SampleCampaign.of(SampleShape.ADR.withSize(2, 1));

    /** The trial that {@link #trial} changes. */
    static final Trial VICTIM = SAMPLE.trials().get(1).trial();

    private BrokenCampaigns() {}

    /** Another {@link #VICTIM}. */
    static SampleCampaign trial(Consumer<ObjectNode> change) {
        return SAMPLE.withTrials(trial -> trial.equals(VICTIM) ? Edits.of(trial, change) : trial);
    }

    /** Another description of the campaign. */
    static SampleCampaign campaign(Consumer<ObjectNode> change) {
        return SAMPLE.withCampaign(campaign -> Edits.of(campaign, Campaign.class, change));
    }

    static void cost(ObjectNode trial, Cost cost, double value) {
        trial.withObject("/costs/figures").put(cost.id(), value);
    }

    /** Expects a finding that contains {@code sentence}, and the exit code that goes with its severity. */
    static void expect(SampleCampaign campaign, String check, Severity severity, String sentence) {
        Analysis analysis = Analysis.of(campaign.unsaved());
        List<FairnessFinding> found = analysis.findings().stream()
                .filter(finding -> finding.check().equals(check) && finding.severity() == severity)
                .toList();
        assertThat(found).extracting(FairnessFinding::sentence).anyMatch(text -> text.contains(sentence));
        switch (severity) {
            case INCORRECT -> assertThat(analysis.exitCode()).isEqualTo(ExitCode.INCORRECT);
            case UNFAIR -> assertThat(analysis.exitCode()).isEqualTo(ExitCode.UNFAIR);
            case NOTE -> assertThat(analysis.exitCode()).isEqualTo(ExitCode.DONE);
        }
    }
}
