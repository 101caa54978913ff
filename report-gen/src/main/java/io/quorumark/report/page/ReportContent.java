package io.quorumark.report.page;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.analysis.LifecycleComparison;
import io.quorumark.results.cell.UnmeasuredCell;
import io.quorumark.results.decision.Decisions;
import io.quorumark.results.decision.GatedOption;
import io.quorumark.results.drill.DrillEvidence;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import io.quorumark.results.stats.VerdictReach;
import java.util.List;
import java.util.Optional;

/**
 * All that the documents have to say about a campaign, before any markup: made once for a set of documents, and handed to each that is
 * drawn.
 *
 * @param analysis that all of it follows from
 * @param campaign what ran
 * @param trials every one of them, those that do not count included
 * @param labelledCells the campaign's cells with label, colour and trials
 * @param groups groups of cells that are compared with each other, with their figures
 * @param drills held for this campaign
 * @param lifecycle how long starting, recovering, copying and compacting took
 * @param unmeasured planned cells of which no trial counts
 * @param decisions of this campaign alone; those that documents ask for are made once for all of them
 * @param gated its options at the gates of a record without weights file: of an engine for log and state, without limits
 * @param checks correctness, fairness and what else must hold
 */
public record ReportContent(
        Analysis analysis,
        Campaign campaign,
        List<Trial> trials,
        LabelledCells labelledCells,
        List<ComparisonGroup> groups,
        Optional<DrillEvidence> drills,
        LifecycleComparison lifecycle,
        List<UnmeasuredCell> unmeasured,
        Decisions decisions,
        List<GatedOption> gated,
        List<Check> checks) {

    public ReportContent {
        trials = List.copyOf(trials);
        groups = List.copyOf(groups);
        unmeasured = List.copyOf(unmeasured);
        gated = List.copyOf(gated);
        checks = List.copyOf(checks);
    }

    /** What this analysis has found. */
    public static ReportContent of(Analysis analysis) {
        return FromAnalysis.of(analysis);
    }

    /** Why no verdict of the groups' tables could be a difference, in a sentence; empty if one could, or if there are none to read. */
    public Optional<String> tooShortReach() {
        return groups.isEmpty() || isFlawed()
                ? Optional.empty()
                : analysis.tooShortReach().map(VerdictReach::sentence);
    }

    /** The same of the durations' table. */
    public Optional<String> tooShortReachOfDurations() {
        return lifecycle.tooShortReach(campaign.design()).map(VerdictReach::sentence);
    }

    /** Whether any check failed, so that no number supports a decision. */
    public boolean isFlawed() {
        return checks.stream().anyMatch(Check::failed);
    }
}
