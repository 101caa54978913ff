package io.quorumark.results.store;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The process that may write a campaign: holds the folder's lock. Thread-safe. */
public final class CampaignWriter implements AutoCloseable {
    private final CampaignFolder folder;
    private final Campaign campaign;
    private final FileChannel lock;

    private CampaignWriter(CampaignFolder folder, Campaign campaign, FileChannel lock) {
        this.folder = folder;
        this.campaign = campaign;
        this.lock = lock;
    }

    /**
     * Begins a campaign.
     *
     * @param root absent, or an empty folder
     * @throws ResultsException it is a file, or not empty, or held by another process
     */
    public static CampaignWriter create(Path root, Campaign campaign) throws IOException {
        return create(root, campaign, folder -> {});
    }

    /** What a campaign's folder holds besides. */
    public interface Companions {
        void writeTo(CampaignFolder folder) throws IOException;
    }

    /**
     * Begins a campaign whose plan names files of its own folder.
     *
     * @param companions written before the campaign counts as begun
     */
    public static CampaignWriter create(Path root, Campaign campaign, Companions companions) throws IOException {
        refuseNonEmpty(root);
        CampaignFolder folder = new CampaignFolder(root);
        Files.createDirectories(folder.trials());
        FileChannel lock = takeLock(folder);
        try {
            if (Files.exists(folder.campaignJson())) {
                throw ResultsException.wrong(
                        root, "was taken by another campaign at the same moment; choose another with --out");
            }
            companions.writeTo(folder);
            AtomicFiles.write(folder.planYaml(), campaign.plan());
            AtomicFiles.write(folder.campaignJson(), ResultsJson.write(campaign));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
        return new CampaignWriter(folder, campaign, lock);
    }

    /**
     * Takes a campaign up again, and removes what was half-written when it was interrupted.
     *
     * @throws ResultsException it is no campaign, or held by another process
     */
    public static CampaignWriter resume(Path root) throws IOException {
        CampaignFolder folder = new CampaignFolder(root);
        Campaign campaign = CampaignReader.readCampaign(folder);
        FileChannel lock = takeLock(folder);
        try {
            removeTemporaryFiles(folder.root());
            removeTemporaryFiles(folder.trials());
        } catch (IOException e) {
            lock.close();
            throw e;
        }
        return new CampaignWriter(folder, campaign, lock);
    }

    /**
     * Refuses a folder that holds anything.
     *
     * @throws ResultsException it does, or it is a file
     */
    public static void refuseNonEmpty(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        if (!Files.isDirectory(root)) {
            throw ResultsException.wrong(
                    root, "is a file, expected an absent or empty folder; choose another with --out");
        }
        try (Stream<Path> entries = Files.list(root)) {
            if (entries.findAny().isPresent()) {
                throw ResultsException.wrong(
                        root,
                        "is not empty, expected an absent or empty folder; choose another with --out, or continue with"
                                + " --resume");
            }
        }
    }

    public Campaign campaign() {
        return campaign;
    }

    public CampaignFolder folder() {
        return folder;
    }

    /** The trial that has been stored for this block and cell; null if there is none yet. */
    public @Nullable Trial stored(int block, String cellId) {
        return Files.exists(folder.trialJson(block, cellId))
                ? CampaignReader.readTrial(folder, campaign, CampaignReader.sha256OfCampaign(folder), block, cellId)
                : null;
    }

    /**
     * Stores a trial: its histograms first, then the file that makes it count. Needs no lock, so that a trial's own process can do it.
     *
     * @param histogramLog in HdrHistogram's log format; empty if nothing was measured
     * @throws ResultsException a figure is negative or no number, the outcome contradicts the figures, or operations have no
     *     histograms; nothing has been written
     */
    public static void writeTrial(CampaignFolder folder, Trial trial, String histogramLog) throws IOException {
        TrialRules.check(folder.trialJson(trial.block(), trial.cellId()), trial);
        TrialRules.checkHistograms(folder.trialHistograms(trial.block(), trial.cellId()), trial, histogramLog);
        AtomicFiles.write(folder.trialHistograms(trial.block(), trial.cellId()), histogramLog);
        AtomicFiles.write(
                folder.trialJson(trial.block(), trial.cellId()),
                ResultsJson.write(StoredTrial.of(CampaignReader.sha256OfCampaign(folder), trial, histogramLog)));
    }

    private static FileChannel takeLock(CampaignFolder folder) throws IOException {
        FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException heldHere) {
            taken = false;
        }
        if (!taken) {
            channel.close();
            throw ResultsException.wrong(
                    folder.root(), "is being written by another process; wait for it, or stop it first");
        }
        return channel;
    }

    private static void removeTemporaryFiles(Path directory) throws IOException {
        try (DirectoryStream<Path> leftovers =
                Files.newDirectoryStream(directory, "*" + AtomicFiles.TEMPORARY_SUFFIX)) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        }
    }

    /** Lets the folder go. The lock's file stays: whoever deleted it could delete one that a third process has just locked. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
