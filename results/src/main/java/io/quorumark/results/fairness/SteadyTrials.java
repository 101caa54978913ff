package io.quorumark.results.fairness;

import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.stats.SteadyState;
import io.quorumark.results.stats.SteadyState.State;
import io.quorumark.results.stats.WindowSlope;
import io.quorumark.results.store.StoredCampaign;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The measured window of every trial that counts is steady from its beginning. What was not is named, and counts: leaving it out would
 * favour whoever degrades. Throughput that falls is told by {@link FallingThroughput}, and not once more here.
 */
final class SteadyTrials implements FairnessCheck {
    private static final String ID = "steady-state";

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        double tolerance = stored.campaign().design().equivalenceBand();
        List<FairnessFinding> findings = new ArrayList<>();
        for (Cell cell : stored.campaign().cells()) {
            List<Trial> valid = stored.trialsOf(cell.id()).stream()
                    .filter(trial -> trial.outcome() == Outcome.VALID)
                    .toList();
            List<SteadyState> unsteady = valid.stream()
                    .map(Metric::operationsPerWindow)
                    .filter(windows -> !WindowSlope.of(windows, tolerance).isFalling())
                    .map(windows -> SteadyState.of(windows, tolerance))
                    .filter(steady -> steady.state() == State.NEVER)
                    .toList();
            if (!unsteady.isEmpty()) {
                findings.add(new FairnessFinding(
                        ID,
                        Severity.NOTE,
                        String.format(
                                Locale.ROOT,
                                "%s on %s reached no steady throughput in %d of %s: from first to last third it moved by a factor of"
                                        + " %.2f in the worst.",
                                cell.engineName(),
                                cell.workload(),
                                unsteady.size(),
                                Plural.of(valid.size(), "trial"),
                                worst(unsteady))));
            }
        }
        return findings;
    }

    private static double worst(List<SteadyState> unsteady) {
        return unsteady.stream()
                .map(SteadyState::driftRatio)
                .max((a, b) -> Double.compare(Math.abs(Math.log(a)), Math.abs(Math.log(b))))
                .orElseThrow();
    }
}
