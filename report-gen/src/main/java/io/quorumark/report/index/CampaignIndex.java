package io.quorumark.report.index;

import io.quorumark.results.model.Host;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Campaigns by machine.
 *
 * @param version of the program that makes it
 * @param machines the one with the latest campaign first
 * @param leftOut by folder
 */
public record CampaignIndex(String version, List<Machine> machines, List<LeftOutFolder> leftOut) {
    private static final Comparator<CampaignCard> LATEST_FIRST = Comparator.comparing(CampaignCard::createdAt)
            .reversed()
            .thenComparing(card -> card.documents().folder());

    public CampaignIndex {
        machines = List.copyOf(machines);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * The campaigns of one machine.
     *
     * @param host as its latest campaign describes it
     * @param campaigns the latest first
     */
    public record Machine(Host host, List<CampaignCard> campaigns) {
        public Machine {
            campaigns = List.copyOf(campaigns);
        }
    }

    /** Puts them in order: the same campaigns give the same index, in whatever order they were found. */
    public static CampaignIndex of(String version, List<CampaignCard> cards, List<LeftOutFolder> leftOut) {
        Map<String, List<CampaignCard>> byMachine = new LinkedHashMap<>();
        cards.stream()
                .sorted(LATEST_FIRST)
                .forEach(card -> byMachine
                        .computeIfAbsent(card.host().fingerprint(), fingerprint -> new ArrayList<>())
                        .add(card));
        return new CampaignIndex(
                version,
                byMachine.values().stream()
                        .map(own -> new Machine(own.get(0).host(), own))
                        .toList(),
                leftOut.stream()
                        .sorted(Comparator.comparing(LeftOutFolder::folder).thenComparing(LeftOutFolder::problem))
                        .toList());
    }

    /** {@code 5 campaigns on 2 machines}. */
    public String summary() {
        int campaigns = machines.stream()
                .mapToInt(machine -> machine.campaigns().size())
                .sum();
        return Plural.of(campaigns, "campaign") + " on " + Plural.of(machines.size(), "machine");
    }
}
