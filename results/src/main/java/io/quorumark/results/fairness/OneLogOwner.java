package io.quorumark.results.fairness;

import io.quorumark.results.cell.TrialLabels;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The Raft log alone owns the durability of a group. A state engine that syncs its own commits as well pays for every write twice, and must
 * not be compared with one that does not.
 */
final class OneLogOwner implements FairnessCheck {
    private static final String ID = "one-log-owner";

    private static final String POWER_LOSS = "POWER_LOSS";

    /** Of one writer, by the evidence: an engine that does not own durability has no reason to sync that often. */
    private static final double SYNCS_PER_COMMIT_OF_AN_OWNER = 0.5;

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        List<Cell> groups = stored.campaign().cells().stream()
                .filter(cell -> cell.target().isReplicated() && !cell.isHarnessCeiling())
                .filter(cell -> cell.cluster().logDurability().equals(POWER_LOSS))
                .toList();
        List<Cell> twice = groups.stream().filter(OneLogOwner::stateOwnsToo).toList();
        List<FairnessFinding> findings = new ArrayList<>();
        boolean mixed = twice.size() < groups.size();
        for (Cell cell : twice) {
            findings.add(new FairnessFinding(
                    ID,
                    mixed ? Severity.UNFAIR : Severity.NOTE,
                    TrialLabels.of(cell)
                            + " syncs its state's commits as well as its log: every write is made durable twice"
                            + (mixed ? ", and not so in all engines." : ".")));
        }
        for (Cell cell : groups) {
            if (!stateOwnsToo(cell)) {
                unexpectedSyncs(stored.campaign(), cell).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private static boolean stateOwnsToo(Cell cell) {
        return cell.cluster().stateDurability().equals(POWER_LOSS);
    }

    private static Optional<FairnessFinding> unexpectedSyncs(Campaign campaign, Cell cell) {
        return campaign.durability().stream()
                .filter(known -> known.engine().equals(cell.cluster().stateEngine())
                        && known.level().equals(cell.cluster().stateDurability())
                        && known.syncsPerCommit() >= SYNCS_PER_COMMIT_OF_AN_OWNER)
                .findFirst()
                .map(known -> new FairnessFinding(
                        ID,
                        Severity.NOTE,
                        String.format(
                                Locale.ROOT,
                                "%s makes %.2f syncs per commit of its state although that asks for %s only: it pays for durability"
                                        + " that the log already has.",
                                TrialLabels.of(cell),
                                known.syncsPerCommit(),
                                known.level())));
    }
}
