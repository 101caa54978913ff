package io.quorumark.results.store;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import java.util.Comparator;
import java.util.List;

/**
 * A campaign as read from its folder.
 *
 * @param folder where it lies
 * @param campaign what was planned
 * @param trials what has run so far, in the order of blocks and positions
 */
public record StoredCampaign(CampaignFolder folder, Campaign campaign, List<Trial> trials) {
    public StoredCampaign {
        trials = trials.stream()
                .sorted(Comparator.comparingInt(Trial::block).thenComparingInt(Trial::position))
                .toList();
    }

    /** The trials of one cell, in the order of blocks. */
    public List<Trial> trialsOf(String cellId) {
        return trials.stream().filter(trial -> trial.cellId().equals(cellId)).toList();
    }

    /** How many trials were to run: those of the planned blocks, and those of every further one that was begun. */
    public int plannedTrials() {
        return campaign.blockOrder().stream()
                .limit(plannedBlocks())
                .mapToInt(List::size)
                .sum();
    }

    /** How many blocks were to run: the planned ones, and every further one that was begun. */
    public int plannedBlocks() {
        int begun = trials.isEmpty() ? 0 : trials.get(trials.size() - 1).block() + 1;
        return Math.max(campaign.design().blocks(), begun);
    }

    /** Whether every planned trial has run. */
    public boolean isComplete() {
        return trials.size() == plannedTrials();
    }
}
