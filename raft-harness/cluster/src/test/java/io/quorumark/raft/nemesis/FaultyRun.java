package io.quorumark.raft.nemesis;

import io.quorumark.raft.ClusterConfig;
import io.quorumark.raft.Engines;
import io.quorumark.raft.Group;
import io.quorumark.raft.SnapshotPolicy;
import io.quorumark.raft.linearizability.RegisterStore;
import io.quorumark.raft.linearizability.RegisterWorkloadSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A run on three members of this JVM, under a drawn schedule. */
record FaultyRun(Path directory, String logEngine, String stateEngine, long seed, long lengthMillis) {
    private static final Duration ELECTION_TIMEOUT = Duration.ofMillis(150);
    private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SLOW_COMMIT = Duration.ofMillis(40);
    private static final long SNAPSHOT_EVERY = 300;

    void requireLinearizable() throws IOException {
        FaultyDisk log = new FaultyDisk(Engines.byId(logEngine));
        FaultyDisk state = new FaultyDisk(Engines.byId(stateEngine));
        ClusterConfig config = ClusterConfig.of(directory, Engines.spec(log), Engines.spec(state))
                .withElectionTimeout(ELECTION_TIMEOUT)
                .withOperationTimeout(OPERATION_TIMEOUT)
                .withSnapshots(SnapshotPolicy.everyEntries(SNAPSHOT_EVERY));
        try (Group group = Group.start(config)) {
            LocalVictims victims = new LocalVictims(group.cluster(), List.of(log, state), SLOW_COMMIT);
            FaultSchedule schedule = FaultSchedule.draw(seed, victims.possible(), lengthMillis);
            CheckedRun.of(toString(), RegisterWorkloadSpec.of(seed).withMix(mix()), waysInto(group), schedule, victims)
                    .requireLinearizable();
            group.assertSameContent();
        }
    }

    private RegisterWorkloadSpec.Mix mix() {
        return seed % 4 == 0 ? RegisterWorkloadSpec.Mix.BLIND_COMPARE_AND_SET : RegisterWorkloadSpec.Mix.UNIQUE_VALUES;
    }

    /** Half of the clients know the leader at once, the others ask one member each. */
    static List<RegisterStore> waysInto(Group group) {
        List<RegisterStore> ways = new ArrayList<>();
        group.cluster().members().forEach(member -> {
            ways.add(RegisterStore.of(group.cluster().client()));
            ways.add(RegisterStore.of(member));
        });
        return ways;
    }
}
