package io.quorumark.results.fairness;

import io.quorumark.results.cell.TrialLabels;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.model.Trial.SeriesPoint;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The clock of every trial that counts went on second by second. A machine that was suspended, or whose clock was set, leaves seconds out
 * or a rate that its operations contradict.
 */
final class SteadyClock implements FairnessCheck {
    private static final String ID = "steady-clock";
    private static final double TOLERATED_SECONDS = 1.5;
    private static final double TOLERATED_SHARE = 0.05;

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        List<FairnessFinding> findings = new ArrayList<>();
        for (Trial trial : stored.trials()) {
            if (trial.outcome() == Outcome.VALID) {
                wrong(trial)
                        .map(wrong ->
                                "In " + TrialLabels.of(stored.campaign().cell(trial.cellId()), trial) + " " + wrong)
                        .ifPresent(sentence -> findings.add(new FairnessFinding(ID, Severity.NOTE, sentence)));
            }
        }
        return findings;
    }

    private static Optional<String> wrong(Trial trial) {
        List<SeriesPoint> series = trial.series();
        for (int i = 0; i < series.size(); i++) {
            if (series.get(i).second() != i) {
                return Optional.of("the clock stepped: second " + i + " of the measured window is missing.");
            }
        }
        double seconds = trial.operations() / trial.throughputOpsPerSecond();
        double tolerated = Math.max(TOLERATED_SECONDS, TOLERATED_SHARE * series.size());
        return series.isEmpty() || Math.abs(seconds - series.size()) <= tolerated
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the clock stepped: by its rate the measured window took %.1f s, and its time series has %d.",
                        seconds,
                        series.size()));
    }
}
