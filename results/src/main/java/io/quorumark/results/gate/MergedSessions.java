package io.quorumark.results.gate;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.CampaignWriter;
import io.quorumark.results.store.Manifest;
import io.quorumark.results.store.ResultsException;
import io.quorumark.results.store.StoredCampaign;
import io.quorumark.results.text.Plural;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a gate measured of one revision in several sessions, as one campaign: the blocks of the first session, then those of the
 * second, and so on. Trials keep everything but their
 * campaign's id and their block.
 */
public final class MergedSessions {
    private MergedSessions() {}

    /**
     * Writes the merged campaign.
     *
     * @param sessions folders of complete campaigns
     * @param target absent, or an empty folder
     * @throws ResultsException a campaign is incomplete, or differs from the first in its cells, its seed, its host or its software
     */
    public static void write(List<Path> sessions, Path target) throws IOException {
        List<StoredCampaign> read = new ArrayList<>();
        for (Path session : sessions) {
            StoredCampaign stored = CampaignReader.read(session);
            check(session, stored, read.isEmpty() ? stored : read.get(0));
            read.add(stored);
        }
        Campaign merged = merged(read);
        try (CampaignWriter writer = CampaignWriter.create(target, merged)) {
            int before = 0;
            for (StoredCampaign session : read) {
                for (Trial trial : session.trials()) {
                    String histograms =
                            Files.readString(session.folder().trialHistograms(trial.block(), trial.cellId()));
                    CampaignWriter.writeTrial(
                            writer.folder(), inBlock(trial, merged.id(), before + trial.block()), histograms);
                }
                before += session.campaign().blockOrder().size();
            }
            Manifest.seal(writer.folder());
        }
    }

    private static void check(Path folder, StoredCampaign stored, StoredCampaign first) {
        Campaign campaign = stored.campaign();
        Campaign other = first.campaign();
        if (!stored.isComplete()) {
            throw ResultsException.wrong(
                    folder,
                    "has " + Plural.of(stored.trials().size(), "trial") + " of "
                            + Plural.of(campaign.blockOrder().size(), "block")
                            + ", expected all of them; measure it again");
        }
        if (!campaign.cells().equals(other.cells())
                || campaign.seed() != other.seed()
                || !campaign.host().fingerprint().equals(other.host().fingerprint())
                || !campaign.software().equals(other.software())) {
            throw ResultsException.wrong(
                    folder,
                    "differs from " + first.folder().root()
                            + " in its cells, its seed, its host or its software, expected the same; measure both again");
        }
    }

    private static Campaign merged(List<StoredCampaign> sessions) {
        Campaign first = sessions.get(0).campaign();
        Campaign.Design design = first.design();
        List<List<String>> blockOrder = sessions.stream()
                .flatMap(session -> session.campaign().blockOrder().stream())
                .toList();
        return new Campaign(
                first.formatVersion(),
                first.id() + "-merged",
                first.createdAt(),
                first.profile(),
                first.command(),
                first.seed(),
                first.software(),
                first.host(),
                "# " + sessions.size() + " sessions, one after another\n" + first.plan(),
                new Campaign.Design(
                        design.referenceEngine(),
                        design.equivalenceBand(),
                        design.confidence(),
                        blockOrder.size(),
                        design.maxHalfWidth(),
                        design.supportsVerdicts()),
                first.cells(),
                blockOrder,
                first.durability(),
                first.linearizability());
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
                trial.timekeeping(),
                trial.resources(),
                trial.costs(),
                trial.replication(),
                trial.verification(),
                trial.effectiveOptions(),
                trial.engineStats(),
                trial.events(),
                trial.readMisses(),
                trial.jvm(),
                trial.stalls(),
                trial.paced());
    }
}
