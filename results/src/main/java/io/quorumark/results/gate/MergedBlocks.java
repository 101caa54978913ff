package io.quorumark.results.gate;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.CampaignWriter;
import io.quorumark.results.store.ResultsException;
import io.quorumark.results.store.StoredCampaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Campaigns of one block each as one campaign of many blocks: what two revisions measure by turns becomes two campaigns whose blocks of the same number ran one right after the
 * other. Trials keep everything but their campaign's id and their block.
 */
public final class MergedBlocks {
    private MergedBlocks() {}

    /**
     * Writes the merged campaign.
     *
     * @param blocks folders of complete campaigns of one block, in the order of their blocks
     * @param target absent, or an empty folder
     * @throws ResultsException a campaign has more than one block, is incomplete, or differs from the first in its cells, its host or its source
     */
    public static void write(List<Path> blocks, Path target) throws IOException {
        List<StoredCampaign> read = new ArrayList<>();
        for (Path block : blocks) {
            StoredCampaign stored = CampaignReader.read(block);
            check(block, stored, read.isEmpty() ? stored : read.get(0));
            read.add(stored);
        }
        Campaign merged = merged(read);
        try (CampaignWriter writer = CampaignWriter.create(target, merged)) {
            for (int block = 0; block < read.size(); block++) {
                CampaignFolder from = read.get(block).folder();
                for (Trial trial : read.get(block).trials()) {
                    String histograms = Files.readString(from.trialHistograms(0, trial.cellId()));
                    CampaignWriter.writeTrial(writer.folder(), inBlock(trial, merged.id(), block), histograms);
                }
            }
        }
    }

    private static void check(Path folder, StoredCampaign stored, StoredCampaign first) {
        Campaign campaign = stored.campaign();
        if (campaign.blockOrder().size() != 1 || !stored.isComplete()) {
            throw new ResultsException(
                    folder,
                    "has " + stored.trials().size() + " trials of "
                            + campaign.blockOrder().size() + " blocks, expected one complete block; measure it again");
        }
        if (!campaign.cells().equals(first.campaign().cells())
                || !campaign.host().fingerprint().equals(first.campaign().host().fingerprint())
                || !campaign.software().equals(first.campaign().software())) {
            throw new ResultsException(
                    folder,
                    "differs from " + first.folder().root()
                            + " in its cells, its host or its software, expected the same; measure all blocks again");
        }
    }

    private static Campaign merged(List<StoredCampaign> blocks) {
        Campaign first = blocks.get(0).campaign();
        Campaign.Design design = first.design();
        return new Campaign(
                first.formatVersion(),
                first.id() + "-merged",
                first.createdAt(),
                first.profile(),
                first.command(),
                first.seed(),
                first.software(),
                first.host(),
                "# one block each, " + blocks.size() + " times, by turns with another revision\n" + first.plan(),
                new Campaign.Design(
                        design.referenceEngine(),
                        design.equivalenceBand(),
                        design.confidence(),
                        blocks.size(),
                        design.maxHalfWidth(),
                        design.supportsVerdicts()),
                first.cells(),
                blocks.stream()
                        .map(block -> block.campaign().blockOrder().get(0))
                        .toList(),
                first.durability());
    }

    private static Trial inBlock(Trial trial, String campaignId, int block) {
        return new Trial(
                trial.formatVersion(),
                campaignId,
                trial.cellId(),
                block,
                trial.position(),
                trial.startedAt(),
                trial.outcome(),
                trial.reasons(),
                trial.phases(),
                trial.throughputOpsPerSecond(),
                trial.operations(),
                trial.errors(),
                trial.latency(),
                trial.series(),
                trial.steps(),
                trial.canary(),
                trial.resources(),
                trial.costs(),
                trial.replication(),
                trial.verification(),
                trial.effectiveOptions(),
                trial.engineStats(),
                trial.events());
    }
}
