package io.quorumark.results.store;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What holds for every stored campaign, checked after it is read: what follows would otherwise fail far from its cause, or count a trial
 * twice.
 */
final class CampaignRules {
    private CampaignRules() {}

    /** @throws ResultsException naming the first thing that cannot be */
    static void check(Path file, Campaign campaign) {
        if (campaign.formatVersion() != Campaign.FORMAT_VERSION) {
            throw ResultsException.otherVersion(file, campaign.formatVersion(), Campaign.FORMAT_VERSION);
        }
        checkDesign(file, campaign.design());
        checkOrder(file, campaign);
    }

    private static void checkDesign(Path file, Campaign.Design design) {
        if (!(design.equivalenceBand() >= 0 && design.equivalenceBand() < Double.POSITIVE_INFINITY)) {
            throw new ResultsException(
                    file,
                    "design.equivalenceBand is " + design.equivalenceBand()
                            + ", expected a number from 0 on such as 0.05");
        }
        if (!(design.confidence() > 0 && design.confidence() < 1)) {
            throw new ResultsException(
                    file, "design.confidence is " + design.confidence() + ", expected more than 0 and less than 1");
        }
    }

    private static void checkOrder(Path file, Campaign campaign) {
        Set<String> known = campaign.cells().stream().map(Cell::id).collect(Collectors.toSet());
        if (known.size() < campaign.cells().size()) {
            throw new ResultsException(file, "describes two cells with the same id, expected one of each");
        }
        for (int block = 0; block < campaign.blockOrder().size(); block++) {
            checkBlock(file, block, campaign.blockOrder().get(block), known);
        }
    }

    private static void checkBlock(Path file, int block, List<String> order, Set<String> known) {
        Set<String> seen = new HashSet<>();
        for (String cellId : order) {
            if (!known.contains(cellId)) {
                throw new ResultsException(file, "orders cell '" + cellId + "', which it does not describe");
            }
            if (!seen.add(cellId)) {
                throw new ResultsException(
                        file,
                        "orders cell '" + cellId + "' twice in block " + (block + 1) + ", expected once at the most");
            }
        }
    }
}
