package io.quorumark.campaign.linearizability;

import io.quorumark.campaign.Folders;
import io.quorumark.campaign.drill.DrillRun.Stores;
import io.quorumark.campaign.support.Await;
import io.quorumark.raft.ClusterConfig;
import io.quorumark.raft.LocalCluster;
import io.quorumark.raft.SnapshotPolicy;
import io.quorumark.raft.StoreSpec;
import io.quorumark.raft.linearizability.History;
import io.quorumark.raft.linearizability.LinearizabilityChecker;
import io.quorumark.raft.linearizability.LinearizabilityVerdict;
import io.quorumark.raft.linearizability.RegisterStore;
import io.quorumark.raft.linearizability.RegisterWorkload;
import io.quorumark.raft.linearizability.RegisterWorkloadSpec;
import io.quorumark.raft.nemesis.FaultSchedule;
import io.quorumark.raft.nemesis.FaultyDisk;
import io.quorumark.raft.nemesis.LocalVictims;
import io.quorumark.raft.nemesis.Nemesis;
import io.quorumark.results.model.LinearizabilityFinding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Groups of three in this JVM, one after the other, each under a schedule of faults of its own: members are stopped, paused and cut off,
 * disks slow or full. Clients write, read and compare-and-set all the while, and their histories are checked.
 */
public final class LinearizabilityRun {
    private static final Duration ELECTION_TIMEOUT = Duration.ofMillis(150);
    private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SLOW_COMMIT = Duration.ofMillis(40);
    private static final Duration LEADER_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long SNAPSHOT_EVERY = 300;
    private static final int ANSWERS = 50;
    private static final int COMPARE_AND_SET_EVERY = 4;

    private final Path folder;
    private final int runs;
    private final Duration length;
    private final long seed;

    /**
     * @param folder existing; each group lives in one below it, which is removed after it
     * @param runs of each kind of group, at least 1
     * @param length of a schedule of faults
     * @param seed from which faults and operations follow
     */
    public LinearizabilityRun(Path folder, int runs, Duration length, long seed) {
        this.folder = folder;
        this.runs = runs;
        this.length = length;
        this.seed = seed;
    }

    /**
     * Runs all groups on these stores.
     *
     * @param done called after each
     * @throws io.quorumark.campaign.support.HarnessException a group did not answer again after its faults
     */
    public LinearizabilityFinding of(Stores stores, Runnable done) throws IOException, InterruptedException {
        long operations = 0;
        long faults = 0;
        int undecided = 0;
        List<String> violations = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            Path own = folder.resolve(stores.engine().id() + "-" + run);
            Outcome outcome = run(own, stores, seed + run);
            Folders.remove(own);
            operations += outcome.history().operations().size();
            faults += outcome.faults();
            LinearizabilityVerdict verdict = new LinearizabilityChecker().check(outcome.history());
            if (verdict instanceof LinearizabilityVerdict.Violation) {
                violations.add("seed " + (seed + run) + ": "
                        + verdict.describe().lines().findFirst().orElse("a violation"));
            } else if (verdict instanceof LinearizabilityVerdict.Undecided) {
                undecided++;
            }
            done.run();
        }
        return new LinearizabilityFinding(
                stores.engine().id(),
                stores.engine().facts().libraryVersion(),
                stores.log().provider().id(),
                ClusterConfig.DEFAULT_MEMBERS,
                runs,
                operations,
                faults,
                violations,
                undecided,
                seed,
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    private record Outcome(History history, int faults) {}

    private Outcome run(Path own, Stores stores, long ownSeed) throws InterruptedException {
        FaultyDisk log = new FaultyDisk(stores.log().provider());
        FaultyDisk state = new FaultyDisk(stores.state().provider());
        ClusterConfig config = ClusterConfig.of(own, on(log, stores.log()), on(state, stores.state()))
                .withElectionTimeout(ELECTION_TIMEOUT)
                .withOperationTimeout(OPERATION_TIMEOUT)
                .withSnapshots(SnapshotPolicy.everyEntries(SNAPSHOT_EVERY));
        try (LocalCluster cluster = LocalCluster.start(config)) {
            cluster.awaitLeader(LEADER_TIMEOUT);
            LocalVictims victims = new LocalVictims(cluster, List.of(log, state), SLOW_COMMIT);
            FaultSchedule schedule = FaultSchedule.draw(ownSeed, victims.possible(), length.toMillis());
            RegisterWorkloadSpec.Mix mix = ownSeed % COMPARE_AND_SET_EVERY == 0
                    ? RegisterWorkloadSpec.Mix.BLIND_COMPARE_AND_SET
                    : RegisterWorkloadSpec.Mix.UNIQUE_VALUES;
            try (RegisterWorkload clients =
                    RegisterWorkload.start(RegisterWorkloadSpec.of(ownSeed).withMix(mix), waysInto(cluster))) {
                Await.until("the group answers", PATIENCE_NANOS, () -> clients.answered() > ANSWERS);
                Nemesis.unleash(schedule, victims);
                long before = clients.answered();
                Await.until(
                        "the group answers after its faults",
                        PATIENCE_NANOS,
                        () -> clients.answered() > before + ANSWERS);
                return new Outcome(clients.stop(LAST_ANSWERS), schedule.faults().size());
            }
        }
    }

    private static StoreSpec on(FaultyDisk disk, StoreSpec spec) {
        return new StoreSpec(
                disk,
                spec.durability(),
                spec.memoryBudgetBytes(),
                spec.backgroundThreads(),
                spec.maxDataBytes(),
                spec.options());
    }

    /** Half of the clients know the leader at once, the others ask one member each. */
    private static List<RegisterStore> waysInto(LocalCluster cluster) {
        List<RegisterStore> ways = new ArrayList<>();
        cluster.members().forEach(member -> {
            ways.add(RegisterStore.of(cluster.client()));
            ways.add(RegisterStore.of(member));
        });
        return ways;
    }
}
