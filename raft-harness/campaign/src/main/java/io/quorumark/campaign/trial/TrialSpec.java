package io.quorumark.campaign.trial;

import io.quorumark.campaign.engine.EnginePath;
import io.quorumark.campaign.engine.Engines;
import io.quorumark.raft.RaftSettings;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial.Canary;
import java.time.Instant;
import java.util.List;

/**
 * What a campaign tells a trial's JVM, as a JSON file in the trial's folder.
 *
 * @param campaignId whose trial it is
 * @param campaignFolder where the result goes
 * @param dataFolder the trial's own folder on the measured device
 * @param cell what to run
 * @param enginePath jars of engines that are not part of the program
 * @param workload of the cell: the name of a built-in one, or the absolute path of a file
 * @param block 0-based
 * @param position 0-based place within the block
 * @param startedAt when the campaign started this JVM
 * @param seed of stream and values: the same for every cell and block of a workload
 * @param raft how the group replicates
 * @param remoteMembers that somebody else has started, if so
 * @param backgroundThreads per engine instance
 * @param timeoutSeconds after which the campaign ends this JVM
 * @param memoryLimitBytes that the kernel must hold this JVM to; 0 for none
 * @param maxStealRatio above which the trial is void
 * @param maxOthersShare above which the trial is void
 * @param canary what the machine could do just before
 * @param unlikeCanary why the trial is void because of that; empty if it is not
 */
public record TrialSpec(
        String campaignId,
        String campaignFolder,
        String dataFolder,
        Cell cell,
        List<String> enginePath,
        String workload,
        int block,
        int position,
        Instant startedAt,
        long seed,
        RaftSettings raft,
        RemoteMembers remoteMembers,
        int backgroundThreads,
        int timeoutSeconds,
        long memoryLimitBytes,
        double maxStealRatio,
        double maxOthersShare,
        Canary canary,
        String unlikeCanary) {
    /** The program's own and those of {@code enginePath}. */
    Engines engines() {
        return Engines.with(EnginePath.of(enginePath));
    }
}
