package io.quorumark.raft.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.EngineProvider;
import io.quorumark.raft.Await;
import io.quorumark.raft.ClusterConfig;
import io.quorumark.raft.Engines;
import io.quorumark.raft.Group;
import io.quorumark.raft.LocalCluster;
import io.quorumark.raft.Member;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.linearizability.LinearizabilityVerdict;
import io.quorumark.raft.linearizability.RegisterStore;
import io.quorumark.raft.linearizability.RegisterWorkloadSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Groups with a bug that was put there on purpose, each of which the checker finds. (A log that is not synced needs processes:
 * {@link ProcessRunTest}.)
 */
class SeededBugsTest {
    private static final EngineProvider MEMORY = Engines.byId("memory");

    @TempDir
    Path directory;

    private Group start(EngineProvider log, EngineProvider state) {
        return Group.start(ClusterConfig.of(directory, Engines.spec(log), Engines.spec(state))
                .withElectionTimeout(Duration.ofMillis(150))
                .withOperationTimeout(Duration.ofSeconds(10)));
    }

    private static void assertCaught(LinearizabilityVerdict verdict) {
        assertThat(verdict).as(verdict.describe()).isInstanceOf(LinearizabilityVerdict.Violation.class);
    }

    private static void assertNothingFound(LinearizabilityVerdict verdict) {
        assertThat(verdict).as(verdict.describe()).isInstanceOf(LinearizabilityVerdict.Linearizable.class);
    }

    @Test
    void a_stale_local_read_that_is_served_as_a_linearizable_one_is_caught() {
        try (Group group = start(MEMORY, MEMORY)) {
            List<RegisterStore> ways = new ArrayList<>();
            for (Member member : group.cluster().members()) {
                ways.add(RegisterStore.of(member));
                ways.add(RegisterStore.of(member::write, read -> member.read(ReadConsistency.LOCAL, read)));
            }
            LocalVictims victims = new LocalVictims(group.cluster(), List.of(), Duration.ofMillis(1));
            FaultSchedule schedule = FaultSchedule.parse("at 100 ms isolate leader for 500 ms");
            assertCaught(CheckedRun.of("local reads", RegisterWorkloadSpec.of(1), ways, schedule, victims)
                    .verdict());
        }
    }

    @Test
    void effects_that_come_twice_because_the_applied_index_is_not_in_their_commit_are_caught() {
        LateIndex state = new LateIndex(MEMORY);
        assertCaught(compareAndSetThenRestart(state, state::leaveOutFromNow));
    }

    @Test
    void the_same_operations_show_nothing_where_the_applied_index_is_in_the_commit() {
        assertNothingFound(compareAndSetThenRestart(MEMORY, () -> {}));
    }

    /** Applied again to what they have left, the first compare-and-set finds what it had not found, and the second one does not. */
    private LinearizabilityVerdict compareAndSetThenRestart(EngineProvider state, Runnable afterPut) {
        try (Group group = start(MEMORY, state)) {
            OneClient client = new OneClient(group);
            client.put(1);
            group.assertSameContent();
            afterPut.run();
            assertThat(client.compareAndSet(2, 3)).isEqualTo(WriteResult.CONFLICT);
            assertThat(client.compareAndSet(1, 2)).isEqualTo(WriteResult.APPLIED);
            group.assertSameContent();
            stop(group.cluster(), 0, 1, 2);
            restart(group.cluster(), 0, 1, 2);
            group.leader();
            client.get();
            return client.verdict();
        }
    }

    @Test
    void a_term_and_vote_that_are_forgotten_are_caught() {
        assertCaught(twoMajoritiesAfterEachOther(new ForgottenVote(MEMORY)));
    }

    @Test
    void the_same_operations_show_nothing_where_term_and_vote_are_kept() {
        assertNothingFound(twoMajoritiesAfterEachOther(MEMORY));
    }

    /**
     * One member sleeps while the other two restart and take a write. Where these have forgotten the term, they count from the start again,
     * so that the sleeper's older log is from a higher term, and wins the election against one of them.
     */
    private LinearizabilityVerdict twoMajoritiesAfterEachOther(EngineProvider log) {
        try (Group group = start(log, MEMORY)) {
            LocalCluster cluster = group.cluster();
            OneClient client = new OneClient(group);
            raiseTerm(group);
            client.put(1);
            group.assertSameContent();
            int sleeper = group.aFollower().index();
            int first = (sleeper + 1) % 3;
            int second = (sleeper + 2) % 3;
            stop(cluster, 0, 1, 2);
            restart(cluster, first, second);
            group.leader();
            client.put(2);
            stop(cluster, first, second);
            restart(cluster, sleeper, first);
            group.leader();
            client.get();
            return client.verdict();
        }
    }

    private static void raiseTerm(Group group) {
        for (int i = 0; i < 3; i++) {
            Member before = group.leader();
            group.assertSameContent();
            Group.answer(before.transferLeadershipTo(group.aFollower().id()));
            Await.until("another member leads", () -> group.leader() != before);
        }
    }

    private static void stop(LocalCluster cluster, int... members) {
        for (int member : members) {
            cluster.stop(member);
        }
    }

    private static void restart(LocalCluster cluster, int... members) {
        for (int member : members) {
            cluster.restart(member);
        }
    }
}
