package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.BackgroundWork;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.raft.timing.Activity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a member tells of what went on beside its writes. */
class MemberActivitiesTest {
    private static final int WRITES = 3_000;

    @TempDir
    private Path directory;

    @Test
    void snapshots_and_what_the_engines_did_are_told_once_with_their_times() {
        StoreSpec state = new StoreSpec(
                Engines.byId("memory"),
                Durability.PROCESS_CRASH,
                EngineConfig.DEFAULT_MEMORY_BUDGET_BYTES,
                1,
                EngineConfig.DEFAULT_MAX_DATA_BYTES,
                Map.of("log_bytes", "65536"));
        long beganNanos = System.nanoTime();
        try (Group group = Group.start(ClusterConfig.of(directory, Engines.spec("memory"), state))) {
            for (int i = 0; i < WRITES; i++) {
                group.put("the same key", "value " + i);
            }
            Member leader = group.leader();
            Group.answer(leader.snapshot());
            List<Activity> told = new ArrayList<>();
            Await.until("a snapshot and a compaction are told", () -> {
                told.addAll(leader.takeActivities());
                return told.stream()
                        .map(Activity::kind)
                        .toList()
                        .containsAll(List.of(Activity.SNAPSHOT, BackgroundWork.Kind.COMPACTION.code()));
            });
            assertThat(told).doesNotHaveDuplicates().allSatisfy(activity -> {
                assertThat(activity.startNanos()).isGreaterThanOrEqualTo(beganNanos);
                assertThat(activity.endNanos()).isBetween(activity.startNanos(), System.nanoTime());
            });
            group.cluster().stop(leader.index());
            assertThat(leader.takeActivities()).isEmpty();
        }
    }
}
