package io.quorumark.results.fairness;

import io.quorumark.results.store.StoredCampaign;
import java.util.List;

/** All checks of a campaign's fairness. */
public final class FairnessChecks {
    private static final FairnessCheck RIGHT_CONTENT = new RightContent();

    private static final List<FairnessCheck> ALL = List.of(
            RIGHT_CONTENT,
            new SameStream(),
            new SameConditions(),
            new SameJvm(),
            new RealDevice(),
            new OneLogOwner(),
            new CompressibleValues(),
            new EnoughSamples(),
            new NoFailedOperations(),
            new MissedReads(),
            new OneLeader(),
            new IntendedRate(),
            new BracketedKnee(),
            new PlausibleSyncs(),
            new CountedSyncs(),
            new KeptMemory(),
            new CompactionDebt(),
            new NoiseFloor(),
            new QuietMachine(),
            new KnownSlowdown(),
            new CeilingAboveEngines(),
            new FallingThroughput(),
            new SteadyTrials(),
            new WarmJvm(),
            new SteadyClock());

    private FairnessChecks() {}

    /** What breaks a rule, the worst first; empty if all is well. */
    public static List<FairnessFinding> findings(StoredCampaign stored) {
        return ALL.parallelStream()
                .flatMap(check -> check.check(stored).stream())
                .sorted((a, b) -> b.severity().compareTo(a.severity()))
                .toList();
    }

    /** What is wrong with the content of replicas; empty if nothing is. */
    public static List<FairnessFinding> wrongContent(StoredCampaign stored) {
        return RIGHT_CONTENT.check(stored);
    }
}
