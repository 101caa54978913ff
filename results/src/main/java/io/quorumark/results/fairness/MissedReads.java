package io.quorumark.results.fairness;

import io.quorumark.results.cell.TrialLabels;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.model.Trial.ReadMisses;
import io.quorumark.results.store.StoredCampaign;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads find what they ask for, unless the workload means them to miss: a miss costs an engine something else than a read. */
final class MissedReads implements FairnessCheck {
    private static final String ID = "missed-reads";

    /** Fewer are those that overtake the write of what they ask for. */
    private static final double TOLERATED_SHARE = 0.01;

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        return stored.campaign().cells().stream()
                .flatMap(cell -> worst(stored, cell).stream()
                        .map(reads -> new FairnessFinding(ID, Severity.NOTE, sentence(cell, reads))))
                .toList();
    }

    private static Optional<ReadMisses> worst(StoredCampaign stored, Cell cell) {
        return stored.trials().stream()
                .filter(trial -> trial.cellId().equals(cell.id()) && trial.outcome() == Outcome.VALID)
                .map(Trial::readMisses)
                .flatMap(reads -> Optional.ofNullable(reads).stream())
                .filter(reads -> !reads.mayMiss() && reads.missedShare() > TOLERATED_SHARE && !cell.isHarnessCeiling())
                .max(Comparator.comparingDouble(ReadMisses::missedShare));
    }

    private static String sentence(Cell cell, ReadMisses reads) {
        return String.format(
                Locale.ROOT,
                "On %s %.3g %% of the operations read a key that was not there (%,d of %,d), and the workload does not"
                        + " say that reads may miss: load more records (%,d were asked for), or set readsMayMiss.",
                TrialLabels.of(cell),
                100 * reads.missedShare(),
                reads.missed(),
                reads.operations(),
                cell.load().records());
    }
}
