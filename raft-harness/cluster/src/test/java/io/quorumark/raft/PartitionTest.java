package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionTest {
    @TempDir
    Path directory;

    private Group start() {
        return Group.start(config());
    }

    private ClusterConfig config() {
        return ClusterConfig.of(directory, Engines.spec("rocksdb"), Engines.spec("rocksdb"))
                .withElectionTimeout(Duration.ofMillis(300));
    }

    @Test
    void what_a_cut_off_leader_took_is_dropped_when_the_partition_heals() {
        try (Group group = start()) {
            group.put("key", "old");
            Member old = group.leader();
            group.cluster().faults().isolate(old.index());
            CompletableFuture<WriteResult> lost =
                    group.submit(CommandEncoder.put(Group.bytes("lost"), 4, Group.bytes("x"), 1));
            Await.until("another member leads", () -> group.leader() != old);
            group.put("key", "new");
            assertThatThrownBy(() -> Group.answer(lost)).hasRootCauseInstanceOf(Group.FailedOperation.class);
            group.cluster().faults().mendAll();
            assertThat(group.assertSameContent().recordCount()).isEqualTo(1);
            assertThat(group.getFrom(old, ReadConsistency.LOCAL, "lost")).isNull();
            assertThat(group.getFrom(old, ReadConsistency.LOCAL, "key")).isEqualTo("new");
        }
    }

    @Test
    void the_outcome_of_a_write_that_a_cut_off_leader_took_is_reported_as_unknown() {
        try (Group group = start()) {
            group.put("key", "value");
            Member old = group.leader();
            group.cluster().faults().isolate(old.index());
            CompletableFuture<WriteResult> write =
                    group.submit(CommandEncoder.put(Group.bytes("key"), 3, Group.bytes("x"), 1));
            assertThatThrownBy(() -> Group.answer(write))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            Group.FailedOperation.class,
                            failed -> assertThat(failed.failure().outcomeUnknown())
                                    .isTrue());
        }
    }

    @Test
    void a_cut_off_member_serves_stale_reads_locally_and_refuses_linearizable_ones() {
        // which is how long the refusal takes
        try (Group group = Group.start(config().withOperationTimeout(Duration.ofSeconds(3)))) {
            group.put("key", "old");
            group.assertSameContent();
            Member old = group.leader();
            group.cluster().faults().isolate(old.index());
            Await.until("another member leads", () -> group.leader() != old);
            group.put("key", "new");
            assertThat(group.getFrom(old, ReadConsistency.LOCAL, "key")).isEqualTo("old");
            assertThatThrownBy(() -> group.getFrom(old, ReadConsistency.LINEARIZABLE, "key"))
                    .hasRootCauseInstanceOf(Group.FailedOperation.class);
            assertThat(group.get(ReadConsistency.LINEARIZABLE, "key")).isEqualTo("new");
        }
    }

    @Test
    void the_majority_goes_on_without_a_cut_off_follower_which_catches_up_later() {
        try (Group group = start()) {
            group.put("key", "value");
            Member follower = group.aFollower();
            group.cluster().faults().isolate(follower.index());
            group.putMany("k", 500);
            assertThat(follower.lastAppliedIndex()).isLessThan(group.leader().lastAppliedIndex());
            group.cluster().faults().mendAll();
            assertThat(group.assertSameContent().recordCount()).isEqualTo(501);
        }
    }

    @Test
    void leadership_can_be_handed_over() {
        try (Group group = start()) {
            group.put("key", "value");
            Member follower = group.aFollower();
            group.assertSameContent();
            Group.answer(group.leader().transferLeadershipTo(follower.id()));
            Await.until("the follower leads", () -> group.leader() == follower);
            assertThat(group.get("key")).isEqualTo("value");
            assertThat(follower.leaderChanges()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void every_write_is_answered_once_although_the_leader_is_stopped_under_load() throws InterruptedException {
        try (Group group = start()) {
            ClusterLoad load = new ClusterLoad(group.cluster().client(), 32);
            Member old = group.leader();
            Thread stopper = new Thread(() -> {
                Await.until("the load is under way", () -> old.lastAppliedIndex() > 2000);
                group.cluster().stop(old.index());
            });
            stopper.start();
            assertThat(load.writesPerSecond(20_000)).isPositive();
            stopper.join();
            assertThat(group.leader()).isNotSameAs(old);
            group.cluster().restart(old.index());
            group.assertSameContent();
        }
    }
}
