package io.quorumark.results.store;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Latency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a campaign's folder, and refuses what cannot be trusted. */
public final class CampaignReader {
    private CampaignReader() {}

    /**
     * Reads everything but the histograms.
     *
     * @throws ResultsException a file is missing, truncated, edited, of another version, or contradicts another
     */
    public static StoredCampaign read(Path root) {
        CampaignFolder folder = new CampaignFolder(root);
        Campaign campaign = readCampaign(folder);
        List<Trial> trials = new ArrayList<>();
        for (int block = 0; block < campaign.blockOrder().size(); block++) {
            for (String cellId : campaign.blockOrder().get(block)) {
                if (Files.exists(folder.trialJson(block, cellId))) {
                    trials.add(readTrial(folder, campaign, block, cellId));
                }
            }
        }
        return new StoredCampaign(folder, campaign, trials);
    }

    static Campaign readCampaign(CampaignFolder folder) {
        Path file = folder.campaignJson();
        if (!Files.exists(file)) {
            throw new ResultsException(
                    folder.root(), "holds no campaign.json, expected the folder of a campaign; check the path");
        }
        Campaign campaign = ResultsJson.read(file, Campaign.class);
        checkVersion(file, campaign.formatVersion());
        for (List<String> block : campaign.blockOrder()) {
            for (String cellId : block) {
                if (campaign.cells().stream().noneMatch(cell -> cell.id().equals(cellId))) {
                    throw new ResultsException(file, "orders cell '" + cellId + "', which it does not describe");
                }
            }
        }
        return campaign;
    }

    static Trial readTrial(CampaignFolder folder, Campaign campaign, int block, String cellId) {
        Path file = folder.trialJson(block, cellId);
        StoredTrial stored = ResultsJson.read(file, StoredTrial.class);
        Trial trial = stored.trial();
        checkVersion(file, trial.formatVersion());
        if (!Sha256.of(ResultsJson.write(trial)).equals(stored.trialSha256())) {
            throw new ResultsException(file, "does not match its own checksum: it was edited; restore it from a copy");
        }
        if (!trial.campaignId().equals(campaign.id())
                || trial.block() != block
                || !trial.cellId().equals(cellId)) {
            throw new ResultsException(
                    file,
                    "is block " + (trial.block() + 1) + " of cell " + trial.cellId() + " of campaign "
                            + trial.campaignId() + ", expected block " + (block + 1) + " of " + cellId + " of "
                            + campaign.id() + "; remove what does not belong here");
        }
        checkFigures(file, trial);
        checkHistograms(folder, stored);
        return trial;
    }

    private static void checkVersion(Path file, int version) {
        if (version != Campaign.FORMAT_VERSION) {
            throw new ResultsException(
                    file,
                    "has format version " + version + ", expected " + Campaign.FORMAT_VERSION
                            + "; read it with the version of quorumark that wrote it");
        }
    }

    private static void checkFigures(Path file, Trial trial) {
        checkFigure(file, "throughputOpsPerSecond", trial.throughputOpsPerSecond());
        checkFigure(file, "operations", (double) trial.operations());
        checkFigure(file, "errors", (double) trial.errors());
        checkFigure(file, "cpuNanosPerOperation", trial.resources().cpuNanosPerOperation());
        checkFigure(file, "allocatedBytesPerOperation", trial.resources().allocatedBytesPerOperation());
        for (Latency latency : trial.latency().values()) {
            checkFigure(file, "latency.meanMicros", latency.meanMicros());
            latency.percentileMicros().forEach((name, micros) -> checkFigure(file, "latency.p" + name, micros));
        }
        if (trial.outcome() == Trial.Outcome.VALID && trial.operations() == 0) {
            throw new ResultsException(file, "is VALID without a single operation");
        }
    }

    private static void checkFigure(Path file, String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new ResultsException(file, name + " is " + value + ", expected a number from 0 on");
        }
    }

    private static void checkHistograms(CampaignFolder folder, StoredTrial stored) {
        Path file =
                folder.trialHistograms(stored.trial().block(), stored.trial().cellId());
        try {
            String log = Files.readString(file);
            if (!Sha256.of(log).equals(stored.histogramsSha256())) {
                throw new ResultsException(
                        file, "does not match the checksum in its trial: it was edited or cut; restore it from a copy");
            }
            if (log.isEmpty() && stored.trial().operations() > 0) {
                throw new ResultsException(
                        file,
                        "is empty although its trial has " + stored.trial().operations() + " operations");
            }
        } catch (IOException e) {
            throw new ResultsException(file, "cannot be read (" + e + ")", e);
        }
    }
}
