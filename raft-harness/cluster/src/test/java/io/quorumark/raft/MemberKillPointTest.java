package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.raft.store.KillPoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A member that is killed at a commit of its log or of its state, snapshots and truncations included, starts again with every write that it
 * acknowledged.
 */
class MemberKillPointTest {
    private static final int WRITES = 90;
    private static final int EVERY = Boolean.getBoolean("quorumark.everyKillPoint") ? 1 : 37;

    @TempDir
    Path directory;

    static Stream<String> engines() {
        return Engines.logEngines().map(engine -> engine.id());
    }

    private record Left(Path folder, int acknowledged) {}

    @ParameterizedTest
    @MethodSource("engines")
    void nothing_acknowledged_is_lost_at_any_kill_point(String engine) {
        List<Left> left = new ArrayList<>();
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicInteger points = new AtomicInteger();
        Path live = directory.resolve("live");
        StoreSpec real = Engines.spec(engine);
        StoreSpec watched = new StoreSpec(
                new KillPoints(real.provider(), new ReentrantLock(), committed -> {
                    if (points.getAndIncrement() % EVERY == 0) {
                        int certain = acknowledged.get();
                        Path copy = directory.resolve("left-" + left.size());
                        KillPoints.copy(live, copy);
                        left.add(new Left(copy, certain));
                    }
                }),
                real.durability(),
                real.memoryBudgetBytes(),
                real.backgroundThreads(),
                64L << 20,
                real.options());
        try (Group group = Group.start(config(live, watched))) {
            for (int i = 0; i < WRITES; i++) {
                group.put("k" + i, "value " + i);
                acknowledged.incrementAndGet();
                if (i % 25 == 24) {
                    Group.answer(group.leader().snapshot());
                }
            }
        }
        assertThat(left).hasSizeGreaterThan(5);
        for (Left one : left) {
            try (Group group = Group.start(config(one.folder(), real))) {
                int found = 0;
                while (group.get("k" + found) != null) {
                    found++;
                }
                assertThat(found).as(one.toString()).isGreaterThanOrEqualTo(one.acknowledged());
                assertThat(group.leader().digest().recordCount())
                        .as(one.toString())
                        .isEqualTo(found);
            }
        }
    }

    private static ClusterConfig config(Path folder, StoreSpec spec) {
        return ClusterConfig.of(folder, spec, spec).withMembers(1).withElectionTimeout(Duration.ofMillis(100));
    }
}
