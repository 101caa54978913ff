package io.quorumark.results.store;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads a campaign's folder, and refuses what cannot be trusted. */
public final class CampaignReader {
    /** What is searched is not decoded: UTF-8 looks the same as these in all that is ASCII. */
    private static final Charset ONE_CHARACTER_A_BYTE = StandardCharsets.ISO_8859_1;

    private CampaignReader() {}

    /**
     * Reads everything but the histograms, on all processors.
     *
     * @throws ResultsException a file is missing, truncated, edited, of another version, or contradicts another
     */
    public static StoredCampaign read(Path root) {
        CampaignFolder folder = new CampaignFolder(root);
        Campaign campaign = readCampaign(folder);
        String campaignSha256 = sha256OfCampaign(folder);
        Set<Path> present = presentTrials(folder, campaign);
        List<Read> reads = IntStream.range(0, campaign.blockOrder().size())
                .boxed()
                .flatMap(block -> campaign.blockOrder().get(block).stream().map(cellId -> new Place(block, cellId)))
                .toList()
                .parallelStream()
                .filter(place -> present.contains(folder.trialJson(place.block(), place.cellId())))
                .map(place -> read(folder, campaign, campaignSha256, place))
                .toList();
        List<Trial> trials = new ArrayList<>(reads.size());
        for (Read read : reads) {
            trials.add(read.orThrow());
        }
        return new StoredCampaign(folder, campaign, trials);
    }

    private record Place(int block, String cellId) {}

    /** A trial or what is wrong with it, so that of several broken trials always the first is reported, whichever was read first. */
    private record Read(@Nullable Trial trial, @Nullable ResultsException wrong) {
        Trial orThrow() {
            if (wrong != null) {
                throw wrong;
            }
            return Objects.requireNonNull(trial);
        }
    }

    private static Read read(CampaignFolder folder, Campaign campaign, String campaignSha256, Place place) {
        try {
            return new Read(readTrial(folder, campaign, campaignSha256, place.block(), place.cellId()), null);
        } catch (ResultsException e) {
            return new Read(null, e);
        }
    }

    static Campaign readCampaign(CampaignFolder folder) {
        Path file = folder.campaignJson();
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw ResultsException.wrong(
                    folder.root(), "holds no campaign.json, expected the folder of a campaign; check the path");
        }
        Campaign campaign = ResultsJson.read(file, Campaign.class);
        CampaignRules.check(file, campaign);
        checkPlan(folder, campaign);
        return campaign;
    }

    /**
     * The files of all trials that have run. A trial that the order does not name would otherwise be left out in silence: it is refused.
     */
    private static Set<Path> presentTrials(CampaignFolder folder, Campaign campaign) {
        Set<Path> ordered = new HashSet<>();
        for (int block = 0; block < campaign.blockOrder().size(); block++) {
            for (String cellId : campaign.blockOrder().get(block)) {
                ordered.add(folder.trialJson(block, cellId));
            }
        }
        Set<Path> present = new HashSet<>();
        if (!Files.exists(folder.trials(), LinkOption.NOFOLLOW_LINKS)) {
            return present; // no trial has run, or an archive has dropped the empty folder
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.trials(), "*.json")) {
            for (Path file : files) {
                if (!ordered.contains(file)) {
                    throw new ResultsException(
                            file,
                            "is no trial that campaign.json orders, expected one of its blocks and cells; remove what"
                                    + " does not belong here");
                }
                present.add(file);
            }
        } catch (DirectoryIteratorException e) {
            throw ResultsException.unreadable(folder.trials(), Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw ResultsException.unreadable(folder.trials(), e);
        }
        return present;
    }

    private static void checkPlan(CampaignFolder folder, Campaign campaign) {
        if (!new String(bytes(folder.planYaml()), StandardCharsets.UTF_8).equals(campaign.plan())) {
            throw new ResultsException(
                    folder.planYaml(), "is not the plan in campaign.json: it was edited; restore it from a copy");
        }
    }

    static String sha256OfCampaign(CampaignFolder folder) {
        return Sha256.of(bytes(folder.campaignJson()));
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ResultsException(file, "is missing; restore it from a copy", e);
        } catch (IOException e) {
            throw ResultsException.unreadable(file, e);
        }
    }

    /** @param campaignSha256 of {@code campaign.json} as it is now */
    static Trial readTrial(CampaignFolder folder, Campaign campaign, String campaignSha256, int block, String cellId) {
        Path file = folder.trialJson(block, cellId);
        byte[] json = bytes(file);
        StoredTrial stored = ResultsJson.parse(file, json, StoredTrial.class);
        Trial trial = stored.trial();
        TrialRules.check(file, trial);
        if (!isAsWritten(json, stored)) {
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
        int place = campaign.blockOrder().get(block).indexOf(cellId);
        if (trial.position() != place) {
            throw new ResultsException(
                    file,
                    "ran at place " + (trial.position() + 1) + " of its block, expected place " + (place + 1)
                            + " as campaign.json orders; remove what does not belong here");
        }
        if (!stored.campaignSha256().equals(campaignSha256)) {
            throw new ResultsException(
                    folder.campaignJson(),
                    "is not the file under which " + file.getFileName()
                            + " was measured: it was edited; restore it from a copy");
        }
        checkHistograms(folder, stored);
        return trial;
    }

    /**
     * Whether the trial is the one that its checksum was made of. The text that was hashed stands in the file; only if the file was laid
     * out anew must the trial be written again to tell.
     */
    private static boolean isAsWritten(byte[] json, StoredTrial stored) {
        return TrialText.in(json)
                        .filter(text -> Sha256.of(text).equals(stored.trialSha256()))
                        .isPresent()
                || Sha256.of(ResultsJson.write(stored.trial())).equals(stored.trialSha256());
    }

    private static void checkHistograms(CampaignFolder folder, StoredTrial stored) {
        Path file =
                folder.trialHistograms(stored.trial().block(), stored.trial().cellId());
        byte[] log = bytes(file);
        if (!Sha256.of(log).equals(stored.histogramsSha256())) {
            throw new ResultsException(
                    file, "does not match the checksum in its trial: it was edited or cut; restore it from a copy");
        }
        TrialRules.checkHistograms(file, stored.trial(), new String(log, ONE_CHARACTER_A_BYTE));
    }
}
