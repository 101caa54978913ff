package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.Durability;
import io.quorumark.raft.jraft.log.VolatileLogStorage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group whose log engine retains nothing, which measures what Raft itself costs. */
class VolatileLogTest {
    @TempDir
    Path directory;

    private static final StoreSpec FORGETFUL = StoreSpec.of(new ForgetfulEngine(), Durability.POWER_LOSS);

    private ClusterConfig config(StoreSpec state) {
        return ClusterConfig.of(directory, FORGETFUL, state);
    }

    @Test
    void more_writes_than_many_snapshots_apart_are_taken_and_the_log_stays_bounded() throws InterruptedException {
        try (Group group = Group.start(config(FORGETFUL))) {
            ClusterLoad load = new ClusterLoad(group.cluster().client(), 64);
            assertThat(load.writesPerSecond(12L * VolatileLogStorage.SNAPSHOT_ENTRIES))
                    .isPositive();
            assertThat(load.failed()).isZero();
            for (Member member : group.cluster().members()) {
                assertThat(member.failure()).isEmpty();
                Await.until(
                        "member " + member.index() + " has dropped log",
                        () -> member.logBounds().entryCount() < 4 * VolatileLogStorage.SNAPSHOT_ENTRIES);
            }
        }
    }

    @Test
    void a_member_that_forgot_everything_is_given_a_snapshot_when_it_comes_back() throws InterruptedException {
        try (Group group = Group.start(config(FORGETFUL))) {
            Member follower = group.aFollower();
            group.cluster().stop(follower.index());
            ClusterLoad load = new ClusterLoad(group.cluster().client(), 64);
            assertThat(load.writesPerSecond(8L * VolatileLogStorage.SNAPSHOT_ENTRIES))
                    .isPositive();
            group.cluster().restart(follower.index());
            Await.until(
                    "the follower has caught up",
                    () -> follower.lastAppliedIndex() == group.leader().lastAppliedIndex());
            assertThat(group.leader().failure()).isEmpty();
        }
    }

    @Test
    void a_state_behind_a_forgetful_log_is_dropped_at_the_next_start() {
        ClusterConfig config = config(Engines.spec("rocksdb"));
        try (Group group = Group.start(config)) {
            group.put("key", "value");
            assertThat(group.get("key")).isEqualTo("value");
        }
        try (Group group = Group.start(config)) {
            assertThat(group.leader().stateOrigin()).isEqualTo("rebuilt: the log retains nothing");
            assertThat(group.get("key")).isNull();
        }
    }
}
