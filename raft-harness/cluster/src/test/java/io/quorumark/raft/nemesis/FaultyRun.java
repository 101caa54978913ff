package io.quorumark.raft.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.raft.Await;
import io.quorumark.raft.ClusterConfig;
import io.quorumark.raft.Engines;
import io.quorumark.raft.Group;
import io.quorumark.raft.SnapshotPolicy;
import io.quorumark.raft.StoreSpec;
import io.quorumark.raft.check.History;
import io.quorumark.raft.check.LinearizabilityChecker;
import io.quorumark.raft.check.Operation.Outcome;
import io.quorumark.raft.check.RegisterStore;
import io.quorumark.raft.check.RegisterWorkload;
import io.quorumark.raft.check.Verdict;
import io.quorumark.raft.check.WorkloadSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One run: clients on a group of three, a schedule of faults, and the checker's word on what the clients were told. */
record FaultyRun(Path directory, String logEngine, String stateEngine, long seed, long lengthMillis) {
    private static final Duration ELECTION_TIMEOUT = Duration.ofMillis(150);
    private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SLOW_COMMIT = Duration.ofMillis(40);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);
    private static final long SNAPSHOT_EVERY = 300;

    /** Runs it, and fails with the schedule, the deeds and a timeline where an answer cannot be explained. */
    void requireLinearizable() {
        FaultyDisk log = new FaultyDisk(Engines.byId(logEngine));
        FaultyDisk state = new FaultyDisk(Engines.byId(stateEngine));
        ClusterConfig config = ClusterConfig.of(directory, on(log), on(state))
                .withElectionTimeout(ELECTION_TIMEOUT)
                .withOperationTimeout(OPERATION_TIMEOUT)
                .withSnapshots(new SnapshotPolicy(SNAPSHOT_EVERY));
        try (Group group = Group.start(config)) {
            LocalVictims victims = new LocalVictims(group.cluster(), List.of(log, state), SLOW_COMMIT);
            Schedule schedule = Schedule.draw(seed, victims.possible(), lengthMillis);
            try (RegisterWorkload clients = RegisterWorkload.start(WorkloadSpec.of(seed), waysInto(group))) {
                List<String> deeds = Nemesis.unleash(schedule, victims);
                long before = clients.answered();
                Await.until("the group answers again", () -> clients.answered() > before + 50);
                History history = clients.stop(LAST_ANSWERS);
                assertThat(history.count(Outcome.OK)).isGreaterThan(50);
                Verdict verdict = new LinearizabilityChecker().check(history);
                assertThat(verdict)
                        .as(() -> explanation(schedule, deeds, verdict))
                        .isInstanceOf(Verdict.Linearizable.class);
            }
            group.assertSameContent();
        }
    }

    private static StoreSpec on(FaultyDisk disk) {
        return Engines.spec(disk);
    }

    /** Half of the clients know the leader at once, the others ask one member each. */
    private static List<RegisterStore> waysInto(Group group) {
        List<RegisterStore> ways = new ArrayList<>();
        group.cluster().members().forEach(member -> {
            ways.add(RegisterStore.of(group.cluster().client()));
            ways.add(RegisterStore.of(member));
        });
        return ways;
    }

    private String explanation(Schedule schedule, List<String> deeds, Verdict verdict) {
        return "seed " + seed + " on " + logEngine + " and " + stateEngine + "\n" + schedule + "\n"
                + String.join("\n", deeds) + "\n" + verdict.describe();
    }
}
