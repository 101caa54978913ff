package io.quorumark.results.store;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A campaign as read from its folder. Immutable; two are equal if all that was read is. */
public final class StoredCampaign {
    private final CampaignFolder folder;
    private final Campaign campaign;
    private final List<Trial> trials;
    /** Sorted out once: whoever looks at cells asks for the trials of each, and there may be ten thousand. */
    private final Map<String, List<Trial>> byCell;

    /**
     * @param folder where it lies
     * @param campaign what was planned
     * @param trials what has run so far, in any order
     */
    public StoredCampaign(CampaignFolder folder, Campaign campaign, List<Trial> trials) {
        this.folder = folder;
        this.campaign = campaign;
        this.trials = trials.stream()
                .sorted(Comparator.comparingInt(Trial::block).thenComparingInt(Trial::position))
                .toList();
        this.byCell =
                this.trials.stream().collect(Collectors.groupingBy(Trial::cellId, Collectors.toUnmodifiableList()));
    }

    public CampaignFolder folder() {
        return folder;
    }

    public Campaign campaign() {
        return campaign;
    }

    /** In the order of blocks and positions. */
    public List<Trial> trials() {
        return trials;
    }

    /** The trials of one cell, in the order of blocks. */
    public List<Trial> trialsOf(String cellId) {
        return byCell.getOrDefault(cellId, List.of());
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredCampaign that
                && folder.equals(that.folder)
                && campaign.equals(that.campaign)
                && trials.equals(that.trials);
    }

    @Override
    public int hashCode() {
        return Objects.hash(folder, campaign, trials);
    }

    @Override
    public String toString() {
        return "campaign " + campaign.id() + " in " + folder.root() + ", trials " + trials.size();
    }
}
